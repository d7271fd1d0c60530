"""Vulnerability scans."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, text, words

VERBS = (
    Verb(
        "scan.completed",
        words("{by} hoàn thành rà quét lỗ hổng trên {about}", "{by} completed the vulnerability scan of {about}"),
        words("báo cáo rà quét lỗ hổng", "the vulnerability scan report"),
        about=SYSTEM,
        detail={
            **PAPER,
            "tool": text("Công cụ", "Tool"),
        },
    ),
)
