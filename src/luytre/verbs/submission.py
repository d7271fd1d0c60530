"""Reports and plans of a body on their way: drafted, laid before the head, signed and sent, received, accepted or returned."""

from luytre.verbs.shape import ORGANISATION, Field, Verb, choice, text, words

KINDS = {
    "annual": words("báo cáo năm thực hiện Chỉ thị", "the annual report on the directive"),
    "level": words("báo cáo năm theo Mẫu số 08", "the yearly report on Form 08"),
    "plan": words("kế hoạch thực hiện Chỉ thị", "the implementation plan"),
}
_OF = {
    "kind": choice("Loại", "Kind", KINDS, required=True),
    "year": Field("year", words("Năm", "Year"), required=True),
}
_SENT = {**_OF, "receipt": text("Số biên nhận", "Receipt", required=True)}


VERBS = (
    Verb(
        "submission.drafted",
        words("{by} soạn báo cáo, kế hoạch của {about}", "{by} drafted a report or plan of {about}"),
        words("dự thảo báo cáo, kế hoạch", "the draft of a report or plan"),
        about=ORGANISATION,
        detail={**_OF},
        fileable=False,
    ),
    Verb(
        "submission.presented",
        words("{by} trình người đứng đầu báo cáo, kế hoạch của {about}", "{by} laid a report or plan of {about} before the head"),
        words("việc trình người đứng đầu", "the laying before the head"),
        about=ORGANISATION,
        detail={**_OF},
        fileable=False,
    ),
    Verb(
        "submission.handed_back",
        words("{by} trả lại người soạn báo cáo, kế hoạch của {about}", "{by} handed a report or plan of {about} back to its writer"),
        words("việc trả lại người soạn", "the handing back"),
        about=ORGANISATION,
        detail={**_OF},
        fileable=False,
    ),
    Verb(
        "submission.signed",
        words("{by} ký và gửi báo cáo, kế hoạch của {about}", "{by} signed and sent a report or plan of {about}"),
        words("việc ký, gửi, có biên nhận", "the signing and sending, with its receipt"),
        about=ORGANISATION,
        detail={**_SENT, "number": text("Số, ký hiệu", "Number")},
        fileable=False,
    ),
    Verb(
        "submission.accepted",
        words("{by} chấp nhận báo cáo, kế hoạch của {about}", "{by} accepted a report or plan of {about}"),
        words("ý kiến chấp nhận", "the acceptance"),
        about=ORGANISATION,
        detail={**_SENT},
        fileable=False,
    ),
    Verb(
        "submission.returned",
        words("{by} trả lại báo cáo, kế hoạch của {about}, nêu điểm cần sửa", "{by} returned a report or plan of {about} to mend"),
        words("ý kiến trả lại, nêu điểm cần sửa", "the return with points to mend"),
        about=ORGANISATION,
        detail={**_SENT},
        fileable=False,
    ),
)
