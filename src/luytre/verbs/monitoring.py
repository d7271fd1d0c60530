"""Watching and early detection."""

from luytre.verbs.shape import EITHER, PAPER, Verb, words

VERBS = (
    Verb(
        "monitoring.confirmed",
        words("{by} xác nhận việc theo dõi, phát hiện sớm tại {about}", "{by} confirmed monitoring and early detection at {about}"),
        words("nhật ký hoặc báo cáo theo dõi, phát hiện sớm", "the monitoring log or report"),
        about=EITHER,
        detail={
            **PAPER,
        },
    ),
)
