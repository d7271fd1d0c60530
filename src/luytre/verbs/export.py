"""What was taken out of the system."""

from luytre.verbs.shape import EITHER, Field, Verb, choice, text, whole, words

KINDS = {
    "register": words("sổ đăng ký", "the register"),
    "matrix": words("ma trận nhiệm vụ", "the matrix of duties"),
    "file": words("tệp minh chứng", "a file of evidence"),
    "paper": words("văn bản đã phát hành", "an issued paper"),
    "feed": words("lịch, nguồn tin", "a calendar or feed"),
    "list": words("danh sách", "a list"),
    "incident": words("hồ sơ sự cố", "the file of an incident"),
}
VERBS = (
    Verb(
        "export.taken",
        words("{by} lấy ra khỏi hệ thống, phạm vi {about}", "{by} took data out: {about}"),
        words("việc lấy dữ liệu ra", "the export"),
        about=EITHER,
        detail={
            "what": choice("Loại", "Kind", KINDS, required=True),
            "rows": whole("Số dòng", "Rows"),
            "sha256": text("Mã băm của tệp", "Digest of the file"),
            "entry": Field("entry", words("Ghi nhận", "Entry")),
        },
        fileable=False,
        reads=True,
    ),
)
