"""luytre intake FILE.eml… : mail to the duty desk, taken in. A line of JSON each; with --dry-run nothing is written anywhere.

luytre intake FILE.eml… --data DIR [--dry-run]     files, in the order given; "-" reads one mail from standard input (Postfix pipe)
luytre intake --maildir DIR --data DIR             new mail of a Maildir, moved to cur/ once taken in

{"file","outcome":"report"|"reply"|"bounce"|"duplicate"|"ignored"|"refused_secret","code","subject","reason"}
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from luytre.rooms.incidents.rules.mail import Letter, read
from luytre.rooms.incidents.rules.threads import REASONS, Decision, Known, Memory, decide, shown_subject
from luytre.site.commands import data_option, parser, start

LARGEST = 60 * 1024 * 1024  # bytes of one mail; larger ones are refused unread
DATABASE = "luytre.sqlite3"


def main(argv: list[str]) -> int:
    """Exit 0 when every file was read (whatever became of it), 2 when one could not be."""
    args = _parser().parse_args(argv)
    places = list(_places(args))
    if not places:
        sys.stderr.write("luytre intake: hãy cho biết tệp thư, “-” hoặc --maildir / name mail files, “-” or --maildir\n")
        return 2
    lines = _trial(places, args.data) if args.dry_run else _taken(places, args)
    failed = False
    for place, told in zip(places, lines, strict=True):
        if isinstance(told, str):
            failed = True
            sys.stderr.write(f"luytre intake: {place}: {told}\n")
        else:
            sys.stdout.write(_line(place, *told) + "\n")
            sys.stdout.flush()
    return 2 if failed else 0


def _parser() -> argparse.ArgumentParser:
    made = parser("intake", "Tiếp nhận báo cáo sự cố gửi bằng thư / take in reports of incidents by mail")
    made.add_argument("files", metavar="FILE.eml", nargs="*", help="tệp thư; “-” đọc từ đầu vào chuẩn / mail files; “-” standard input")
    made.add_argument("--maildir", metavar="DIR", help="hộp thư Maildir / a Maildir")
    made.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ làm gì, không ghi / only say what would be done")
    data_option(made)
    return made


def _places(args: argparse.Namespace) -> Iterator[str]:
    yield from args.files
    if args.maildir:
        yield from (str(path) for path in sorted((Path(args.maildir) / "new").glob("*")))


def _raw(place: str) -> bytes | str:
    """The bytes of a mail, or why there are none."""
    try:
        if place == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(place).open("rb") as lying:
                raw = lying.read(LARGEST + 1)
    except OSError as fault:
        return f"không mở được tệp / cannot open: {fault.strerror}"
    return raw if len(raw) <= LARGEST else "thư lớn hơn 60 MB / the mail is larger than 60 MB"


def _line(place: str, letter: Letter, decision: Decision) -> str:
    vi, en = REASONS[decision.reason]
    told = {
        "file": place,
        "outcome": decision.outcome,
        "code": decision.code or None,
        "subject": shown_subject(letter, decision),
        "reason": f"{vi} / {en}",
    }
    return json.dumps(told, ensure_ascii=False)


Told = tuple[Letter, Decision]


def _trial(places: Iterable[str], data: str | None) -> Iterator[Told | str]:
    """What would become of each, in order, on top of what is known; without a database nothing is known."""
    known, secret, own = _known(data)
    memory = Memory(known)
    for place in places:
        raw = _raw(place)
        if isinstance(raw, str):
            yield raw
            continue
        letter = read(raw, own)
        decision = decide(letter, memory, secret)
        memory.take(letter, decision, _ours(decision.code))
        yield letter, decision


def _known(data: str | None) -> tuple[Known | None, bytes, frozenset[str]]:
    """The database where there is one; the secret that codes are made with; our own addresses. Makes nothing."""
    folder = Path(data or os.environ.get("LUYTRE_DATA", ".luytre"))
    if not (folder / DATABASE).exists() and not os.environ.get("LUYTRE_DATABASE_URL"):
        addresses = (os.environ.get("LUYTRE_MAIL_FROM", ""), os.environ.get("LUYTRE_INTAKE_ADDRESS", ""))
        key = folder / "secret.key"
        secret = os.environ.get("LUYTRE_SECRET_KEY", "") or (key.read_text().strip() if key.exists() else "luytre")
        return None, secret.encode(), frozenset(one.lower() for one in addresses if one)
    start(data)
    from luytre.rooms.incidents import queries
    from luytre.rooms.incidents.actions.mailbox import own_addresses
    from luytre.rooms.incidents.actions.receiving import secret as kept

    return queries.Kept(), kept(), own_addresses()


def _ours(code: str) -> list[str]:
    """The name of the acknowledgement that goes out for a report."""
    import hashlib

    sender = os.environ.get("LUYTRE_MAIL_FROM", "luytre@localhost").rpartition("@")[2] or "localhost"
    name = hashlib.sha256(f"incident-report:{code}:received".encode()).hexdigest()[:40]
    return [f"{name}@{sender}"] if code else []


def _taken(places: Iterable[str], args: argparse.Namespace) -> Iterator[Told | str]:
    """Each taken in for good, one transaction a mail; the next goes on where one fails."""
    start(args.data)
    from luytre.core.refusal import Refusal
    from luytre.journal import clock
    from luytre.rooms.incidents import actions

    for place in places:
        raw = _raw(place)
        if isinstance(raw, str):
            yield raw
            continue
        try:
            yield actions.take_in(at=clock.now(), raw=raw)
        except Refusal as fault:  # the mail stays where it lies
            yield fault.says
            continue
        if args.maildir and Path(place).parent.name == "new":
            _shelve(Path(place))


def _shelve(file: Path) -> None:
    done = file.parent.parent / "cur"
    done.mkdir(exist_ok=True)
    file.replace(done / f"{file.name}:2,S")
