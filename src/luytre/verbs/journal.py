"""The journal itself: read, taken out, its head signed."""

from luytre.verbs.shape import EITHER, Verb, text, whole, words

VERBS = (
    Verb(
        "journal.read",
        words("{by} đọc nhật ký, từ vị trí của {about}", "{by} read the journal, on behalf of {about}"),
        words("việc đọc nhật ký", "the reading of the journal"),
        about=EITHER,
        detail={"page": whole("Trang", "Page"), "asked": text("Điều kiện lọc", "Filter")},
        fileable=False,
        reads=True,
    ),
    Verb(
        "journal.exported",
        words("{by} lập gói nhật ký để kiểm tra độc lập, phạm vi {about}", "{by} made a bundle of the journal: {about}"),
        words("gói nhật ký", "the bundle of the journal"),
        about=EITHER,
        detail={"first": whole("Từ số", "From place"), "last": whole("Đến số", "To place"), "rows": whole("Số ghi nhận", "Entries")},
        fileable=False,
        reads=True,
    ),
)
