"""Random provinces for property tests: bodies, systems, facts, days."""

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from judge_cast import LAW, ZONE

from luytre.core.duty import Dated, Fact, Thing

FIRST, LAST = date(2022, 6, 1), date(2027, 6, 1)
TYPES = ("department", "commune", "district", "unit", "enterprise", "coordinator", "team")
ORGS = ("org:a", "org:b", "org:c")
SYSTEMS = ("system:x", "system:y")
VERBS = sorted(
    {
        verb
        for duty in LAW.duties.values()
        for version in duty.versions
        for verb in (*version.needs.verbs, *version.rule.events, version.rule.breach, version.rule.ended, version.rule.check)
        if verb
    }
)
DUTIES = sorted(LAW.duties)

days = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)


@st.composite
def dated(draw: Any, values: st.SearchStrategy[Any], most: int = 3) -> tuple[Dated, ...]:
    """Rows one after another from long ago or some day, the last open or ended; now and then a correction that was known later."""
    starts = sorted(draw(st.sets(days, max_size=most - 1)))
    first = date(2010, 1, 1) if draw(st.booleans()) else draw(days)
    edges = [first, *(day for day in starts if day > first)]
    ends: list[date | None] = [*edges[1:], draw(st.one_of(st.none(), st.just(LAST)))]
    rows = [Dated(draw(values), begin, end) for begin, end in zip(edges, ends, strict=True)]
    if draw(st.integers(0, 4)) == 0:
        known = at_noon(draw(days))
        rows.append(Dated(draw(values), draw(days), None, known))
    return tuple(rows)


@st.composite
def organisations(draw: Any, ref: str) -> Thing:
    born = draw(st.one_of(st.just(date(2010, 1, 1)), days))
    ended = draw(st.one_of(st.none(), st.none(), days.filter(lambda day: day > born))) if born < LAST else None
    attributes = {"type": draw(dated(st.sampled_from(TYPES), 2)), "exists": (Dated(True, born, ended),)}
    if draw(st.booleans()):
        heirs = st.sampled_from([*ORGS, "org:gone"])
        several = st.one_of(heirs, st.lists(heirs, max_size=2), st.fixed_dictionaries({"org": heirs, "duty": st.sampled_from(DUTIES)}))
        attributes["successor"] = (Dated(draw(several), date(2010, 1, 1)),)
    if draw(st.booleans()):
        attributes["parent"] = (Dated(draw(st.sampled_from(ORGS)), date(2010, 1, 1)),)
    return Thing(ref, "organisation", attributes)


@st.composite
def systems(draw: Any, ref: str) -> Thing:
    attributes = {"owner": draw(dated(st.sampled_from(ORGS), 2)), "level": draw(dated(st.integers(1, 5), 2))}
    if draw(st.integers(0, 5)):
        attributes["phase"] = draw(dated(st.sampled_from(("planned", "building", "operating", "operating", "retired"))))
    return Thing(ref, "system", attributes)


@st.composite
def details(draw: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, values in {
        "allows_intrusion": st.booleans(), "serious": st.booleans(), "grave": st.booleans(), "personal_data": st.booleans(),
        "weakness": st.sampled_from("AB"), "incident": st.sampled_from("AB"), "device": st.sampled_from("AB"),
        "year": st.integers(2022, 2026), "layer": st.integers(1, 4), "duty": st.sampled_from(("D19", "D23", "D25")),
        "of": st.sampled_from(("plans", "annual_reports")), "due_on": days.map(date.isoformat),
    }.items():  # fmt: skip
        if draw(st.integers(0, 2)) == 0:
            found[key] = draw(values)
    return found


@st.composite
def facts(draw: Any, verbs: Any = VERBS, most: int = 14) -> list[Fact]:
    found: list[Fact] = []
    for number in range(draw(st.integers(0, most))):
        on = draw(days)
        known = at_noon(on + timedelta(days=draw(st.sampled_from((0, 0, 1, 40, 400)))))
        about = tuple(draw(st.lists(st.sampled_from((*ORGS, *SYSTEMS)), min_size=1, max_size=2, unique=True)))
        kind = draw(st.integers(0, 12))
        if kind == 0 and found:
            target = draw(st.sampled_from(found)).id
            found.append(Fact(f"f{number}", "entry.retracted", about if draw(st.booleans()) else (), on, known, retracts=target))
        elif kind == 1:
            until = on + timedelta(days=draw(st.integers(0, 500)))
            detail = {"duty": draw(st.sampled_from(DUTIES)), "until_on": until.isoformat()}
            found.append(Fact(f"f{number}", "waiver.granted", about, on, known, None, detail))
        else:
            at = datetime.combine(on, time(draw(st.integers(0, 23))), ZONE) if draw(st.booleans()) else None
            found.append(Fact(f"f{number}", draw(st.sampled_from(verbs)), about, on, known, at, draw(details())))
    return found


@st.composite
def provinces(draw: Any) -> tuple[list[Thing], list[Fact]]:
    things = [draw(organisations(ref)) for ref in ORGS] + [draw(systems(ref)) for ref in SYSTEMS]
    return things, draw(facts())


@st.composite
def slots(draw: Any) -> tuple[str, str, list[Thing], list[Fact]]:
    """A duty and a bearer of its kind, with facts its duty listens to in a random province."""
    duty = LAW.duties[draw(st.sampled_from(DUTIES))]
    version = duty.versions[-1]
    rule = version.rule
    heard = [verb for verb in (*version.needs.verbs, *rule.events, rule.breach, rule.ended, rule.check, "register.confirmed") if verb]
    things, _ = draw(provinces())
    bearer = draw(st.sampled_from(ORGS if duty.subject == "organisation" else SYSTEMS))
    return duty.id, bearer, things, draw(facts(heard))
