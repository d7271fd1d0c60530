"""Plans to carry out the directive."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, words

VERBS = (
    Verb(
        "plan.submitted",
        words("{by} gửi kế hoạch thực hiện Chỉ thị của {about}", "{by} submitted the plan of {about} to carry out the directive"),
        words("kế hoạch thực hiện Chỉ thị", "the plan to carry out the directive"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
)
