"""What may be stored here about a system: everything, or the reference numbers of its weaknesses only."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "storage.restricted",
        words(
            "{by} quyết định chỉ ghi số tham chiếu điểm yếu của {about}", "{by} decided that only reference numbers are kept about {about}"
        ),
        words("quyết định chỉ ghi số tham chiếu", "the decision to keep reference numbers only"),
        about=SYSTEM,
        detail=PAPER,
        fileable=False,
    ),
    Verb(
        "storage.opened",
        words("{by} cho phép ghi lại chi tiết điểm yếu của {about}", "{by} allowed details of weaknesses of {about} again"),
        words("quyết định cho ghi chi tiết", "the decision to keep details again"),
        about=SYSTEM,
        detail=PAPER,
        fileable=False,
    ),
)
