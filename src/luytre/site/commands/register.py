"""luytre register import | export | template: the register as a workbook, at the console."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from luytre.core.refusal import Refusal
from luytre.site.commands import data_option, parser, start

if TYPE_CHECKING:
    from luytre.register.imports import Preview


def main(argv: list[str]) -> int:
    args = _parser().parse_args(argv)
    start(args.data)
    try:
        return _import(args.file, args.dry_run) if args.what == "import" else _write(args.file, args.what)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.says}\n")
    except OSError as fault:
        sys.stderr.write(f"{args.file}: không mở được tệp / cannot open: {fault.strerror}\n")
    return 2


def _parser() -> ArgumentParser:
    made = parser("register", "Nhập, xuất sổ đăng ký bằng Excel / the register as a workbook")
    made.add_argument("what", choices=["import", "export", "template"])
    made.add_argument("file", type=Path)
    made.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi / look only, write nothing")
    data_option(made)
    return made


def _import(file: Path, dry_run: bool) -> int:
    from luytre.journal import clock
    from luytre.register import imports

    with file.open("rb") as content:
        sha256 = imports.keep(file.name, content)
    work = imports.preview if dry_run else imports.bring_in
    return _tell(work(by="console", at=clock.now(), sha256=sha256), dry_run)


def _tell(done: "Preview", dry_run: bool) -> int:
    for fault in done.reading.faults:
        at = f", dòng {fault.row}" if fault.row else ""
        column = f", cột “{fault.column}”" if fault.column else ""
        sys.stderr.write(f"{fault.sheet}{at}{column}: {fault.says}\n")
    if done.reading.faults:
        sys.stderr.write(f"{len(done.reading.faults)} chỗ cần sửa, chưa ghi dòng nào. / faults; nothing written.\n")
        return 1
    said = "sẽ ghi / would add" if dry_run else "đã ghi / added"
    sys.stdout.write(f"{said}: {done.changes.rows} dòng / rows\n")
    return 0


def _write(file: Path, what: str) -> int:
    from django.conf import settings

    from luytre.register import workbook_out as out

    content = out.template(settings.LUYTRE_MARK) if what == "template" else out.export(out.whole_register(), settings.LUYTRE_MARK)
    file.write_bytes(content)
    sys.stdout.write(f"{file}\n")
    return 0
