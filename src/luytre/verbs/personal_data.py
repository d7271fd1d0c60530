"""Personal data: violations notified; and a person's data here read, given out, erased."""

from luytre.verbs.shape import EITHER, PAPER, Verb, case, text, whole, words

VERBS = (
    Verb(
        "personal_data.notified",
        words("{by} thông báo vi phạm dữ liệu cá nhân tại {about}", "{by} notified the personal data violation at {about}"),
        words("thông báo vi phạm quy định bảo vệ dữ liệu cá nhân", "the notice of the personal data violation"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
        },
    ),
    Verb(
        "personal_data.read",
        words("{by} xem liên hệ của cán bộ thuộc {about}", "{by} looked up a person's contact details at {about}"),
        words("việc xem dữ liệu cá nhân", "the reading of personal data"),
        about=EITHER,
        detail={"of": text("Mã cán bộ", "Code of the person")},
        fileable=False,
        reads=True,
    ),
    Verb(
        "personal_data.exported",
        words("{by} lấy bản sao dữ liệu cá nhân của cán bộ thuộc {about}", "{by} took a copy of a person's data at {about}"),
        words("bản sao dữ liệu cá nhân", "the copy of personal data"),
        about=EITHER,
        detail={"of": text("Mã cán bộ", "Code of the person", required=True)},
        fileable=False,
        reads=True,
    ),
    Verb(
        "personal_data.erased",
        words("{by} xóa dữ liệu cá nhân của cán bộ thuộc {about} theo yêu cầu", "{by} erased a person's data at {about} on request"),
        words("việc xóa dữ liệu cá nhân theo yêu cầu", "the erasure of personal data on request"),
        about=EITHER,
        detail={
            "of": text("Mã cán bộ", "Code of the person", required=True),
            "order": text("Số văn bản yêu cầu", "Number of the request", required=True),
            "asides": whole("Số phần riêng đã xóa", "Private parts erased"),
        },
        fileable=False,
    ),
)
