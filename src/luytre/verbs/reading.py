"""Readings of the law where its words leave a question open, decided by someone competent."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, text, words

VERBS = (
    Verb(
        "reading.decided",
        words("{by} ghi quyết định về cách hiểu văn bản, ban hành bởi {about}", "{by} recorded a reading of the law decided by {about}"),
        words("văn bản hướng dẫn cách hiểu", "the decision on a reading"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "instrument": text("Văn bản được hiểu", "Instrument read", required=True),
            "reading": text("Câu hỏi", "Question", required=True),
            "option": text("Cách hiểu được chọn", "Reading chosen", required=True),
        },
        fileable=False,
    ),
)
