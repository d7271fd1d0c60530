"""The erasable side row of an entry."""

from luytre.verbs.shape import EITHER, Field, Verb, text, words

VERBS = (
    Verb(
        "aside.erased",
        words(
            "{by} xóa phần riêng của một ghi nhận về {about} theo yêu cầu",
            "{by} erased the private part of an entry about {about} on request",
        ),
        words("việc xóa phần riêng theo yêu cầu", "the erasure on request"),
        about=EITHER,
        detail={
            "entry": Field("entry", words("Ghi nhận", "Entry"), True),
            "order": text("Số văn bản yêu cầu", "Number of the request", required=True),
        },
        fileable=False,
    ),
)
