"""The matcher: rules specialised for a kind of record, asked by classes of values, answered from memory.

A group is what is left of the rules for one (kind, channel, event id, provider): a handful of fields and the rules that may still fire.
An event is turned into a tuple of class numbers (classes.py) and the tuple into rules; each distinct tuple is thought about once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from operator import getitem
from typing import Any, NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from luytre.core.hunt.classes import FieldClasses, PairClasses
from luytre.core.hunt.logic import Atom, Tight, Tree, asked_of, atoms_of, holds, hopeful
from luytre.core.hunt.ready import Left, is_costly
from luytre.core.hunt.values import is_true, texts_of

MEMO = 2_000  # tuples of classes remembered a group: as fast as 200,000 and a fraction of the memory (measured)
CLASSES = 20_000  # classes of one field before a group starts afresh: a bound against hostile input

Event = Mapping[str, Any]
Truth = frozenset[int]
NOTHING: Truth = frozenset()
ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u").search  # a true \uXXXX in JSON, not the \\u of C:\\users


class Answer(msgspec.Struct, frozen=True):
    """What a tuple of classes gives: rules that fire, and rules still to be asked with the event in hand."""

    sure: tuple[int, ...]
    open: tuple[int, ...]


SILENT = Answer((), ())


class Verdict(NamedTuple):
    """The rules that fire on an event, and what told so: together with the event's route fields this settles the reasons too."""

    rules: tuple[int, ...]
    group: "Group"
    key: tuple[int, ...]
    true: Truth  # atoms found true beside those the key stands for


