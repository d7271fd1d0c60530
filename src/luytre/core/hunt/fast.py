"""The quick way through JSON text: read only the fields the rules of a record's group name, decode the rest only when a rule fires.

Two shapes go this way: flat exports (fields at the top) and the EVTX reader's own (Event.System, Event.EventData). Anything else, and any
event out of the ordinary, goes the whole way round by `shape`; both ways must agree, which tests check.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, repeat
from operator import getitem
from typing import Any

import msgspec
from ahocorasick_rs import BytesAhoCorasick, MatchKind

from luytre.core.hunt.coverage import Coverage
from luytre.core.hunt.hunter import Hunter
from luytre.core.hunt.logic import atoms_of
from luytre.core.hunt.match import NOTHING, SILENT, Answer, Group, Keywords, Verdict
from luytre.core.hunt.shape import aliases, from_evtx, from_flat

LEARN = 8  # events of a group read in full first, to see whether its field names hold blanks
PLANS = 200  # orders of field names remembered a group
Names = list[str]
Pick = Callable[[Any], tuple[Any, ...] | None]
Known = tuple[Answer, tuple[int, ...], int]  # what a batch found out of an event: its answer, key, and the age of the group
UNMET: Any = object()


class FlatRoute(msgspec.Struct, gc=False):
    """What tells the group of a flat record."""

    Channel: Any = None
    EventID: int | str | None = None  # a float or a boolean, which would be one key with a number, goes the long way round
    Provider_Name: Any = None
    SourceName: Any = None
    ProviderName: Any = None
    Event: Any = None
    winlog: Any = None


class BlockWords:
    """Looks for words in whole blocks of JSON lines at once."""

    def __init__(self, forms: frozenset[bytes]) -> None:
        wanted = sorted(forms)
        # a letter of a word written as an escape would hide the word: \u004… to \u007… are letters, the rest as they occur
        signs = {b"\\u00%02x" % sign for sign in b"".join(wanted) if sign < 0x40}
        wanted += [b"\\u004", b"\\u005", b"\\u006", b"\\u007", *sorted(signs)]
        self._find = BytesAhoCorasick(wanted, matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes if forms else None

    def lines(self, block: bytes) -> set[int]:
        """Indices of the lines of a block that may hold a word; the others certainly hold none."""
        places = [start for _, start, _ in self._find(block.lower())] if self._find else []
        if not places:
            return set()
        ends = list(accumulate(len(line) + 1 for line in block.split(b"\n")))
        return {bisect_right(ends, place) for place in places}


@lru_cache(maxsize=64)
def block_words(forms: frozenset[bytes]) -> BlockWords:
    """One for all groups that look for the same words."""
    return BlockWords(forms)


class Lane:
    """One group's quick way: a decoder for its fields and the key they make."""

    def __init__(
        self,
        group: Group,
        decoder: msgspec.json.Decoder[Any] | None,
        pick: Pick,
        loose: tuple[Any, Pick] | None = None,
    ) -> None:
        self.group = group
        self.decode = decoder.decode if decoder else None
        self.pick = pick
        self._loose = loose  # for field names that hold blanks, where there is a quick way for such
        self.seen = 0
        self.is_slow = decoder is None
        self.has_words = bool(group.keywords)
        self.covered = False  # its words are among those looked for in every block
        self.words: BlockWords | None = None  # else, where that is possible, they are looked for in the group's own lines

    def answer(self, text: bytes | str) -> Known | None:
        """What the group answers to the record's text; None where it must be read in full."""
        group = self.group
        group.freshen()
        values = self.pick(self.decode(text))  # type: ignore[misc]
        if values is None:
            return None
        if group.pairs:
            values = group.paired(values)
        try:
            key = tuple(map(getitem, group.classes, values))
        except TypeError:  # a list is no key
            key = group.key_of(values)
        return group.answer(key), key, group.age

    @property
    def is_ready(self) -> bool:
        """May events be read by the batch?"""
        return not self.is_slow and self.seen >= LEARN and (not self.has_words or self.covered or self.words is not None)

    def cover(self, wide: frozenset[bytes]) -> None:
        """Settles how the group's words are looked for; `wide` are looked for in every block."""
        forms = self.group.keywords.forms if self.has_words else None
        self.covered = forms is not None and forms <= wide
        if forms is not None and not self.covered:
            self.words = block_words(forms)

    def batch(self, texts: list[bytes]) -> list[tuple[int, Known | None]]:
        """The events (by index) on which something may fire, and what is known of them; None where one must be read in full.

        Raises what msgspec raises.
        """
        self.group.freshen()
        group, pick, classes = self.group, self.pick, self.group.classes
        memo, answer, pairs, age = group.memo, group.answer, group.pairs, group.age
        found: list[tuple[int, Known | None]] = []
        for at, values in enumerate(map(pick, map(self.decode, texts))):  # type: ignore[arg-type]
            if values is None:
                found.append((at, None))
                continue
            if pairs:
                values = group.paired(values)
            try:
                key = tuple(map(getitem, classes, values))
            except TypeError:
                key = group.key_of(values)
            given = memo.get(key) or answer(key)
            if given is not SILENT:
                found.append((at, (given, key, age)))
        return found

    def learn(self, event_keys: list[str]) -> None:
        self.seen += 1
        if any(" " in key for key in event_keys):
            if self._loose is None:
                self.is_slow = True
            else:
                self.decode, self.pick = self._loose[0].decode, self._loose[1]


