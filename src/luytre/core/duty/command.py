"""`luytre judge`: judges duties from files. Exit 0 when judged, whatever the colours; 2 when an input can't be read."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luytre.core.duty.judge import Judge
    from luytre.core.duty.model import Result
    from luytre.core.law.model import Law


def main(argv: list[str]) -> int:
    args = _parser().parse_args(argv)
    # Loaded only now: `--help` answers at once.
    from luytre.core.duty.files import InputFault
    from luytre.core.law.model import LawFault

    try:
        law, judge, on, known = _read(args)
        wanted = _wanted(args.duty, law)
        _write(args, law, judge.all(on, known, wanted))
    except (LawFault, InputFault, ValueError) as fault:
        sys.stderr.write(f"luytre judge: {fault}\n")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("luytre judge", description="Xét nhiệm vụ từ tệp: văn bản × sổ đăng ký × ghi nhận × ngày.")
    add = parser.add_argument
    add("--law", metavar="DIR", help="thư mục văn bản (mặc định: văn bản đi kèm) / folder of law")
    add("--register", metavar="FILE", required=True, help="sổ đăng ký, JSON từng dòng / register, JSON lines")
    add("--facts", metavar="FILE", required=True, help="ghi nhận, JSON từng dòng / facts, JSON lines")
    add("--on", metavar="DAY", required=True, help="ngày xét, hoặc thời điểm / day judged, or a moment")
    add("--known", metavar="MOMENT", help="chỉ tính điều đã biết đến lúc này / what was known by then (default: end of that day)")
    add("--duty", metavar="ID", nargs="+", action="extend", help="chỉ các nhiệm vụ này / only these duties")
    add("--applicable", action="store_true", help="bỏ các dòng không áp dụng / leave out what does not apply")
    add("--format", choices=("jsonl", "table"), default="jsonl")
    add("--lang", choices=("vi", "en"), default="vi")
    add("--reading", metavar="ID=OPTION", nargs="+", action="extend", default=[], help="theo cách hiểu khác / under another reading")
    return parser


def _read(args: argparse.Namespace) -> tuple["Law", "Judge", Any, Any]:
    from luytre.core.duty.files import asked_moment, read_facts, read_register
    from luytre.core.duty.judge import Judge
    from luytre.core.law import home, load

    law = load(args.law or home())
    if args.reading:
        law = _other_readings(law, args.reading)
    zone = law.calendar.zone
    on = asked_moment(args.on, zone, end=False)
    known = asked_moment(args.known, zone, end=True) if args.known else None
    things = read_register(Path(args.register), zone)
    facts = read_facts(Path(args.facts), zone, law.verbs)
    return law, Judge(law, things, facts), on, known


def _other_readings(law: "Law", given: Iterable[str]) -> "Law":
    choices = dict(part.partition("=")[::2] for part in given)
    try:
        return law.reading_as(choices)
    except KeyError as unknown:
        raise ValueError(f"cách hiểu lạ {unknown} / unknown reading") from None


def _wanted(duties: list[str] | None, law: "Law") -> list[str] | None:
    for duty in duties or ():
        if duty not in law.duties:
            raise ValueError(f"không có nhiệm vụ “{duty}” / no such duty; có: {', '.join(law.duties)}")
    return duties


def _write(args: argparse.Namespace, law: "Law", results: Iterable["Result"]) -> None:
    from luytre.core.duty.words import says

    kept = (r for r in results if not args.applicable or r.status != "not_applicable")
    if args.format == "table":
        sys.stdout.writelines(_table(kept, law, args.lang))
        return
    import msgspec

    encode = msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    for result in kept:
        out.write(encode(as_line(result, says(result, law, args.lang))) + b"\n")
    out.flush()


def as_line(result: "Result", sentence: str) -> dict[str, Any]:
    """The line of output: these keys, in this order."""
    return {
        "duty": result.duty,
        "clause": result.clause,
        "bearer": result.bearer,
        "answerable": result.answerable,
        "window": result.window,
        "event": result.event,
        "due_on": result.due_on,
        "due_at": result.due_at,
        "status": result.status,
        "since": result.since,
        "flips_on": result.flips_on,
        "evidence": result.evidence,
        "missing": result.missing,
        "reasons": [{"code": reason.code, "params": reason.params} for reason in result.reasons],
        "says": sentence,
    }


def _table(results: Iterable["Result"], law: "Law", lang: str) -> Iterator[str]:
    """For people: one line each, days as dd/mm/yyyy."""
    yield f"{'':<12}{'':<30}{'hạn / due':<12}{'tình trạng':<16}{'từ / since':<12}kỳ / window\n"
    for r in results:
        window = "" if r.window is None else f"{_day(r.window[0])} – {_day(r.window[1])}"
        yield f"{r.duty:<12}{r.bearer:<30}{_day(r.due_on):<12}{r.status:<16}{_day(r.since):<12}{window} {r.event or ''}".rstrip() + "\n"


def _day(day: Any) -> str:
    return "…" if day is None else f"{day:%d/%m/%Y}"
