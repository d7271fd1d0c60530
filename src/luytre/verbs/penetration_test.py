"""Penetration tests."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "penetration_test.completed",
        words("{by} hoàn thành kiểm thử xâm nhập {about}", "{by} completed the penetration test of {about}"),
        words("báo cáo kiểm thử xâm nhập", "the penetration test report"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
