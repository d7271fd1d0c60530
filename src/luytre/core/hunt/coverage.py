"""Which hosts, on which days, a log tells of: what "looked, found nothing" is worth. Hosts and days, never what they did."""

from datetime import UTC, tzinfo
from typing import Any

import msgspec

from luytre.core.hunt.hunter import Hunter
from luytre.core.hunt.moments import moment_of
from luytre.core.hunt.shape import first_of

Day = tuple[str, str]  # host in lower case ("" where the log names none), day in the zone of the hunt (YYYY-MM-DD)
MOST = 100_000  # pairs held for one input; hostile logs can name any number of hosts
NAMES = ("Computer", "Hostname", "hostname", "host", "MachineName")
TIMES = ("SystemTime", "TimeCreated", "@timestamp", "EventTime", "UtcTime", "TimeGenerated")


class _Created(msgspec.Struct, gc=False):
    SystemTime: Any = None


class _Time(msgspec.Struct, gc=False, rename={"attributes": "#attributes"}):
    attributes: _Created | None = None


class _System(msgspec.Struct, gc=False):
    Computer: Any = None
    TimeCreated: _Time | None = None


class _Event(msgspec.Struct, gc=False):
    System: _System


class _Record(msgspec.Struct, gc=False):
    """An EVTX record, as far as it says where and when."""

    Event: _Event


_Flat = msgspec.defstruct(
    "_Flat",
    [(f"f{at}", Any, None) for at in range(len(NAMES) + len(TIMES))],
    rename={f"f{at}": name for at, name in enumerate((*NAMES, *TIMES))},
    gc=False,
)


class Coverage:
    """Gathers (host, day) of the events a worker reads; `take` empties it. Costs about a microsecond an event."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone or UTC
        self.days: set[Day] = set()
        self._met: set[tuple[Any, str]] = set()  # host and hour: the day is worked out once for each
        self._record = msgspec.json.Decoder(_Record).decode
        self._rows = msgspec.json.Decoder(_Flat).decode_lines

    def take(self) -> list[Day]:
        found, self.days = sorted(self.days), set()
        self._met.clear()
        return found

    def records(self, lines: list[bytes]) -> None:
        """EVTX records in JSON."""
        for line in lines:
            try:
                system = self._record(line).Event.System
            except (msgspec.DecodeError, UnicodeError):
                continue
            time = system.TimeCreated
            self.add(system.Computer, time.attributes.SystemTime if time and time.attributes else None)

    def rows(self, block: bytes) -> None:
        """A block of JSON lines with their fields at the top."""
        try:
            found = self._rows(block)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return
        cut = len(NAMES)
        for values in map(msgspec.structs.astuple, found):
            self.add(_first(values[:cut]), _first(values[cut:]))

    def event(self, event: dict[str, Any], hunter: Hunter) -> None:
        """Any other event, as its reader gives it."""
        self._put(first_of(event, "host"), hunter.when(event, count=False))

    def add(self, host: Any, time: Any) -> None:
        if time.__class__ is not str:
            if time is not None and time.__class__ is not bool:
                self._put(host, moment_of(time, self.zone))
            return
        key = (host, time[:13]) if host.__class__ is str else (None, time[:13])
        if key not in self._met:
            if len(self._met) >= MOST:
                self._met.clear()
            self._met.add(key)
            self._put(host, moment_of(time, self.zone))

    def _put(self, host: Any, moment: Any) -> None:
        if moment is not None and len(self.days) < MOST:
            name = host[:200].strip().lower() if host.__class__ is str else ""
            self.days.add((name, moment.astimezone(self.zone).date().isoformat()))


def _first(values: tuple[Any, ...]) -> Any:
    return next((value for value in values if value is not None and value != "" and value.__class__ is not dict), None)
