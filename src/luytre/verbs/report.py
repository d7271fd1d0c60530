"""Ad hoc reports and the requests for them."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, day, words

VERBS = (
    Verb(
        "report.requested",
        words("{by} yêu cầu {about} báo cáo đột xuất", "{by} asked {about} for an ad hoc report"),
        words("văn bản yêu cầu báo cáo đột xuất", "the request for an ad hoc report"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "due_on": day("Hạn báo cáo ghi trong văn bản", "Due day in the request"),
            "request": case("Số yêu cầu", "Request number"),
        },
    ),
    Verb(
        "report.submitted",
        words("{by} gửi báo cáo đột xuất của {about}", "{by} submitted the ad hoc report of {about}"),
        words("báo cáo đột xuất theo yêu cầu", "the ad hoc report"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "request": case("Yêu cầu được trả lời", "Request answered"),
        },
    ),
)
