"""Text logs, line by line. Each reader turns lines into (kind, fields, position); what it can't read is counted and named."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from luytre.core.hunt.hunter import Hunter
from luytre.core.hunt.lines import text_lines
from luytre.core.hunt.shape import Fields, first_of

Row = tuple[str, Fields, int]  # kind, event, position in the file
Reader = Callable[[Iterator[tuple[int, str]], "Misses"], Iterator[Row]]


class Misses:
    """Lines a reader could not make out."""

    def __init__(self, year: int | None = None) -> None:
        self.count = 0
        self.first: list[int] = []
        self.year = year  # of times that name none

    def add(self, line: int) -> None:
        self.count += 1
        if len(self.first) < 5:
            self.first.append(line)

    def said(self) -> str:
        return f"{self.count} dòng không đúng định dạng (dòng {', '.join(map(str, self.first))}{' …' if self.count > 5 else ''})"


def reader_of(form: str) -> Reader | None:
    """The reader of a text format."""
    from luytre.core.hunt import read_audit, read_csv, read_syslog, read_web, read_xml, read_zeek

    return {
        "access": read_web.access,
        "w3c": read_web.w3c,
        "nginx-error": read_web.nginx_error,
        "apache-error": read_web.apache_error,
        "php-error": read_web.php_error,
        "auditd": read_audit.auditd,
        "syslog": read_syslog.syslog,
        "fortigate": read_syslog.fortigate,
        "zeek": read_zeek.zeek,
        "csv": read_csv.table,
        "xml": read_xml.events,
        "sysmon-linux": read_xml.events,
    }.get(form)


def read_text(hunter: Hunter, part: Any, stream: BinaryIO, head: bytes, settings: Any) -> None:
    """Hunts through a text log; what was read is written into `part`."""
    reader = settings.mapping.reader(part.format, part.name) if settings.mapping else None
    reader = reader or reader_of(part.format)
    if reader is None:
        part.faults.append(f"chưa có bộ đọc cho {part.format}")
        return
    skipped: list[int] = []
    misses = Misses(part.year)
    for kind, event, position in reader(counted(text_lines(stream, head, skipped), part), misses):
        part.events += 1
        hunter.examine(kind, event, part.name, first_of(event, "record"), position)
    part.faults += [f"dòng {number}: quá dài, bỏ qua" for number in skipped[:5]]
    if misses.count:
        (part.faults if misses.count * 2 > part.events else part.notes).append(misses.said())


def counted(lines: Iterator[tuple[int, str]], part: Any) -> Iterator[tuple[int, str]]:
    for number, line in lines:
        part.lines = number
        yield number, line
