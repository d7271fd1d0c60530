"""Numbers the law leaves open, decided by someone competent."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, day, text, words

VERBS = (
    Verb(
        "parameter.decided",
        words("{by} ghi quyết định về tham số của văn bản, ban hành bởi {about}", "{by} recorded a parameter decided by {about}"),
        words("quyết định về tham số", "the decision on a parameter"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "instrument": text("Văn bản có tham số", "Instrument with the parameter", required=True),
            "parameter": text("Tham số", "Parameter", required=True),
            "value": text("Giá trị được quyết định", "Value decided", required=True),
            "from_on": day("Áp dụng từ ngày", "Binding from", required=True),
        },
        fileable=False,
    ),
)