def flat_lane(group: Group) -> Lane:
    """Fields at the top of the record."""
    others = aliases()["windows"]
    if any(len(others.get(name, ())) > 1 for name in group.fields):  # the host's name goes by many names: rare in rules
        return Lane(group, None, lambda record: None)
    names = {f"f{number}": name for number, name in enumerate(group.fields)}
    struct = msgspec.defstruct("Flat", [(slot, Any, None) for slot in names], rename=names, gc=False)
    return Lane(group, msgspec.json.Decoder(struct), msgspec.structs.astuple)


SYSTEM = {"Computer", "Level", "Task", "Opcode", "Keywords", "Version", "EventRecordID"}


def evtx_lane(group: Group) -> Lane:
    """Fields under Event.EventData; a record with UserData or oddly shaped data is read in full."""
    data = [name for name in group.fields if name not in SYSTEM]
    if len(data) != len(group.fields):
        return Lane(group, None, lambda record: None)
    names = {f"f{number}": name for number, name in enumerate(data)}
    inner = msgspec.defstruct("EventData", [(slot, Any, None) for slot in names], rename=names, gc=False)
    astuple, nothing = msgspec.structs.astuple, (None,) * len(data)

    def pick(record: Any) -> tuple[Any, ...] | None:
        found = record.Event
        if found.UserData or found.ProcessingErrorData:
            return None
        if found.EventData is None:
            return nothing
        values: tuple[Any, ...] = astuple(found.EventData)
        return None if dict in map(type, values) else values

    return Lane(group, _record_of(inner), pick, (_loose_record(), _loosely(data)))


def _record_of(data: Any) -> msgspec.json.Decoder[Any]:
    """A decoder of EVTX records with event data of this type."""
    event = msgspec.defstruct(
        "Event",
        [("EventData", data | None, None), ("UserData", msgspec.Raw, msgspec.Raw()), ("ProcessingErrorData", msgspec.Raw, msgspec.Raw())],
        gc=False,
    )
    return msgspec.json.Decoder(msgspec.defstruct("Record", [("Event", event)], gc=False))


@lru_cache(maxsize=1)
def _loose_record() -> msgspec.json.Decoder[Any]:
    return _record_of(dict[str, Any])


