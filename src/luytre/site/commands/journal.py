"""luytre journal verify | seal: is the record as it was written?"""

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from luytre.site.commands import data_option, parser, start

if TYPE_CHECKING:
    from luytre.journal.verification import Broken

WORDS = {
    "row_gone": "thiếu một ghi nhận / an entry is gone",
    "content_changed": "nội dung đã bị sửa / its content was changed",
    "link_broken": "vị trí trong chuỗi đã bị sửa / its place in the chain was changed",
    "anchor_differs": "khác với mốc đã ghi lại / differs from the noted anchor",
    "head_differs": "điểm cuối của chuỗi đã bị sửa / the head of the chain was changed",
    "aside_added": "phần riêng bị thêm vào / an aside was added",
    "aside_gone": "phần riêng mất mà không có lệnh xóa / its aside is gone without an order",
    "aside_changed": "phần riêng đã bị sửa / its aside was changed",
    "file_renamed": "tên tệp đính kèm đã bị sửa / a file's name was changed",
    "file_gone": "mất tệp đính kèm / an attached file is gone",
    "file_changed": "tệp đính kèm đã bị sửa / an attached file was changed",
    "unsealed": "chưa được niêm phong sau 60 giây / not sealed after 60 seconds",
}


def main(argv: list[str]) -> int:
    args = _parser().parse_args(argv)
    start(args.data)
    return _seal() if args.what == "seal" else _verify(args.no_files, args.anchor)


def _parser() -> ArgumentParser:
    made = parser("journal", "Kiểm tra chuỗi nhật ký / verify the journal's chain")
    made.add_argument("what", choices=["verify", "seal"])
    made.add_argument("--no-files", action="store_true", help="không băm lại tệp đính kèm / do not hash attached files again")
    made.add_argument(
        "--anchor", metavar="SEQ:LINK", help="mốc đã ghi lại trước đây phải còn đúng / an anchor noted earlier must still stand"
    )
    data_option(made)
    return made


def _seal() -> int:
    from luytre import journal

    sys.stdout.write(f"{journal.seal()}\n")
    return 0


def _verify(no_files: bool, anchor: str | None) -> int:
    from django.utils import timezone

    from luytre import journal

    seq, _, link = (anchor or "").partition(":")
    verdict = journal.verify(timezone.now(), files=not no_files, anchor=(int(seq), link) if link else None)
    for entry, order in verdict.erased:
        sys.stdout.write(f"{entry}: phần riêng đã xóa theo yêu cầu, số {order} / aside erased on request\n")
    if verdict.broken:
        sys.stdout.write(f"{_named(verdict.broken)}\n")
        return 1
    sys.stdout.write(f"Nguyên vẹn / whole: {verdict.checked} ghi nhận / entries · mốc / anchor {verdict.checked}:{verdict.head}\n")
    return 0


def _named(broken: "Broken") -> str:
    where = f"ghi nhận / entry {broken.entry}" if broken.entry else "ghi nhận / entry"
    place = f" · vị trí / place {broken.seq}" if broken.seq else ""
    more = "".join(f" · {key} {value}" for key, value in broken.params.items() if value)
    return f"HỎNG / BROKEN: {where}{place}: {WORDS[broken.why]}{more}"
