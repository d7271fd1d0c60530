"""What a hunt found, and what people say of it."""

from luytre.verbs.hunt import HUNT
from luytre.verbs.shape import EITHER, Verb, case, choice, day, text, words

VERDICTS = {
    "true": words("Xác nhận", "Confirmed"),
    "benign": words("Lành", "Benign"),
    "suppressed": words("Tạm bỏ qua", "Suppressed"),
}
SCOPES = {
    "host": words("quy tắc này trên máy này", "this rule on this host"),
    "body": words("quy tắc này trên mọi máy của đơn vị", "this rule on every host of the body"),
}

VERBS = (
    Verb(
        "finding.triaged",
        words("{by} kết luận về một phát hiện săn lùng của {about}", "{by} judged a finding of a hunt at {about}"),
        words("kết luận về phát hiện săn lùng", "the judgement of a hunting finding"),
        about=EITHER,
        detail={
            "hunt": HUNT,
            "finding": text("Phát hiện", "Finding", required=True),
            "rule": text("Quy tắc", "Rule", required=True),
            "verdict": choice("Kết luận", "Verdict", VERDICTS, required=True),
            "scope": choice("Phạm vi bỏ qua", "Scope of the suppression", SCOPES),
            "until_on": day("Bỏ qua đến trước ngày", "Suppressed until before"),
            "incident": case("Số sự cố", "Incident number"),
        },
        fileable=False,
    ),
)
