"""What an atom says of one value: the exact answers, written once. The matcher's quick ways must agree with these."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from luytre.core.hunt.logic import Atom
from luytre.core.hunt.patterns import from_glob, searcher

Test = Callable[[str], bool]


def text_of(value: Any) -> str | None:
    """A field's value as text; None where it is missing. True and 1 are different texts."""
    if value.__class__ is str or value is None:
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    return str(value)


def texts_of(value: Any) -> list[str]:
    """All texts of a value: a list's elements each, a table's values each, one else; empty for a missing value."""
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in texts_of(part)]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_of(part)]
    text = text_of(value)
    return [] if text is None else [text]


def is_true(atom: Atom, value: Any) -> bool:
    """Is the atom true of a field's value (any type; None = missing)? References to other fields are not answered here."""
    texts = texts_of(value)
    if atom.op == "null":
        return not texts or "" in texts
    if atom.op == "exists":
        return (value is not None) == (atom.value == "true")
    test = tester(atom)
    return any(map(test, texts))


@lru_cache(maxsize=8192)
def tester(atom: Atom) -> Test:
    """The atom as a function of one text."""
    if atom.op in _WORDS:
        return _words(atom)
    if atom.op == "any":
        return lambda text: True
    if atom.op in ("re", "glob"):
        return _expression(atom)
    if atom.op == "cidr":
        return _network(atom.value)
    if atom.op == "part":
        wanted, part = int(float(atom.value)), atom.extra
        return lambda text: time_part(text, part) == wanted
    return _number(atom)


_WORDS: dict[str, Callable[[str, str], bool]] = {
    "eq": lambda text, word: text == word,
    "has": lambda text, word: word in text,
    "starts": lambda text, word: text.startswith(word),
    "ends": lambda text, word: text.endswith(word),
}


def compare(op: str, text: str, word: str) -> bool:
    """Two texts by eq, has, starts or ends, without regard to case."""
    return _WORDS[op](text.lower(), word.lower())


def _words(atom: Atom) -> Test:
    ask = _WORDS[atom.op]
    if atom.cased:
        return lambda text: ask(text, atom.value)
    word = atom.value.lower()
    return lambda text: ask(text.lower(), word)


def _expression(atom: Atom) -> Test:
    if atom.op == "re":
        search = searcher(atom.value, atom.extra)
        return lambda text: search(text) is not None
    whole = searcher(from_glob(atom.value if atom.cased else atom.value.lower()))
    if atom.cased:
        return lambda text: whole(text) is not None
    return lambda text: whole(text.lower()) is not None


@lru_cache(maxsize=4096)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    if not text or text[0] not in "0123456789abcdefABCDEF:":
        return None
    try:
        return ip_address(text.strip().split("%")[0])
    except ValueError:
        return None


def _network(wanted: str) -> Test:
    network = ip_network(wanted)

    @lru_cache(maxsize=4096)
    def inside(text: str) -> bool:
        address = _address(text)
        if address is None:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return address in network or (mapped is not None and mapped in network)

    return inside


def _number(atom: Atom) -> Test:
    wanted, part = float(atom.value), atom.extra

    def holds(text: str) -> bool:
        found: float | None
        if part:
            found = time_part(text, part)
        else:
            try:
                found = float(int(text, 16)) if text[:2] in ("0x", "0X") else float(text)
            except ValueError:
                return False
        if found is None:
            return False
        return {"lt": found < wanted, "lte": found <= wanted, "gt": found > wanted, "gte": found >= wanted, "neq": found != wanted}[atom.op]

    return holds


_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)")


def time_part(text: str, part: str) -> int | None:
    """minute, hour, day, week, month or year of a time as it stands in the record; None where it is no time."""
    found = _TIME.match(text)
    if not found:
        return None
    try:
        moment = datetime(*(int(number) for number in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001  as written, no zone
    except ValueError:
        return None
    return moment.isocalendar().week if part == "week" else int(getattr(moment, part))
