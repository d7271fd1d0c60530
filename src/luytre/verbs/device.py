"""Devices of key sections and devices that held secrets (a register only, never the content)."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, flag, text, words

VERBS = (
    Verb(
        "device.introduced",
        words(
            "{by} đưa thiết bị, giải pháp vào dùng tại bộ phận trọng yếu của {about}",
            "{by} put a device into use in a key section of {about}",
        ),
        words("ghi nhận đưa thiết bị vào sử dụng", "the record that the device was put into use"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "device": case("Số tài sản", "Asset number"),
        },
    ),
    Verb(
        "device.inspected",
        words("{by} kiểm tra an toàn thiết bị, giải pháp của {about}", "{by} inspected a device of {about}"),
        words("biên bản kiểm tra an toàn thiết bị", "the device inspection record"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "device": case("Số tài sản", "Asset number"),
        },
    ),
    Verb(
        "device.repurposed",
        words(
            "{by} chuyển mục đích thiết bị từng lưu bí mật nhà nước của {about}",
            "{by} changed the purpose of a device of {about} that had held state secrets",
        ),
        words("ghi nhận chuyển mục đích sử dụng thiết bị", "the record of the change of purpose"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "device": case("Số tài sản", "Asset number"),
        },
    ),
    Verb(
        "device.sanitised",
        words("{by} loại bỏ triệt để thông tin trên thiết bị của {about}", "{by} removed all information from a device of {about}"),
        words("biên bản loại bỏ triệt để thông tin", "the record of complete removal"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "device": case("Số tài sản", "Asset number"),
            "method": text("Cách xóa", "Method"),
        },
    ),
    Verb(
        "device.repaired",
        words("{by} sửa chữa, thay thế thiết bị của {about}", "{by} had a device of {about} repaired or replaced"),
        words("phiếu sửa chữa, thay thế thiết bị", "the repair slip"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "device": case("Số tài sản", "Asset number"),
            "disk_kept": flag("Giữ lại ổ lưu trữ", "Disk kept"),
            "repairer": text("Nơi sửa chữa", "Repairer"),
        },
    ),
)
