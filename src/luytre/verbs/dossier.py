"""Level dossiers."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, whole, words

VERBS = (
    Verb(
        "dossier.approved",
        words("{by} ghi nhận hồ sơ cấp độ của {about} được phê duyệt", "{by} recorded the approval of the level dossier of {about}"),
        words("quyết định phê duyệt cấp độ", "the decision approving the level"),
        about=SYSTEM,
        detail={
            **PAPER,
            "level": whole("Cấp độ được phê duyệt", "Level approved"),
        },
    ),
)
