"""`luytre paper DOCUMENT.json --pdf OUT --docx OUT --html OUT`: an official paper from plain data. Loads no Django."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from luytre.core.paper.letters import PaperRefused
from luytre.core.paper.model import Paper
from luytre.core.paper.reading import read


def _pdf(paper: Paper) -> bytes:
    from luytre.core.paper.pdf import pdf

    return pdf(paper)


def _docx(paper: Paper) -> bytes:
    from luytre.core.paper.word import docx

    return docx(paper)


def _html(paper: Paper) -> bytes:
    from luytre.core.paper.web import html

    return html(paper).encode()


FORMATS: dict[str, Callable[[Paper], bytes]] = {"pdf": _pdf, "docx": _docx, "html": _html}


def main(argv: list[str]) -> int:
    """Exit 0 when written, 1 when the document is refused (each fault on a line of stderr), 2 when files cannot be read or written."""
    args = _parser().parse_args(argv)
    wanted = {name: Path(out) for name in FORMATS if (out := getattr(args, name))}
    if not wanted and not args.check:
        sys.stderr.write("luytre paper: hãy cho biết cần tệp nào: --pdf, --docx, --html hoặc --check\n")
        return 2
    try:
        paper = read(Path(args.document).read_bytes())
        made = {name: FORMATS[name](paper) for name in wanted}
        for name, out in wanted.items():
            out.write_bytes(made[name])
    except PaperRefused as refused:
        for fault in refused.faults:
            sys.stderr.write(f"{args.document}: {fault.path + ': ' if fault.path else ''}{fault.says}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"luytre paper: không đọc hoặc ghi được {error.filename}: {error.strerror}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="luytre paper", description="Văn bản hành chính theo Nghị định 30/2020/NĐ-CP từ dữ liệu JSON.")
    parser.add_argument("document", metavar="DOCUMENT.json", help="dữ liệu của văn bản (docs/papers.md)")
    for name in FORMATS:
        parser.add_argument(f"--{name}", metavar="OUT", help=f"ghi tệp {name.upper()} ra OUT")
    parser.add_argument("--check", action="store_true", help="chỉ kiểm tra dữ liệu, không ghi tệp nào")
    return parser
