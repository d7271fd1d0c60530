"""Instructions of the chair: given to bodies, answered, accepted or returned."""

from luytre.verbs.shape import EITHER, ORGANISATION, PAPER, Field, Verb, case, day, words

NUMBER = case("Số ý kiến chỉ đạo", "Number of the instruction", required=True)
ANSWER = Field("entry", words("Văn bản trả lời được xét", "Answer considered"))  # none: the last one before

VERBS = (
    Verb(
        "instruction.given",
        words("{by} cho ý kiến chỉ đạo đối với {about}", "{by} gave {about} an instruction"),
        words("ý kiến chỉ đạo", "the instruction"),
        about=EITHER,
        detail={
            "instruction": NUMBER,
            "due_on": day("Hạn thực hiện", "Due day", required=True),
            "duty": Field("duty", words("Nhiệm vụ liên quan", "Duty concerned")),
        },
        fileable=False,
    ),
    Verb(
        "instruction.extended",
        words("{by} lùi hạn ý kiến chỉ đạo cho {about}", "{by} gave {about} more time for an instruction"),
        words("ý kiến lùi hạn", "the extension"),
        about=ORGANISATION,
        detail={
            "instruction": NUMBER,
            "due_on": day("Hạn mới", "New due day", required=True),
        },
        fileable=False,
    ),
    Verb(
        "instruction.answered",
        words("{by} trả lời ý kiến chỉ đạo, thay mặt {about}", "{by} answered the instruction for {about}"),
        words("văn bản trả lời ý kiến chỉ đạo", "the answer to the instruction"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "instruction": NUMBER,
        },
        fileable=False,
    ),
    Verb(
        "instruction.accepted",
        words("{by} chấp nhận kết quả thực hiện chỉ đạo của {about}", "{by} accepted what {about} did on an instruction"),
        words("ý kiến chấp nhận kết quả", "the acceptance"),
        about=ORGANISATION,
        detail={
            "instruction": NUMBER,
            "entry": ANSWER,
        },
        fileable=False,
    ),
    Verb(
        "instruction.returned",
        words("{by} yêu cầu {about} làm lại theo ý kiến chỉ đạo", "{by} returned to {about} its answer to an instruction"),
        words("ý kiến yêu cầu làm lại", "the return"),
        about=ORGANISATION,
        detail={
            "instruction": NUMBER,
            "entry": ANSWER,
        },
        fileable=False,
    ),
    Verb(
        "instruction.withdrawn",
        words("{by} rút ý kiến chỉ đạo đối với {about}", "{by} withdrew an instruction to {about}"),
        words("ý kiến rút chỉ đạo", "the withdrawal"),
        about=EITHER,
        detail={
            "instruction": NUMBER,
        },
        fileable=False,
    ),
)
