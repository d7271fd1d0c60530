"""Findings of rules as bytes: what is the same for a rule, an atom or an event is encoded once and put together."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from luytre.core.hunt.finding import encode
from luytre.core.hunt.moments import rfc3339
from luytre.core.hunt.ruleset import RuleSet
from luytre.core.hunt.values import is_true

SEEN = 2_000  # letters of a value shown in `why`


class Wording:
    """Writes finding lines of one rule set. A line is head + its number in the file + tail."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._heads: dict[int, tuple[bytes, bytes]] = {}  # rule → its line up to the time, and from the end of the event on
        self._atoms: dict[int, bytes] = {}  # atom → its reason up to the value seen

    def place(self, moment: datetime | None, host: str | None, file: str, record: Any) -> bytes:
        """When and where: the same for every rule that fires on an event. It ends before the line number."""
        whole = encode({"time": rfc3339(moment), "host": host, "source": {"file": file, "record": number_of(record)}})
        return whole[1:-2] + b',"line":'

    def head(self, number: int, place: bytes) -> bytes:
        return self._of_rule(number)[0] + place

    def tail(self, number: int, reasons: Iterable[int], event: Mapping[str, Any], encoded: bytes) -> bytes:
        """`reasons` are numbers of atoms; `encoded` is the event in JSON."""
        why = b",".join([self._of_atom(atom) + encode(short(self.seen(atom, event))) + b"}" for atom in reasons])
        return b'},"why":[' + why + b'],"event":' + encoded + self._of_rule(number)[1]

    def seen(self, atom: int, event: Mapping[str, Any]) -> Any:
        """The value an atom is true of."""
        asked = self._rules.atoms[atom]
        if asked.field:
            return event.get(asked.field)
        return next((value for value in event.values() if is_true(asked, value)), None)

    def _of_rule(self, number: int) -> tuple[bytes, bytes]:
        found = self._heads.get(number)
        if found is None:
            rule = self._rules.rules[number]
            row = {"kind": "sigma", "rule_id": rule.id, "title": rule.title, "level": rule.level, "attack": rule.attack}
            found = self._heads[number] = encode(row)[:-1] + b",", b',"authors":' + encode(rule.authors) + b"}"
        return found

    def _of_atom(self, number: int) -> bytes:
        found = self._atoms.get(number)
        if found is None:
            atom = self._rules.atoms[number]
            row = {"field": atom.field, "op": atom.op, "value": atom.value}
            found = self._atoms[number] = encode(row)[:-1] + b',"seen":'
        return found


def short(value: Any) -> Any:
    return value[:SEEN] + "…" if isinstance(value, str) and len(value) > SEEN else value


def number_of(record: Any) -> Any:
    """A record number as a number where it is one."""
    return int(record) if isinstance(record, str) and record.isascii() and record.isdigit() and len(record) < 19 else record
