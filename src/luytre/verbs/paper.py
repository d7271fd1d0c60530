"""Official papers of a body: numbered, issued and frozen, cancelled, back with signatures."""

from luytre.verbs.shape import EITHER, ORGANISATION, Verb, day, text, whole, words

_NUMBER = {"number": text("Số, ký hiệu", "Number", required=True)}

VERBS = (
    Verb(
        "paper.numbered",
        words("{by} lấy số văn bản cho {about}", "{by} took a number for a paper of {about}"),
        words("số trong sổ đăng ký văn bản", "a number from the register of papers"),
        about=ORGANISATION,
        detail={**_NUMBER},
        fileable=False,
    ),
    Verb(
        "paper.issued",
        words("{by} phát hành văn bản của {about}", "{by} issued a paper of {about}"),
        words("văn bản đã phát hành", "the issued paper"),
        about=EITHER,
        detail={
            **_NUMBER,
            "issued_on": day("Ngày ban hành", "Day of issue", required=True),
            "form": text("Mẫu", "Form"),
            "replaces": text("Thay thế văn bản", "Replaces the paper"),
        },
        fileable=False,
    ),
    Verb(
        "paper.cancelled",
        words("{by} hủy số văn bản của {about}", "{by} cancelled the number of a paper of {about}"),
        words("số văn bản đã hủy, có lý do", "the cancelled number with its reason"),
        about=EITHER,
        detail={**_NUMBER},
        fileable=False,
    ),
    Verb(
        "paper.signed",
        words("{by} nhận bản ký số của văn bản của {about}", "{by} took in the signed copy of a paper of {about}"),
        words("bản ký số của văn bản", "the signed copy of the paper"),
        about=EITHER,
        detail={**_NUMBER, "signatures": whole("Số chữ ký", "Number of signatures", required=True)},
        fileable=False,
    ),
)
