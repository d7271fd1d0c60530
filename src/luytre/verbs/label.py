"""Labels that narrow who reads: Traffic Light Protocol 2.0."""

from luytre.verbs.shape import EITHER, Field, Verb, choice, text, words

# FIRST, Traffic Light Protocol 2.0: the four labels, and the strict form of amber.
LABELS = {
    "clear": words("TLP:CLEAR – công khai", "TLP:CLEAR – public"),
    "green": words("TLP:GREEN – trong cộng đồng", "TLP:GREEN – community"),
    "amber": words("TLP:AMBER – đơn vị liên quan và cấp trên", "TLP:AMBER – the body concerned and those above it"),
    "amber+strict": words("TLP:AMBER+STRICT – chỉ đơn vị liên quan", "TLP:AMBER+STRICT – the body concerned only"),
    "red": words("TLP:RED – chỉ người được nêu tên", "TLP:RED – named persons only"),
}
VERBS = (
    Verb(
        "label.given",
        words("{by} gắn nhãn chia sẻ cho một ghi nhận về {about}", "{by} labelled an entry about {about}"),
        words("việc gắn nhãn chia sẻ", "the sharing label"),
        about=EITHER,
        detail={
            "of": Field("thing", words("Nhãn của", "Label of"), True),
            "tlp": choice("Nhãn", "Label", LABELS, required=True),
            "to": text("Người được đọc", "Who may read"),
        },
        fileable=False,
    ),
)
