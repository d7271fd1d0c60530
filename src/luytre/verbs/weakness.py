"""Weaknesses found and fixed."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, case, flag, words

VERBS = (
    Verb(
        "weakness.found",
        words("{by} phát hiện điểm yếu trên {about}", "{by} found a weakness in {about}"),
        words("phiếu ghi điểm yếu, lỗ hổng", "the record of the weakness"),
        about=SYSTEM,
        detail={
            **PAPER,
            "allows_intrusion": flag("Cho phép xâm nhập, kiểm soát hệ thống", "Allows intrusion and control"),
            "weakness": case("Số điểm yếu", "Weakness number"),
        },
    ),
    Verb(
        "weakness.remediated",
        words("{by} khắc phục điểm yếu trên {about}", "{by} fixed a weakness in {about}"),
        words("biên bản khắc phục điểm yếu", "the record of the fix"),
        about=SYSTEM,
        detail={
            **PAPER,
            "weakness": case("Số điểm yếu", "Weakness number"),
        },
    ),
)
