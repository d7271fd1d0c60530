"""Readers of text logs by format. (Each has its own module; here is only the way to them.)"""

from typing import Any, BinaryIO

from luytre.core.hunt.hunter import Hunter


def read_text(hunter: Hunter, part: Any, stream: BinaryIO, head: bytes, settings: Any) -> None:
    part.faults.append(f"chưa có bộ đọc cho {part.format}")
