"""The staff door, opened for a while from the console."""

from luytre.verbs.shape import ORGANISATION, Verb, text, words

NETWORK = {"network": text("Dải mạng", "Network", required=True), "until": text("Đến lúc", "Until")}
VERBS = (
    Verb(
        "door.opened",
        words("{by} tạm mở cửa công vụ, {about}", "{by} opened the staff door for a while, {about}"),
        words("lần tạm mở cửa", "the door opened for a while"),
        about=ORGANISATION,
        detail=NETWORK,
        fileable=False,
    ),
    Verb(
        "door.closed",
        words("{by} đóng lại cửa công vụ đã tạm mở, {about}", "{by} closed the staff door opened for a while, {about}"),
        words("lần đóng lại cửa", "the door closed again"),
        about=ORGANISATION,
        detail=NETWORK,
        fileable=False,
    ),
)
