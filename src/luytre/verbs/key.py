"""Keys by which a machine of a body reads and writes here: issued with a scope and an end, ended."""

from luytre.verbs.shape import ORGANISATION, Verb, day, text, whole, words

VERBS = (
    Verb(
        "key.issued",
        words("{by} cấp khóa máy gửi cho {about}", "{by} issued a machine key to {about}"),
        words("việc cấp khóa máy gửi", "the issue of a machine key"),
        about=ORGANISATION,
        detail={
            "key": text("Tên khóa", "Name of the key", required=True),
            "scopes": text("Phạm vi", "Scopes", required=True),
            "until_on": day("Dùng đến hết ngày", "Last day", required=True),
            "per_minute": whole("Lượt mỗi phút", "Calls a minute"),
        },
        fileable=False,
    ),
    Verb(
        "key.ended",
        words("{by} thu hồi khóa máy gửi của {about}", "{by} ended a machine key of {about}"),
        words("việc thu hồi khóa máy gửi", "the end of a machine key"),
        about=ORGANISATION,
        detail={"key": text("Tên khóa", "Name of the key", required=True)},
        fileable=False,
    ),
)
