"""docs/LAW.md from the law itself: every clause → duty → evidence → screen → test. python -m luytre.core.law.docs > docs/LAW.md"""

import sys
from collections.abc import Iterator
from pathlib import Path

from luytre.core.law.load import home, load
from luytre.core.law.model import Duty, Instrument, Law, Version
from luytre.core.law.reading import read
from luytre.core.when import Period

HEAD = """# The law, clause by clause

Generated from `law/` by `python -m luytre.core.law.docs > docs/LAW.md`; a test asserts that it is current. The words are ours; the
clause is cited. *Screen*: where a body files its evidence (every board cell also opens *Vì sao?* at `/desk/why/`). *Test*: the example
worked by hand that the judge must answer.
"""
EXAMPLES = "13-CT-UBND-2022/examples"
KINDS = {
    "once": "once",
    "each_period": "every window",
    "each_year": "every year",
    "on_event": "on each event",
    "before_use": "before use",
    "standing": "standing",
    "prohibited": "forbidden",
    "should": "encouraged",
}


def law_page(law: Law, folder: Path) -> str:
    """The whole page. `folder` is law/, whose examples are the tests."""
    tests = _tests(folder)
    parts = [HEAD]
    for instrument in sorted(law.instruments.values(), key=_order):
        parts.append("\n".join(_instrument(law, instrument, tests)))
    return "\n".join(parts) + "\n"


def _order(instrument: Instrument) -> tuple[bool, str]:
    return not instrument.id.startswith("13-"), instrument.id


def _tests(folder: Path) -> dict[str, list[str]]:
    """Which examples hold a case of a duty."""
    found: dict[str, list[str]] = {}
    for path in sorted((folder / EXAMPLES).glob("*.yaml")):
        for duty in dict.fromkeys(case["duty"] for case in read(path, path.name).value["cases"]):
            found.setdefault(duty, []).append(path.stem)
    return found


def _instrument(law: Law, instrument: Instrument, tests: dict[str, list[str]]) -> Iterator[str]:
    until = f" until {instrument.until_on:%d/%m/%Y}" if instrument.until_on else ""
    yield f"\n## {instrument.number} – {instrument.title['vi']}\n"
    yield f"{instrument.title['en']}. In force from {instrument.from_on:%d/%m/%Y}{until}; wording {instrument.certainty}.\n"
    yield "| Clause | In our words | Duty | Evidence | Screen | Test |\n|---|---|---|---|---|---|"
    for clause in instrument.clauses.values():
        laid = [d for d in law.duties.values() if d.instrument == instrument.id and d.clause == clause.id]
        rows = [_row(duty, tests) for duty in laid]
        rows += [f"carried by {duty} | | | |" for duty in clause.carried_by if duty not in [d.id for d in laid]]
        if clause.no_duty:
            rows.append(f"*no duty:* {clause.no_duty['en']} | | | |")
        for n, row in enumerate(rows):
            yield f"| {clause.id if n == 0 else ''} | {clause.words['en'] if n == 0 else ''} | {row}"
    duties = [d for d in law.duties.values() if d.instrument == instrument.id]
    if duties:
        yield "\n| Duty | Title | Borne by | Rule | Due | Beside it |\n|---|---|---|---|---|---|"
        yield from (_rule_row(law, duty, version) for duty in duties for version in duty.versions)
    yield from _open_numbers(instrument)
    yield from _readings(instrument)


def _row(duty: Duty, tests: dict[str, list[str]]) -> str:
    verbs = ", ".join(f"`{verb}`" for verb in dict.fromkeys(v for version in duty.versions for v in version.needs.verbs))
    named = ", ".join(f"[{name}](../law/{EXAMPLES}/{name}.yaml)" for name in tests.get(duty.id, []))
    return f"**{duty.id}** {duty.name['en']} | {verbs} | `/desk/duties/file/?duty={duty.id}` | {named} |"


def _rule_row(law: Law, duty: Duty, version: Version) -> str:
    span = f" ({version.from_on:%d/%m/%Y} on)" if len(duty.versions) > 1 else ""
    beside = ", ".join(dict.fromkeys(f"{law.instruments[p.instrument].number} {p.clause}" for p in version.parallel))
    title = f"{duty.title['vi']} · {duty.title['en']}"
    return f"| {duty.id}{span} | {title} | {', '.join(duty.bearers)} | {KINDS[version.rule.kind]} | {_due(version)} | {beside} |"


def _due(version: Version) -> str:
    rule = version.rule
    if rule.edge is not None:
        last = f"{rule.edge:%d/%m/%Y}" if not isinstance(rule.edge, tuple) else f"{rule.edge[1]:02}/{rule.edge[0]:02}"
        return f"{'before' if rule.edge_excluded else 'by'} {last}"
    if rule.within is not None:
        within = rule.within
        said = [f"the day in `{within.detail}`"] if within.detail else []
        said += [f"{within.hours} hours"] if within.hours is not None else []
        said += [f"{_length(within.length)}"] if within.length is not None else []
        said += [f"`{within.param}`"] if within.param else []
        return ", else ".join(said) or "no number in the text"
    if rule.span is not None:
        return f"every {_length(rule.span)}"
    return f"before phase {rule.gate_phase}" if rule.gate_phase else "before the event" if rule.kind == "before_use" else ""


def _length(span: Period | str) -> str:
    if isinstance(span, str):
        return f"`{span}`"
    return f"{span.months} months" if span.months else f"{span.days} days"


def _open_numbers(instrument: Instrument) -> Iterator[str]:
    if instrument.params:
        yield "\n| Number | Value | Why |\n|---|---|---|"
    for param in instrument.params.values():
        for value in param.values:
            said = "undecided" if value.value is None else f"{value.value}{' (house default)' if value.house_default else ''}"
            yield f"| `{param.name}` {param.words['en']} | {said}, from {value.from_on:%d/%m/%Y} | {value.ref} |"


def _readings(instrument: Instrument) -> Iterator[str]:
    if instrument.readings:
        yield "\n| Reading | Question and answer | Decided |\n|---|---|---|"
    for reading in instrument.readings.values():
        decided = "house reading" if reading.decided is None else f"{reading.decided.get('by')}, {reading.decided.get('on')}"
        yield f"| `{reading.id}` | {reading.question['en']} | {decided} |"


if __name__ == "__main__":
    sys.stdout.write(law_page(load(home()), home()))
