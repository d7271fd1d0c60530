"""Wide-scale threats announced."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, words

VERBS = (
    Verb(
        "threat.announced",
        words("{by} công bố nguy cơ trên diện rộng tới {about}", "{by} announced a wide-scale threat to {about}"),
        words("thông báo nguy cơ, sự cố trên diện rộng", "the announcement of the threat"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "threat": case("Số nguy cơ, sự cố", "Threat number"),
        },
    ),
)
