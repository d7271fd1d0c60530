"""`luytre paper`: an official paper from plain data as PDF/A, Word, HTML; statutory forms; Word templates. Loads no Django.

luytre paper DOCUMENT.json --pdf OUT --docx OUT --html OUT      a paper from its data
luytre paper ANSWERS.json --form TT20.03 --pdf OUT              a statutory form from its answers
luytre paper --original OUT                                     the original Word template, to edit
luytre paper --check-template MINE.docx                         what is wrong with an edited one
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from luytre.core.paper.english import in_english
from luytre.core.paper.letters import Fault, PaperRefused
from luytre.core.paper.model import Paper
from luytre.core.paper.reading import in_vietnamese, read


def _pdf(paper: Paper, args: argparse.Namespace) -> bytes:
    from luytre.core.paper.pdf import pdf

    return pdf(paper)


def _docx(paper: Paper, args: argparse.Namespace) -> bytes:
    from luytre.core.paper.word import docx

    template = Path(args.template).read_bytes() if args.template else None
    if template:
        _checked(template)
    return docx(paper, template)


def _html(paper: Paper, args: argparse.Namespace) -> bytes:
    from luytre.core.paper.web import html

    return html(paper).encode()


FORMATS: dict[str, Callable[[Paper, argparse.Namespace], bytes]] = {"pdf": _pdf, "docx": _docx, "html": _html}


def main(argv: list[str]) -> int:
    """Exit 0 when written, 1 when something is refused (each fault on a line of stderr), 2 when files cannot be read or written."""
    args = _parser().parse_args(argv)
    try:
        return _run(args)
    except PaperRefused as refused:
        for fault in refused.faults:
            sys.stderr.write(f"{args.document or args.check_template}: {fault.path + ': ' if fault.path else ''}{both(fault.says)}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"luytre paper: không đọc hoặc ghi được / cannot read or write {error.filename}: {error.strerror}\n")
        return 2


def both(says: str) -> str:
    """A fault in Vietnamese and in English."""
    english = in_english(says)
    return says if english == says else f"{says} / {english}"


def _run(args: argparse.Namespace) -> int:
    if args.original:
        from luytre.core.paper.word.original import original

        Path(args.original).write_bytes(original())
    if args.check_template:
        _checked(Path(args.check_template).read_bytes())
    wanted = {name: Path(out) for name in FORMATS if (out := getattr(args, name))}
    if not args.document:
        return 0 if args.original or args.check_template else _nothing_to_do()
    if not wanted and not args.check:
        return _nothing_to_do()
    source = Path(args.document).read_bytes()
    paper = _from_form(args.form, source) if args.form else read(source)
    made = {name: FORMATS[name](paper, args) for name in wanted}
    for name, out in wanted.items():
        out.write_bytes(made[name])
    return 0


def _nothing_to_do() -> int:
    sys.stderr.write(
        "luytre paper: hãy cho biết cần tệp nào / say which file is wanted: --pdf, --docx, --html, --check (luytre paper --help)\n"
    )
    return 2


def _checked(template: bytes) -> None:
    from luytre.core.paper.word.check import check

    check(template)


def _from_form(name: str, source: bytes) -> Paper:
    """A form's paper from {"office": {...}, "answers": {...}, "draft": false}."""
    from luytre.core.paper.forms import Office, answer, load, names

    if name not in names():
        raise PaperRefused([Fault("", f"không có mẫu “{name}”; các mẫu: {', '.join(names())}")])
    try:
        plain = json.loads(source)
        office = msgspec.convert(plain.get("office"), Office)
    except (ValueError, AttributeError) as error:
        fault = (
            in_vietnamese(str(error))
            if isinstance(error, msgspec.ValidationError)
            else Fault("", f"tệp không phải JSON đọc được ({error})")
        )
        raise PaperRefused([Fault(f"office.{fault.path}".rstrip("."), fault.says)]) from None
    return answer(load(name), plain.get("answers") or {}, office, draft=bool(plain.get("draft")))


def _parser() -> argparse.ArgumentParser:
    about = "Văn bản hành chính theo Nghị định 30/2020/NĐ-CP từ dữ liệu JSON (docs/papers.md)."
    parser = argparse.ArgumentParser(prog="luytre paper", description=about)
    parser.add_argument("document", metavar="DOCUMENT.json", nargs="?", help="dữ liệu của văn bản")
    for name in FORMATS:
        parser.add_argument(f"--{name}", metavar="OUT", help=f"ghi tệp {name.upper()} ra OUT")
    parser.add_argument("--check", action="store_true", help="chỉ kiểm tra dữ liệu, không ghi tệp nào")
    parser.add_argument("--form", metavar="MẪU", help="dữ liệu là câu trả lời của một mẫu, ví dụ TT20.03, ND331.06")
    parser.add_argument("--template", metavar="MẪU.docx", help="dùng mẫu Word này cho --docx")
    parser.add_argument("--original", metavar="OUT", help="ghi mẫu Word gốc ra OUT để sửa bằng Word")
    parser.add_argument("--check-template", metavar="MẪU.docx", help="kiểm tra một mẫu Word đã sửa")
    return parser
