"""`luytre marking`: which files or texts bear a mark of state secrets. Loads no Django.

luytre marking PATH…            files, and folders with all in them
luytre marking --jsonl FILE     texts: one {"id": …, "text": …} a line

One line of JSON each: {"id","file","verdict":"secret"|"clean"|"cannot_tell","marking","where"}.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from luytre.core.marking.files import MAX_FILE, judge_file
from luytre.core.marking.text import judge_text
from luytre.core.marking.verdict import Verdict


class _Unreadable(Exception):
    pass


def main(argv: list[str]) -> int:
    """Exit 0 when all were judged (whatever the verdicts), 2 when an input cannot be opened; the rest is judged all the same."""
    args = _parser().parse_args(argv)
    if not args.paths and not args.jsonl:
        sys.stderr.write("luytre marking: hãy cho biết tệp, thư mục hoặc --jsonl FILE / name files, folders or --jsonl FILE\n")
        return 2
    failed = False
    for judged in _judged(args):
        if isinstance(judged, str):
            failed = True
            sys.stderr.write(f"luytre marking: {judged}\n")
        else:
            sys.stdout.write(json.dumps(judged, ensure_ascii=False) + "\n")
    return 2 if failed else 0


def _judged(args: argparse.Namespace) -> Iterator[dict[str, Any] | str]:
    """A line of output each, or the words of a fault."""
    for path in args.paths:
        yield from _of_path(Path(path))
    if args.jsonl:
        yield from _of_lines(args.jsonl)


def _of_path(path: Path) -> Iterator[dict[str, Any] | str]:
    files = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
    for file in files:
        try:
            with file.open("rb") as opened:
                verdict = judge_file(file.name, opened.read(MAX_FILE + 1))
        except OSError as error:
            yield f"không mở được tệp / cannot open {file}: {error.strerror}"
            continue
        yield _line(verdict, None, str(file))


def _of_lines(name: str) -> Iterator[dict[str, Any] | str]:
    try:
        with sys.stdin if name == "-" else Path(name).open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _of_line(line, f"{name}:{number}")
    except OSError as error:
        yield f"không mở được tệp / cannot open {name}: {error.strerror}"


def _of_line(line: str, place: str) -> dict[str, Any] | str:
    try:
        plain = json.loads(line)
        text = plain["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return f'{place}: cần một dòng {{"id": …, "text": …}} / a line {{"id": …, "text": …}} is needed'
    if not isinstance(text, str):
        return f"{place}: “text” phải là chữ / “text” must be a string"
    return _line(judge_text(text), plain.get("id"), None)


def _line(verdict: Verdict, id_: Any, file: str | None) -> dict[str, Any]:
    return {"id": id_, "file": file, "verdict": verdict.verdict, "marking": verdict.marking, "where": verdict.where or None}


def _parser() -> argparse.ArgumentParser:
    about = "Tìm dấu độ mật (TUYỆT MẬT, TỐI MẬT, MẬT) trên tệp và văn bản / marks of state secrets on files and texts."
    parser = argparse.ArgumentParser(prog="luytre marking", description=about)
    parser.add_argument("paths", metavar="PATH", nargs="*", help="tệp hoặc thư mục / files or folders")
    parser.add_argument(
        "--jsonl", metavar="FILE", help='mỗi dòng {"id": …, "text": …}; “-” đọc từ đầu vào chuẩn / “-” reads standard input'
    )
    return parser
