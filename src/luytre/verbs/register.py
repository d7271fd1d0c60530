"""The register of bodies and systems: confirmed, imported, changed."""

from luytre.verbs.shape import EITHER, ORGANISATION, PAPER, Verb, text, whole, words

VERBS = (
    Verb(
        "register.confirmed",
        words(
            "{by} xác nhận danh mục hệ thống của {about} là đầy đủ", "{by} confirmed that the register of systems of {about} is complete"
        ),
        words("xác nhận của người đứng đầu về danh mục hệ thống", "the head's confirmation of the register of systems"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "systems": whole("Số hệ thống", "Number of systems"),
        },
    ),
    Verb(
        "register.imported",
        words("{by} nhập sổ đăng ký từ tệp, gồm {about}", "{by} imported the register from a file: {about}"),
        words("tệp sổ đăng ký đã nhập", "the imported register file"),
        about=EITHER,
        detail={
            "rows": whole("Số dòng", "Rows"),
            "sha256": text("Mã băm của tệp", "Digest of the file"),
        },
        fileable=False,
    ),
    Verb(
        "register.changed",
        words("{by} sửa sổ đăng ký về {about}", "{by} changed the register about {about}"),
        words("thay đổi trong sổ đăng ký", "a change in the register"),
        about=EITHER,
        detail={
            **PAPER,
            "attribute": text("Thuộc tính", "Attribute"),
        },
        fileable=False,
    ),
)
