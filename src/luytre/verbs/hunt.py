"""Threat hunting: a hunt begun over some systems, its end, and the reading of what it found."""

from luytre.verbs.shape import EITHER, PAPER, SYSTEM, Verb, case, day, text, words

HUNT = case("Số lần săn lùng", "Hunt number", required=True)

VERBS = (
    Verb(
        "hunt.started",
        words("{by} bắt đầu săn lùng mối nguy hại trên {about}", "{by} started a threat hunt on {about}"),
        words("việc bắt đầu săn lùng mối nguy hại", "the start of a threat hunt"),
        about=EITHER,
        detail={
            "hunt": HUNT,
            "from_on": day("Nhật ký từ ngày", "Logs from"),
            "until_on": day("đến trước ngày", "until before"),
            "weakness": case("Trả lời điểm yếu số", "Answers weakness number"),
        },
        fileable=False,
    ),
    Verb(
        "hunt.completed",
        words("{by} hoàn thành săn lùng mối nguy hại trên {about}", "{by} completed threat hunting on {about}"),
        words("báo cáo săn lùng mối nguy hại", "the threat hunting report"),
        about=SYSTEM,
        detail={
            **PAPER,
            "weakness": case("Trả lời điểm yếu số", "Answers weakness number"),
            "scope": text("Phạm vi", "Scope"),
            "hunt": case("Số lần săn lùng", "Hunt number"),
            "run": text("Mã băm của lượt chạy", "Digest of the run"),
        },
    ),
    Verb(
        "hunt.read",
        words("{by} đọc kết quả săn lùng của {about}", "{by} read what a hunt found at {about}"),
        words("việc đọc kết quả săn lùng", "the reading of a hunt's findings"),
        about=EITHER,
        detail={"hunt": HUNT},
        fileable=False,
        reads=True,
    ),
)
