"""JSON, one event a line or one array of events: Windows exports go the quick way, other shapes by what their fields say."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from luytre.core.hunt.fast import FlatRoute, Known, Lane, Quick
from luytre.core.hunt.lines import LONGEST
from luytre.core.hunt.shape import Fields, flattened, from_flat, is_windows

Seen = Callable[[str, Fields, int], None]  # kind, event, line
UNREAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
EVENT = re.compile(rb"\},\s*\{")


def kind_of_document(document: Any) -> tuple[str, Fields] | None:
    """The kind of a JSON event and its fields; None where nothing tells what it is."""
    if not isinstance(document, dict):
        return None
    event = from_flat(document)
    if is_windows(event):
        return _windows_or_linux(event)
    fields = flattened(document)
    if "_path" in fields:
        return f"zeek/{fields['_path']}", fields
    if "__REALTIME_TIMESTAMP" in fields or "_SYSTEMD_UNIT" in fields:
        from luytre.core.hunt.read_syslog import from_journal

        return from_journal(fields)
    if "id.orig_h" in fields or "id_orig_h" in fields:
        return f"zeek/{_zeek_path(fields)}", fields
    return _by_fields(fields)


SYSMON_LINUX = {1: "process_creation", 3: "network_connection", 5: "process_termination", 11: "file_event", 23: "file_delete"}


def _windows_or_linux(event: Fields) -> tuple[str, Fields]:
    if "Linux-Sysmon" in str(event.get("Channel")) or "Linux-Sysmon" in str(event.get("Provider_Name")):
        number = str(event.get("EventID"))
        name = SYSMON_LINUX.get(int(number) if number.isdigit() else 0)
        return (f"linux/{name}" if name else "linux/syslog"), event
    return "windows", event


ZEEK = (("query", "dns"), ("uri", "http"), ("server_name", "ssl"), ("conn_state", "conn"), ("mailfrom", "smtp"), ("path", "smb_files"))


def _zeek_path(fields: Fields) -> str:
    return next((name for field, name in ZEEK if field in fields), "conn")


def _by_fields(fields: Fields) -> tuple[str, Fields] | None:
    """Rows already in Sigma's own names for web, proxy and DNS."""
    if "cs-method" in fields or "c-uri" in fields or "cs-uri-stem" in fields:
        return ("proxy" if "cs-host" in fields or "c-useragent" in fields else "web/access"), fields
    if "QueryName" in fields or "query" in fields:
        return "dns", fields
    if "remote_addr" in fields and "request" in fields:
        from luytre.core.hunt.read_web import from_nginx_json

        return "web/nginx", from_nginx_json(fields)
    return None


