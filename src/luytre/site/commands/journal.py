"""luytre journal verify | seal | head | export: is the record as it was written, and how can others see that it is?"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from luytre.journal import standalone
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
    if argv[:1] == ["verify"] and len(argv) > 1 and not argv[1].startswith("-"):
        return standalone.main(argv[1:])  # a bundle: neither database nor settings are asked
    args = _parser().parse_args(argv)
    start(args.data)
    doing = {"verify": _verify, "seal": _seal, "head": _head, "export": _export}
    return doing[args.what](args)


def _parser() -> ArgumentParser:
    made = parser("journal", "Kiểm tra, ký, lấy ra nhật ký / verify, sign, export the journal")
    made.add_argument("what", choices=["verify", "seal", "head", "export"])
    made.add_argument("place", nargs="?", metavar="FILE", help="verify: gói cần kiểm tra / the bundle · export: tệp .tar sẽ ghi / to write")
    made.add_argument("--no-files", action="store_true", help="không kèm, không băm lại tệp đính kèm / leave attached files aside")
    made.add_argument("--no-asides", action="store_true", help="export: không kèm phần riêng / without private parts")
    made.add_argument(
        "--anchor", metavar="SEQ:LINK", help="mốc đã ghi lại trước đây phải còn đúng / an anchor noted earlier must still stand"
    )
    made.add_argument("--sign", action="store_true", help="head: ký ngay điểm cuối hiện tại / sign where the chain ends now")
    made.add_argument("--first", type=int, default=1, metavar="N", help="export: từ vị trí / from place")
    made.add_argument("--last", type=int, metavar="N", help="export: đến vị trí / to place")
    made.add_argument(
        "--about", nargs="+", default=[], metavar="REF", help="export: chỉ kèm nội dung về / content only about (org:…, system:…)"
    )
    data_option(made)
    return made


def _head(args: Namespace) -> int:
    from django.utils import timezone

    from luytre.journal import heads

    head = heads.sign(timezone.now()) if args.sign else heads.last()
    if head is None:
        sys.stdout.write("Chưa có mốc đã ký / no signed head yet: luytre journal head --sign\n")
        return 1
    sys.stdout.write(heads.printed(head))
    return 0


def _export(args: Namespace) -> int:
    from luytre.core.refusal import Refusal
    from luytre.journal import bundle

    if not args.place:
        sys.stderr.write("luytre journal export FILE.tar\n")
        return 2
    wanted = bundle.Wanted(
        first=args.first, last=args.last, about=frozenset(args.about), files=not args.no_files, asides=not args.no_asides
    )
    try:
        count = bundle.write(Path(args.place), wanted)
    except (Refusal, FileExistsError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write(f"{args.place}: {count} ghi nhận / entries\n")
    return 0


def _seal(args: Namespace) -> int:
    from luytre import journal

    sys.stdout.write(f"{journal.seal()}\n")
    return 0


def _verify(args: Namespace) -> int:
    from django.utils import timezone

    from luytre import journal

    seq, _, link = (args.anchor or "").partition(":")
    verdict = journal.verify(timezone.now(), files=not args.no_files, anchor=(int(seq), link) if link else None)
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