class Group:
    """The rules of one kind of record: what is left of them (ready.py), over numbers of `atoms` with their `gates`."""

    def __init__(
        self, atoms: list[Atom], gates: list[str | None], left: Iterable[Left], *, braces: bool = False, route: tuple[str, ...] = ()
    ) -> None:
        self._braces = braces
        self.route = route  # the fields that chose the group
        self._gates = gates
        self._trees: dict[int, Tree] = {}
        self._tights: dict[int, Tight] = {}
        self._always_true: list[int] = []
        kept = [one for one in left if one.tree is not True]
        for one in left:
            if one.tree is True:
                self._always_true.append(one.number)
            else:
                self._trees[one.number] = one.tree
        self._atoms = {number: atoms[number] for number in sorted(set().union(*[one.atoms for one in kept]))}
        asked_anyhow = frozenset(number for one in kept if one.need is not None for number in one.need)
        self._unsure = frozenset(n for n, atom in self._atoms.items() if is_costly(atom, gates[n])) - asked_anyhow
        self._open_rules = {one.number for one in kept if self._unsure and not self._unsure.isdisjoint(one.atoms)}
        sure = [atom for number, atom in self._atoms.items() if atom.field is not None and number not in self._unsure]
        others = [atom.value for atom in sure if atom.op == "ref"]
        self.fields = tuple(dict.fromkeys([*(atom.field for atom in sure if atom.field is not None), *others]))
        self._make_classes()
        self.keywords = Keywords({n: atom for n, atom in self._atoms.items() if atom.field is None}, gates)
        self._make_triggers(kept)
        self.memo: dict[tuple[int, ...], Answer] = {}
        self.reasons: dict[Any, list[int]] = {}  # why a rule fires, by rule, key and route
        self.age = 0  # how often it started afresh; keys of another age are void
        self._is_full = False
        self._told: dict[tuple[int, Any], bool] = {}
        self.is_silent = not self._trees and not self._always_true

    @property
    def named(self) -> tuple[str, ...]:
        """Every field a rule of this group looks at, costly atoms included."""
        return tuple(dict.fromkeys([*self.fields, *(name for number in self._unsure if (name := self._atoms[number].field))]))

    def _make_classes(self) -> None:
        of_field: dict[str, dict[int, Atom]] = {name: {} for name in self.fields}
        of_pair: dict[tuple[int, int], dict[int, Atom]] = {}
        for number, atom in self._atoms.items():
            if atom.field is None or number in self._unsure:
                continue
            if atom.op == "ref":
                pair = self.fields.index(atom.field), self.fields.index(atom.value)
                of_pair.setdefault(pair, {})[number] = atom
            else:
                of_field[atom.field][number] = atom
        self.classes: list[FieldClasses | PairClasses] = [
            *(FieldClasses(atoms, self._gates, braces=self._braces) for atoms in of_field.values()),
            *(PairClasses(atoms, braces=self._braces) for atoms in of_pair.values()),
        ]
        self._asked: list[Any] = list(self.classes)
        self.pairs = tuple(of_pair)  # places in `fields` whose values are compared with one another

    def paired(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values of `fields`, and behind them the pairs that are compared."""
        return values + tuple([(values[a], values[b]) for a, b in self.pairs])

    def _make_triggers(self, kept: list[Left]) -> None:
        self._triggers: dict[int, list[int]] = {}
        self._always: list[int] = []
        for one in kept:
            if one.need is None:
                self._always.append(one.number)
            else:
                for atom in one.need:
                    self._triggers.setdefault(atom, []).append(one.number)

    # ---- asking ----

    def rules_of(self, event: Event) -> tuple[int, ...]:
        """Numbers of the rules that fire on one event."""
        return self.judge(event).rules

    def judge(self, event: Event) -> Verdict:
        self.freshen()
        key, words = self.key(event), self.keywords.in_event(event)
        return self.verdict(self.answer(key, words), key, words, event)

    def verdict(self, answer: Answer, key: tuple[int, ...], words: Truth, event: Event) -> Verdict:
        """The rules that fire, once the costly atoms are asked too."""
        if not answer.open:
            return Verdict(answer.sure, self, key, words)
        costly = {atom for number in answer.open for atom in atoms_of(self._trees[number])} & self._unsure
        more = words.union(number for number in costly if is_true(self._atoms[number], event.get(self._atoms[number].field or "")))
        true = self.truth(key, more)
        return Verdict(
            tuple(sorted((*answer.sure, *(number for number in answer.open if holds(self._trees[number], true))))), self, key, more
        )

    def is_told(self, number: int, atoms: Sequence[Atom], tree: Tree, route: tuple[Any, ...]) -> bool:
        """Are a rule's reasons the same for all events of one verdict and this route? Not where they hang on what is never asked here."""
        found = self._told.get((number, route))
        if found is None:
            if len(self._told) >= MEMO:
                self._told.clear()
            asked = asked_of(tree, lambda atom: self._by_route(atoms[atom], route))
            found = self._told[number, route] = asked <= self._atoms.keys()
        return found

    def known_of(self, atoms: Sequence[Atom], tree: Tree, route: tuple[Any, ...]) -> Truth:
        """The atoms of a rule that the route alone makes true."""
        return frozenset(atom for atom in atoms_of(tree) if self._by_route(atoms[atom], route))

    def _by_route(self, atom: Atom, route: tuple[Any, ...]) -> bool | None:
        if atom.field not in self.route or atom.op == "ref":
            return None
        return is_true(atom, route[self.route.index(atom.field)])

    def key(self, event: Event) -> tuple[int, ...]:
        values: tuple[Any, ...] = tuple(map(event.get, self.fields))
        if self.pairs:
            values = self.paired(values)
        try:
            return tuple(map(getitem, self._asked, values))
        except TypeError:  # a list or a table is no key
            return self.key_of(values)

    def key_of(self, values: Iterable[Any]) -> tuple[int, ...]:
        """As `key`, from the values of `fields` in order, with the pairs behind them."""
        return tuple([_class(classes, value) for value, classes in zip(values, self.classes, strict=True)])

    def answer(self, key: tuple[int, ...], words: Truth = NOTHING) -> Answer:
        if words:
            return self._think(key, words)
        found = self.memo.get(key)
        if found is None:
            found = self._think(key, words)
            if len(self.memo) >= MEMO:
                self._make_room()
            else:
                self.memo[key] = found
        return found

    def _make_room(self) -> None:
        self.memo.clear()
        self._is_full = any(len(classes.truths) > CLASSES for classes in self.classes)

    def freshen(self) -> None:
        """Before keys are made: starts afresh where there are too many classes. Every key made so far is void then."""
        if self._is_full:
            self._is_full = False
            self.age += 1
            self.memo.clear()
            self.reasons.clear()
            for classes in self.classes:
                classes.forget()

    def truth(self, key: tuple[int, ...], words: Truth = NOTHING) -> Truth:
        return words.union(*[classes.truths[number] for number, classes in zip(key, self.classes, strict=True)])

    def _think(self, key: tuple[int, ...], words: Truth) -> Answer:
        true = self.truth(key, words)
        triggers = self._triggers
        asked = set(self._always)
        for atom in true:
            if atom in triggers:
                asked.update(triggers[atom])
        sure, still_open = list(self._always_true), []
        for number in asked:
            tree = self._trees[number]
            if number in self._open_rules:
                if hopeful(tree, true, self._unsure):
                    still_open.append(number)
            elif self._tight(number).holds(true):
                sure.append(number)
        return Answer(tuple(sorted(sure)), tuple(sorted(still_open))) if sure or still_open else SILENT

    def _tight(self, number: int) -> Tight:
        found = self._tights.get(number)
        if found is None:
            found = self._tights[number] = Tight(self._trees[number])
        return found


class Keywords:
    """Words looked for in every value of an event: one pass over its text, and only where that finds some, value by value."""

    def __init__(self, atoms: dict[int, Atom], gates: Sequence[str | None]) -> None:
        self._atoms = atoms
        self._classes: FieldClasses | None = None
        self._gates = gates
        self._blind = any(gates[number] is None for number in atoms)  # some word has no literal: look always
        literals = sorted({literal for number in atoms if (literal := gates[number])})
        forms = sorted({form for literal in literals for form in (literal, _in_json(literal), _in_json(literal).replace("/", "\\/"))})
        self._forms = forms
        self._scan = AhoCorasick(forms, matchkind=MatchKind.Standard).find_matches_as_indexes if forms else None

    @property
    def forms(self) -> frozenset[bytes] | None:
        """The literals to look for in lower-case JSON text; None where that would not be certain (no literal, or letters beyond ASCII)."""
        return None if self._blind or not all(form.isascii() for form in self._forms) else frozenset(form.encode() for form in self._forms)

    def __bool__(self) -> bool:
        return bool(self._atoms)

    def may_be_in(self, text: str, *, json: bool = False) -> bool:
        """May a word be in an event written as this text? True is to be checked, False is certain."""
        if self._blind or (self._scan is None and self._atoms):
            return True
        if self._scan is None:
            return False
        # a \u escape may hide any letter: rare enough to look at such an event in full
        return bool(self._scan(text.lower())) or (json and "\\u" in text and ESCAPED(text) is not None)

    def in_event(self, event: Event) -> Truth:
        if not self._atoms:
            return NOTHING
        texts = [text for value in event.values() for text in texts_of(value)]
        if not self.may_be_in("\n".join(texts)):
            return NOTHING
        if self._classes is None:
            self._classes = FieldClasses(self._atoms, self._gates)
        elif len(self._classes.truths) > CLASSES:
            self._classes.forget()
        return self._classes.truths[self._classes.of_list(texts)]


def _in_json(literal: str) -> str:
    return msgspec.json.encode(literal).decode()[1:-1].lower()


def _class(classes: FieldClasses | PairClasses, value: Any) -> int:
    return classes.of_list(value) if isinstance(value, (list, tuple, dict)) else classes[value]