class JsonReader:
    """Hunts over blocks of JSON lines. `odd` gathers what could not be read."""

    def __init__(
        self, quick: Quick, file: str, fallback: Callable[[Any], tuple[str, Fields] | None] = kind_of_document, *, mapped: bool = False
    ) -> None:
        self.quick, self.file, self.kind_of = quick, file, fallback
        self.mapped = mapped  # a mapping file says what the events are: no quick way
        self.events = 0
        self.lines = 0
        self.broken: list[int] = []  # numbers of lines that are no JSON
        self.strange = 0  # events of a kind nothing tells
        self.mended = 0  # lines that were no UTF-8

    def block(self, first: int, block: bytes) -> None:
        """A block of whole lines, the first of which has this number; `lines` is the number of the last line seen."""
        lines = block.split(b"\n")
        lines.pop()
        self.lines = first - 1 + len(lines)
        try:
            routes = self.quick.flat_routes(block)
        except UNREAD:
            routes = []
        if len(routes) != len(lines):
            for number, line in enumerate(lines, first):
                if line.strip():
                    self._single(number, line)
            return
        self.events += len(lines)
        held = self._held(block, lines)
        quick = self.quick
        if quick.coverage is not None and not self.mapped:
            quick.coverage.rows(block)
        lanes: list[Lane | None] = [None] * len(lines) if self.mapped else quick.flat_lanes(routes)
        for at in held:
            if lanes[at] is not None:
                self._indicate(first + at, lines[at])
        for at, known in quick.batches(lanes, lines, quick.flagged(block)).items():
            self._one(first + at, lanes[at], lines[at], known)

    def _one(self, number: int, lane: Any, line: bytes, known: Known | None) -> None:
        """An event by itself: one that fires, or that no lane could judge."""
        try:
            if lane is None:
                self._slow(number, msgspec.json.decode(line))
                return
            found = self._ask_flat(lane, line, known)
        except UNREAD:  # skipped fields may hold bytes that are no UTF-8
            self.events -= 1
            self._single(number, line)
            return
        if found is not None:
            self._report(found, number)

    def _held(self, block: bytes, lines: list[bytes]) -> set[int]:
        """Indices of the lines that may hold an indicator."""
        indicators = self.quick.hunter.indicators
        words = indicators.suspects(block) if indicators is not None else []
        if not words:
            return set()
        return {at for at, line in enumerate(lines) if (low := line.lower()) and any(word in low for word in words)}

    def _indicate(self, number: int, line: bytes) -> None:
        event = from_flat(msgspec.json.decode(line))
        self.quick.hunter.indicate(event, self.file, event.get("EventRecordID"), number)

    def _ask_flat(self, lane: Any, line: bytes, known: Known | None = None) -> Any:
        return self.quick.ask(lane, line, msgspec.json.decode, from_flat, known)

    def _report(self, found: Any, number: int) -> None:
        verdict, event = found
        self.quick.hunter.found(verdict, event, self.file, event.get("EventRecordID"), number)

    def _single(self, number: int, line: bytes) -> None:
        try:
            document = msgspec.json.decode(line)
        except UNREAD:
            try:
                document = msgspec.json.decode(line.decode("utf-8", "replace").rstrip("\0 \r,"))
                self.mended += 1
            except UNREAD:
                self.broken.append(number)
                return
        self.events += 1
        self._slow(number, document)

    def _slow(self, number: int, document: Any) -> None:
        found = self.kind_of(document)
        if found is None:
            self.strange += 1
            return
        kind, event = found
        hunter = self.quick.hunter
        from luytre.core.hunt.shape import first_of

        hunter.examine(kind, event, self.file, first_of(event, "record"), number)

    def array(self, blocks: Iterator[bytes]) -> None:
        """A JSON array of events, read element by element without holding it whole."""
        number = 1
        for batch in elements(blocks, self.broken):
            for raw in batch:
                self._one_of_array(number, bytes(raw))
                number += 1

    def _one_of_array(self, number: int, raw: bytes) -> None:
        try:
            route: FlatRoute = self.quick.flat_route(raw)
        except UNREAD:
            self._single(number, raw)
            return
        self.events += 1
        lane = None if self.mapped else self.quick.flat(route)
        if lane is None:
            self._slow(number, msgspec.json.decode(raw))
        else:
            if self.quick.coverage is not None:
                self.quick.coverage.rows(raw.replace(b"\n", b" "))
            if self._held(raw, [raw]):
                self._indicate(number, raw)
            found = self._ask_flat(lane, raw)
            if found is not None:
                self._report(found, number)


_elements = msgspec.json.Decoder(list[msgspec.Raw])


def elements(blocks: Iterator[bytes], broken: list[int]) -> Iterator[list[msgspec.Raw]]:
    """Batches of the elements of a JSON array that comes in blocks. An element too long, or no JSON, ends it: noted as place 0."""
    rest = b""
    started = ended = False
    for block in blocks:
        rest += block
        if not started:
            rest = rest.lstrip()
            if not rest:
                continue
            rest, started = rest[1:], True  # the opening bracket
        batch, rest = _some(rest)
        if batch:
            yield batch
        if len(rest) > LONGEST:
            broken.append(0)
            return
    rest = rest.strip()
    ended = rest.endswith(b"]")
    rest = rest.removesuffix(b"]").strip().strip(b",")
    if rest:
        try:
            yield _elements.decode(b"[" + rest + b"]")
        except UNREAD:
            yield _some(rest)[0]  # what was whole before the file broke off
            broken.append(0)
            return
    if not ended:
        broken.append(0)


def _some(rest: bytes) -> tuple[list[msgspec.Raw], bytes]:
    """The elements certainly whole at the start of `rest`, and what is left."""
    cuts = [found.start() + 1 for found in EVENT.finditer(rest)]
    for cut in reversed(cuts[-50:]):  # `},{` may stand inside an element or a string: the first cut that decodes is right
        try:
            batch = _elements.decode(b"[" + rest[:cut].lstrip(b", \r\n\t") + b"]")
        except UNREAD:
            continue
        return batch, rest[cut:].lstrip(b", \r\n\t")
    return [], rest
