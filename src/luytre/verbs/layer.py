"""The four layers of protection."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, day, text, whole, words

VERBS = (
    Verb(
        "layer.deployed",
        words("{by} ghi nhận {about} đã triển khai một lớp bảo vệ", "{by} recorded a protection layer of {about}"),
        words("quyết định, hợp đồng hoặc báo cáo của lớp bảo vệ", "the decision, contract or report of the layer"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "layer": whole("Lớp (1 đến 4)", "Layer (1 to 4)", required=True),
            "provider": text("Đơn vị thực hiện", "Provider"),
            "until_on": day("Hợp đồng đến ngày", "Contract until"),
        },
    ),
)
