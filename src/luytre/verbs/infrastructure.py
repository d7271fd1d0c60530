"""The technical infrastructure."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, words

VERBS = (
    Verb(
        "infrastructure.reviewed",
        words("{by} rà soát, chuẩn hóa hạ tầng của {about}", "{by} reviewed the infrastructure of {about}"),
        words("biên bản rà soát hạ tầng và kế hoạch nâng cấp", "the infrastructure review and upgrade plan"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
)
