"""Restore tests."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "restore.tested",
        words("{by} kiểm thử khôi phục dữ liệu của {about}", "{by} tested the restore of {about}"),
        words("biên bản kiểm thử khôi phục", "the restore test"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
