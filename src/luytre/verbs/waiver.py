"""Waivers with their decision and end."""

from luytre.verbs.shape import EITHER, PAPER, Field, Verb, day, words

VERBS = (
    Verb(
        "waiver.granted",
        words("{by} cho {about} được miễn", "{by} granted {about} a waiver"),
        words("quyết định cho miễn", "the waiver decision"),
        about=EITHER,
        detail={
            **PAPER,
            "duty": Field("duty", words("Nhiệm vụ được miễn", "Duty waived"), True),
            "until_on": day("Được miễn đến hết ngày", "Waived through", required=True),
            "window": day("Kỳ được miễn (ngày đầu kỳ)", "Window waived (its first day)"),
            "request": Field("entry", words("Đề nghị được trả lời", "Request answered")),
        },
        fileable=False,
    ),
    Verb(
        "waiver.requested",
        words("{by} đề nghị cho {about} được miễn", "{by} asked for a waiver for {about}"),
        words("văn bản đề nghị miễn", "the request for a waiver"),
        about=EITHER,
        detail={
            **PAPER,
            "duty": Field("duty", words("Nhiệm vụ xin miễn", "Duty asked about"), True),
            "until_on": day("Xin miễn đến hết ngày", "Asked through", required=True),
        },
        fileable=False,
    ),
    Verb(
        "waiver.refused",
        words("{by} không cho {about} được miễn", "{by} refused {about} a waiver"),
        words("văn bản không đồng ý miễn", "the refusal of a waiver"),
        about=EITHER,
        detail={
            "duty": Field("duty", words("Nhiệm vụ xin miễn", "Duty asked about"), True),
            "request": Field("entry", words("Đề nghị được trả lời", "Request answered")),
        },
        fileable=False,
    ),
)
