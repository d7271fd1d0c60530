"""Reads law/ and holds it together: ids once, clauses that exist, dates in order, versions that never overlap."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from luytre.core.law import grammar
from luytre.core.law.calendars import from_until, read_calendar, shown
from luytre.core.law.grammar import Known, Verbs
from luytre.core.law.model import (
    Clause,
    Coverage,
    Duty,
    Escalation,
    Instrument,
    Law,
    LawFault,
    Parallel,
    Param,
    ParamValue,
    Reading,
    Scope,
    VerbWords,
    Version,
    Words,
)
from luytre.core.law.reading import At, optional, read
from luytre.core.when import Calendar

SCHEMA = "luytre-law/1"
DUTY_KEYS = ("id", "name", "says", "group", "clause", "modal", "subject", "answerable", "bearers", "versions")
DUTY_MORE = ("title", "executor", "recipient", "parents", "minutes", "action", "next", "escalate", "certainty", "note")
GROUPS = (
    "responsibility",
    "four_layers",
    "level",
    "proactive",
    "people",
    "secrets",
    "infrastructure",
    "incidents",
    "reporting",
    "enterprise",
    "coordinator",
)
INSTRUMENT_KEYS = ("schema", "id", "short", "number", "title", "issuer", "signed", "in_force", "clauses")
INSTRUMENT_MORE = ("cited", "replaced_by", "certainty", "calendar", "params", "readings", "coverage", "note")


class Place(NamedTuple):
    """A duty that was read and where it stands, for checks that need the whole law."""

    duty: Duty
    at: At


def home() -> Path:
    """The folder of the law that came with the house: inside the wheel, or law/ of a checkout."""
    package = Path(__file__).parents[2]
    shipped = package / "_data" / "law"
    return shipped if shipped.is_dir() else package.parents[1] / "law"


def load(folder: str | Path) -> Law:
    """Read a folder of law (law/README.md has the format). Raises LawFault: file, line, what is wrong.

    The vocabulary is the folder's verbs.yaml, or, where a folder brings none, that of the house.
    """
    root = Path(folder)
    if not root.is_dir():
        raise LawFault(str(folder), 1, "không có thư mục này / no such folder")
    verbs = _verbs(root)
    calendars = {path.name: read_calendar(path, root) for path in _folders(root / "calendars")}
    instruments: dict[str, Instrument] = {}
    places: dict[str, Place] = {}
    heads: list[tuple[At, Instrument]] = []
    for path in _folders(root):
        if path.name == "calendars":
            continue
        at = read(path / "instrument.yaml", shown(path / "instrument.yaml", root))
        instrument = _instrument(at, path.name, calendars, verbs)
        instruments[instrument.id] = instrument
        heads.append((at, instrument))
        _read_duties(path, root, instrument, verbs, places)
    if not instruments:
        raise LawFault(str(folder), 1, "không có văn bản nào / no instrument in this folder")
    _check_together(instruments, places, heads)
    named = next((i.calendar for i in instruments.values() if i.calendar), None)
    duties = {name: places[name].duty for name in sorted(places)}
    return Law(str(root), instruments, duties, calendars, calendars[named] if named else Calendar(), digest(root), verbs or {})


def digest(folder: str | Path) -> str:
    """SHA-256 over names and bytes of every YAML file of the law: the version of the law a result was judged by."""
    total = hashlib.sha256()
    root = Path(folder)
    for path in sorted(root.rglob("*.yaml")):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _verbs(root: Path) -> dict[str, VerbWords] | None:
    for path in (root / "verbs.yaml", home() / "verbs.yaml"):
        if path.is_file():
            return {name: _verb(at) for name, at in read(path, shown(path, path.parents[0])).entries().items()}
    return None


def _verb(at: At) -> VerbWords:
    found = at.mapping(required=("vi", "en"), optional=("detail",))
    detail = frozenset(found["detail"].texts()) if "detail" in found else None
    return VerbWords({"vi": found["vi"].text(), "en": found["en"].text()}, detail)


def _folders(root: Path) -> list[Path]:
    return sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")) if root.is_dir() else []


def _read_duties(path: Path, root: Path, instrument: Instrument, verbs: Verbs | None, places: dict[str, Place]) -> None:
    for file in sorted((path / "duties").glob("*.yaml")):
        at = read(file, shown(file, root))
        duty = _duty(at, instrument, verbs)
        if duty.id in places:
            raise at.entries()["id"].fault(f"mã “{duty.id}” đã có trong {places[duty.id].at.file} / duplicate id")
        if file.stem != duty.id:
            raise at.entries()["id"].fault(f"tệp phải mang tên {duty.id}.yaml / the file must bear the duty's id")
        places[duty.id] = Place(duty, at)


def _instrument(at: At, folder: str, calendars: dict[str, Calendar], verbs: Verbs | None) -> Instrument:
    found = at.mapping(required=INSTRUMENT_KEYS, optional=INSTRUMENT_MORE)
    found["schema"].choice((SCHEMA,))
    if found["id"].text() != folder:
        raise found["id"].fault(f"mã phải là tên thư mục {folder} / the id must be the folder's name")
    force = found["in_force"].mapping(required=("from",), optional=("until",))
    until = optional(force, "until")
    first, last = from_until(force["from"], until) if until else (force["from"].day(), None)
    if first < found["signed"].day():
        raise force["from"].fault("có hiệu lực trước ngày ký / in force before it was signed")
    calendar = optional(found, "calendar")
    if calendar and calendar.text() not in calendars:
        raise calendar.fault(f"lịch lạ “{calendar.text()}” / unknown calendar")
    params = _params(found)
    return Instrument(
        id=folder,
        short=found["short"].text(),
        number=found["number"].text(),
        title=found["title"].words(),
        issuer=found["issuer"].text(),
        signed=found["signed"].day(),
        from_on=first,
        until_on=last,
        replaced_by=_text(found, "replaced_by"),
        certainty=found["certainty"].choice(("seen", "recalled", "inferred")) if "certainty" in found else "seen",
        calendar=calendar.text() if calendar else None,
        clauses=_clauses(found["clauses"]),
        params=params,
        readings=_readings(found),
        cited=_cited(found),
        coverage=_coverage(optional(found, "coverage"), Known(params, {}, verbs)),
    )


def _cited(found: dict[str, At]) -> Words:
    """How a clause of this text is cited in running words; `{clause}` stands for its number."""
    at = optional(found, "cited")
    if at is None:
        return {}
    if not all("{clause}" in words for words in at.words().values()):
        raise at.fault("cách trích dẫn phải chứa {clause} / a citation must hold {clause}")
    return at.words()


def _text(found: dict[str, At], key: str) -> str | None:
    at = optional(found, key)
    return at.text() if at else None


def _clauses(at: At) -> dict[str, Clause]:
    clauses: dict[str, Clause] = {}
    for part in at.items():
        found = part.mapping(required=("id", "vi", "en"), optional=("no_duty", "carried_by", "certainty"))
        name = found["id"].text()
        if name in clauses:
            raise found["id"].fault(f"mã “{name}” ghi hai lần / duplicate id")
        reason = optional(found, "no_duty")
        carried = found["carried_by"].texts() if "carried_by" in found else ()
        clauses[name] = Clause(name, {"vi": found["vi"].text(), "en": found["en"].text()}, reason.words() if reason else None, carried)
    return clauses


def _params(found: dict[str, At]) -> dict[str, Param]:
    at = optional(found, "params")
    return {name: _param(name, place) for name, place in at.entries().items()} if at else {}


def _param(name: str, at: At) -> Param:
    found = at.mapping(required=("vi", "en", "values"), optional=("unit", "note"))
    unit = found["unit"].choice(grammar.UNITS) if optional(found, "unit") else None
    values: list[ParamValue] = []
    for part in found["values"].items():
        given = part.mapping(required=("from", "value"), optional=("ref", "house_default"))
        if values and given["from"].day() <= values[-1].from_on:
            raise given["from"].fault("ngày không theo thứ tự / dates out of order")
        default = given["house_default"].flag() if "house_default" in given else False
        values.append(ParamValue(given["from"].day(), given["value"].value, _text(given, "ref") or "", default))
    return Param(name, unit, {"vi": found["vi"].text(), "en": found["en"].text()}, tuple(values))


def _readings(found: dict[str, At]) -> dict[str, Reading]:
    at = optional(found, "readings")
    readings: dict[str, Reading] = {}
    for part in at.items() if at else ():
        given = part.mapping(required=("id", "question", "reading", "options"), optional=("decided", "note"))
        name = given["id"].text()
        if name in readings:
            raise given["id"].fault(f"mã “{name}” ghi hai lần / duplicate id")
        options = given["options"].texts()
        decided = optional(given, "decided")
        if decided:
            decided.mapping(required=("by", "on"), optional=("doc",))
        chosen = given["reading"].choice(options)
        readings[name] = Reading(name, given["question"].words(), chosen, options, decided.value if decided else None)
    return readings


def _coverage(at: At | None, known: Known) -> Coverage | None:
    if at is None:
        return None
    found = at.mapping(required=("by", "review", "duties"))
    return Coverage(known.verb(found["by"]), grammar.span(found["review"], known), found["duties"].texts())


def _duty(at: At, instrument: Instrument, verbs: Verbs | None) -> Duty:
    found = at.mapping(required=DUTY_KEYS, optional=DUTY_MORE)
    known = Known(instrument.params, instrument.readings, verbs)
    clause = _clause(found["clause"], instrument)
    escalate = [_escalation(part) for part in found["escalate"].items()] if optional(found, "escalate") else []
    return Duty(
        id=found["id"].text(),
        instrument=instrument.id,
        name=found["name"].words(),
        title=found["title" if "title" in found else "name"].words(),
        says=found["says"].words(),
        group=found["group"].choice(GROUPS),
        clause=clause,
        modal=found["modal"].choice(("must", "should", "must_not")),
        subject=found["subject"].choice(("organisation", "system")),
        answerable=found["answerable"].choice(("self", "owner")),
        executor=_text(found, "executor"),
        recipient=_text(found, "recipient"),
        bearers=tuple(part.choice(grammar.TYPES) for part in found["bearers"].items()),
        parents=found["parents"].texts() if "parents" in found else (),
        minutes=found["minutes"].whole() if optional(found, "minutes") else None,
        action=found["action"].words() if "action" in found else {},
        next=found["next"].words() if "next" in found else {},
        escalate=tuple(escalate),
        versions=_versions(found["versions"], instrument, known),
    )


def _clause(at: At, instrument: Instrument) -> str:
    name = at.text()
    if name not in instrument.clauses:
        raise at.fault(f"không có khoản “{name}” trong {instrument.id} / this clause does not exist")
    return name


def _escalation(at: At) -> Escalation:
    found = at.mapping(required=("at", "to"))
    text = found["at"].text()
    sign = -1 if text.startswith("-") else 1
    days = text.removeprefix("-").removeprefix("P").removesuffix("D")
    if not days.isdigit():
        raise found["at"].fault(f"“{text}” không phải là số ngày như -P30D / not a number of days")
    return Escalation(sign * int(days), found["to"].text())


def _versions(at: At, instrument: Instrument, known: Known) -> tuple[Version, ...]:
    versions: list[Version] = []
    for part in at.items():
        version = _version(part, instrument, known)
        _check_order(part, version, versions, instrument)
        versions.append(version)
    if not versions:
        raise at.fault("cần ít nhất một phiên bản / at least one version")
    return tuple(versions)


def _check_order(at: At, version: Version, earlier: Iterable[Version], instrument: Instrument) -> None:
    if version.from_on < instrument.from_on:
        raise at.entries()["from"].fault("bắt đầu trước ngày văn bản có hiệu lực / begins before the instrument is in force")
    for other in earlier:
        if version.v == other.v:
            raise at.entries()["v"].fault(f"phiên bản {version.v} ghi hai lần / duplicate version")
        if version.from_on < other.from_on:
            raise at.entries()["from"].fault("ngày không theo thứ tự / dates out of order")
        if other.until_on is None or version.from_on < other.until_on:
            raise at.entries()["from"].fault(f"phiên bản {version.v} chồng lên phiên bản {other.v} / overlapping versions")
    if version.supersedes is not None and version.supersedes not in [other.v for other in earlier]:
        raise at.entries()["supersedes"].fault(f"không có phiên bản {version.supersedes} / no such version")


def _version(at: At, instrument: Instrument, known: Known) -> Version:
    found = at.mapping(
        required=("v", "from", "ref", "rule"),
        optional=("until", "supersedes", "scope", "new_subject", "needs", "evidence", "parallel", "note"),
    )
    ref = found["ref"].mapping(required=("clause",), optional=("quote", "instrument"))
    if "instrument" not in ref:
        _clause(ref["clause"], instrument)
    until = optional(found, "until")
    first, last = from_until(found["from"], until) if until else (found["from"].day(), None)
    rule = grammar.rule(found["rule"], known)
    new = optional(found, "new_subject")
    parallel = optional(found, "parallel")
    needs = grammar.needs(optional(found, "needs"), known, rule.events)
    if not needs.verbs and rule.kind not in ("prohibited",):
        raise at.fault("thiếu needs: minh chứng nào hoàn thành nhiệm vụ / which evidence meets the duty")
    return Version(
        v=found["v"].whole(1),
        from_on=first,
        until_on=last,
        supersedes=found["supersedes"].whole(1) if optional(found, "supersedes") else None,
        clause=ref["clause"].text(),
        quote=_quote(ref),
        scope=_scope(found, known),
        rule=rule,
        new_subject=new.mapping(required=("within",), optional=("from",))["within"].period() if new else None,
        needs=needs,
        evidence=grammar.evidence(optional(found, "evidence"), known),
        parallel=tuple(_parallel(part, rule.kind, rule.events, known) for part in parallel.items()) if parallel else (),
    )


def _quote(ref: dict[str, At]) -> str:
    at = optional(ref, "quote")
    if at is None:
        return ""
    if len(at.text().split()) > 12:
        raise at.fault("trích dẫn dài quá 12 chữ / a quote is at most 12 words")
    return at.text()


def _scope(found: dict[str, At], known: Known) -> Scope | None:
    at = optional(found, "scope")
    return grammar.scope(at, known) if at else None


def _parallel(at: At, kind: str, events: tuple[str, ...], known: Known) -> Parallel:
    found = at.mapping(required=("instrument", "clause", "from"), optional=("until", "when", "rule"))
    until = optional(found, "until")
    first, last = from_until(found["from"], until) if until else (found["from"].day(), None)
    rule_at = optional(found, "rule")
    rule = grammar.rule(rule_at, known) if rule_at else None
    if rule_at and rule and rule.kind != kind:
        raise rule_at.fault(f"quy tắc song song phải cùng loại {kind} / a parallel rule has the kind of the base rule")
    when = optional(found, "when")
    condition = grammar.scope(when, known, events) if when else None
    return Parallel(found["instrument"].text(), found["clause"].text(), first, last, condition, rule)


def _check_together(instruments: dict[str, Instrument], places: dict[str, Place], heads: Iterable[tuple[At, Instrument]]) -> None:
    """What can only be checked once everything is read: references from one instrument to another, and to duties."""
    for at, instrument in heads:
        if instrument.replaced_by is not None and instrument.replaced_by not in instruments:
            raise at.entries()["replaced_by"].fault(f"không có văn bản “{instrument.replaced_by}” / no such instrument")
        for name in instrument.coverage.duties if instrument.coverage else ():
            if name not in places:
                raise at.entries()["coverage"].fault(f"không có nhiệm vụ “{name}” / no such duty")
    for duty, at in places.values():
        for parent in duty.parents:
            if parent not in instruments:
                raise at.entries()["parents"].fault(f"không có văn bản “{parent}” / no such instrument")
        for part, version in zip(at.entries()["versions"].items(), duty.versions, strict=True):
            _check_references(part, version, instruments)


def _check_references(at: At, version: Version, instruments: dict[str, Instrument]) -> None:
    found = at.entries()
    ref = found["ref"].entries()
    if "instrument" in ref:
        _check_clause(ref["instrument"], ref["clause"], instruments)
    if not version.parallel:
        return
    for part in found["parallel"].items():
        given = part.entries()
        _check_clause(given["instrument"], given["clause"], instruments)


def _check_clause(instrument: At, clause: At, instruments: dict[str, Instrument]) -> None:
    held = instruments.get(instrument.text())
    if held is None:
        raise instrument.fault(f"không có văn bản “{instrument.text()}” / no such instrument")
    if clause.text() not in held.clauses:
        raise clause.fault(f"không có khoản “{clause.text()}” trong {held.id} / this clause does not exist")