def _loosely(names: list[str]) -> Pick:
    """As `pick` above, where the names of the fields may hold blanks: they are told once for each order of names met."""
    nothing = (None,) * len(names)
    plans: dict[tuple[str, ...], list[str | None]] = {}

    def pick(record: Any) -> tuple[Any, ...] | None:
        found = record.Event
        if found.UserData or found.ProcessingErrorData:
            return None
        data: dict[Any, Any] | None = found.EventData
        if data is None:
            return nothing
        if dict in map(type, data.values()):
            return None
        keys = tuple(data)
        plan = plans.get(keys)
        if plan is None:
            if len(plans) >= PLANS:
                plans.clear()
            told = {key.replace(" ", ""): key for key in keys}
            plan = plans[keys] = [told.get(name) for name in names]
        return tuple(map(data.get, plan))

    return pick


class _Id(msgspec.Struct, gc=False, rename={"text": "#text"}):
    text: Any = None


class _Name(msgspec.Struct, gc=False):
    Name: Any = None


class _Provider(msgspec.Struct, gc=False, rename={"attributes": "#attributes"}):
    attributes: _Name | None = None


class _System(msgspec.Struct, gc=False):
    Channel: Any = None
    EventID: int | str | _Id | None = None
    Provider: _Provider | None = None


class _Event(msgspec.Struct, gc=False):
    System: _System


class EvtxRoute(msgspec.Struct, gc=False):
    """What tells the group of an EVTX record."""

    Event: _Event


class Quick:
    """A hunter's quick ways: lanes by what tells a record's group."""

    def __init__(self, hunter: Hunter) -> None:
        self.hunter = hunter
        self.coverage: Coverage | None = None
        self._flat: dict[tuple[Any, Any, Any], Lane] = {}
        self._flat_known: dict[tuple[Any, ...], Lane | None] = {}
        self._evtx: dict[tuple[Any, Any, Any], Lane] = {}
        self.flat_routes = msgspec.json.Decoder(FlatRoute).decode_lines
        self.flat_route = msgspec.json.Decoder(FlatRoute).decode
        self._words_of_all()
        self.evtx_route = msgspec.json.Decoder(EvtxRoute).decode

    def flagged(self, block: bytes) -> set[int]:
        """Indices of the lines of a block that may hold one of the words asked of every event, whatever its channel."""
        return self._wide.lines(block)

    def _words_of_all(self) -> None:
        """The words of rules that name no channel: few, and asked of every event, so they are looked for in whole blocks at once."""
        rules = self.hunter.rules
        unbound = [number for number in rules.index.get((None, None), []) if rules.rules[number].product == "windows"]
        atoms = {n: rules.atoms[n] for r in unbound for n in atoms_of(rules.rules[r].tree) if rules.atoms[n].field is None}
        self._wide_forms = Keywords(atoms, rules.gates).forms or frozenset()
        self._wide = BlockWords(self._wide_forms)

    def flat_lanes(self, routes: list[FlatRoute]) -> list[Lane | None]:
        """The lanes of a block's records."""
        known = self._flat_known
        try:
            keys = list(map(msgspec.structs.astuple, routes))
            found = list(map(known.get, keys, repeat(UNMET)))
        except TypeError:  # a nested record: no key
            return list(map(self.flat, routes))
        if UNMET in found:
            for at, lane in enumerate(found):
                if lane is UNMET:
                    if len(known) > 4_000:
                        known.clear()
                    found[at] = known[keys[at]] = self.flat(routes[at])
        return found

    def flat(self, route: FlatRoute) -> Lane | None:
        """The lane of a flat record; None where the record does not say its channel and event id plainly at the top."""
        channel, event_id = route.Channel, route.EventID
        if channel.__class__ is not str or event_id.__class__ not in (int, str) or route.Event is not None or route.winlog is not None:
            return None
        provider = route.Provider_Name or route.ProviderName or route.SourceName
        key = (channel, event_id, provider)
        found = self._flat.get(key)
        if found is None:
            if provider is not None and provider.__class__ is not str:
                return None
            found = self._put(self._flat, key, flat_lane(self.hunter.group("windows", channel, event_id, provider)))
        return found

    def evtx(self, route: EvtxRoute) -> Lane | None:
        system = route.Event.System
        event_id = system.EventID.text if system.EventID.__class__ is _Id else system.EventID
        provider = system.Provider.attributes.Name if system.Provider and system.Provider.attributes else None
        key = (system.Channel, event_id, provider)
        found = self._evtx.get(key)
        if found is None:
            if system.Channel.__class__ is not str or event_id.__class__ not in (int, str) or (provider and provider.__class__ is not str):
                return None
            found = self._put(self._evtx, key, evtx_lane(self.hunter.group("windows", *key, braces=True)))
        return found

    def _put(self, lanes: dict[tuple[Any, Any, Any], Lane], key: tuple[Any, Any, Any], lane: Lane) -> Lane:
        if len(lanes) > 4_000:
            lanes.clear()
        lanes[key] = lane
        lane.cover(self._wide_forms)
        return lane

    def batches(self, lanes: list[Lane | None], lines: list[bytes], flagged: set[int]) -> dict[int, Known | None]:
        """The lines (by index, in order) that must be looked at one by one: those that may fire, with what is known of them,
        and those the quick way can't judge."""
        left: dict[int, Known | None] = {}
        groups: dict[int, tuple[Lane, list[int]]] = {}
        for at, lane in enumerate(lanes):
            if lane is None:
                left[at] = None
            elif not lane.group.is_silent:
                groups.setdefault(id(lane), (lane, []))[1].append(at)
        for lane, places in groups.values():
            self._study(lane, [lines[at] for at in places[: max(LEARN - lane.seen, 0)]])
            if not lane.is_ready:
                left.update(dict.fromkeys(places))
                continue
            if lane.words is not None:
                held = {places[found] for found in lane.words.lines(b"\n".join([lines[at] for at in places]))}
            else:
                held = flagged if lane.has_words else set()
            if held:
                left.update((at, None) for at in places if at in held)
                places = [at for at in places if at not in held]
            try:
                left.update((places[found], known) for found, known in lane.batch([lines[at] for at in places]))
            except (msgspec.DecodeError, UnicodeDecodeError):
                left.update(dict.fromkeys(places))
        return dict(sorted(left.items()))

    def _study(self, lane: Lane, texts: list[bytes]) -> None:
        """Looks at the field names of a lane's first events."""
        for text in [] if lane.is_slow else texts:
            try:
                lane.learn(_data_keys(decode_whole(text)))
            except (msgspec.DecodeError, UnicodeDecodeError, AttributeError):
                return

    def ask(
        self,
        lane: Lane,
        text: bytes | str,
        whole: Callable[[bytes | str], dict[str, Any]],
        shape: Callable[[Any], Any],
        known: Known | None = None,
    ) -> tuple[Verdict, Any] | None:
        """(verdict, event) where something fires, else None. `whole` decodes the text, `shape` makes the event of it."""
        group = lane.group
        if group.is_silent:
            return None
        if known is not None and known[2] == group.age:
            return _settled(group, known, shape(whole(text)))
        if lane.is_slow or lane.seen < LEARN:
            document = whole(text)
            lane.learn(_data_keys(document))
            return _fully(group, shape(document))
        if lane.has_words and group.keywords.may_be_in(text if isinstance(text, str) else text.decode("utf-8", "replace"), json=True):
            return _fully(group, shape(whole(text)))
        known = lane.answer(text)
        if known is None:
            return _fully(group, shape(whole(text)))
        return None if known[0] is SILENT else _settled(group, known, shape(whole(text)))


def _settled(group: Group, known: Known, event: dict[str, Any]) -> tuple[Verdict, Any] | None:
    verdict = group.verdict(known[0], known[1], NOTHING, event)
    return (verdict, event) if verdict.rules else None


def _fully(group: Group, event: dict[str, Any]) -> tuple[Verdict, Any] | None:
    verdict = group.judge(event)
    return (verdict, event) if verdict.rules else None


def _data_keys(document: dict[str, Any]) -> Names:
    event = document.get("Event")
    if not isinstance(event, dict):
        return list(document)
    data = event.get("EventData")
    return list(data) if isinstance(data, dict) else []


decode_whole = msgspec.json.decode
__all__ = ["Lane", "Quick", "decode_whole", "evtx_lane", "flat_lane", "from_evtx", "from_flat"]
