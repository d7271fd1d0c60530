"""The matcher says what the slow reference says: over drawn rules and events, and over samples of the real ones."""

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from evtx import PyEvtxParser
from hunt_reference import Reference
from hypothesis import given, settings
from hypothesis import strategies as st

from luytre.core.hunt.fast import Quick
from luytre.core.hunt.hunter import Hunter, reasons_of
from luytre.core.hunt.load import compile_files, load
from luytre.core.hunt.patterns import searcher
from luytre.core.hunt.read_evtx import EvtxReader
from luytre.core.hunt.read_json import JsonReader
from luytre.core.hunt.rulefiles import RuleFile
from luytre.core.hunt.shape import from_evtx, from_flat
from luytre.core.hunt.wording import Wording, short

WORDS = [
    "",
    "cmd",
    "CMD.exe",
    "\\cmd.exe",
    "c:\\x\\cmd.exe",
    "a b",
    "10.1.2.3",
    "10.0.0.0/8",
    "::1",
    "true",
    "1",
    "Ộ",
    "x*y",
    "a?c",
    'k"q',
    "p/q",
]
FIELDS = ["Image", "CommandLine", "User", "Initiated"]
word = st.sampled_from(WORDS)
value = st.one_of(word, word, st.integers(0, 2), st.booleans(), st.none(), st.lists(word, max_size=3))
event = st.dictionaries(st.sampled_from(FIELDS), value)
item = st.one_of(
    st.builds(
        lambda f, m, v: {f + m: v}, st.sampled_from(FIELDS), st.sampled_from(["", "|contains", "|startswith", "|endswith", "|cased"]), word
    ),
    st.builds(lambda f, v: {f + "|contains|all": v}, st.sampled_from(FIELDS), st.lists(word.filter(bool), min_size=2, max_size=3)),
    st.builds(lambda f, v: {f: v}, st.sampled_from(FIELDS), st.lists(word, min_size=1, max_size=3)),
    st.builds(lambda f, v: {f: v}, st.sampled_from(FIELDS), st.sampled_from([None, 1, True, "*", "a*c", "?md", "*x?y*"])),
    st.builds(lambda f: {f + "|exists": True}, st.sampled_from(FIELDS)),
    st.builds(lambda f, v: {f + "|re": v}, st.sampled_from(FIELDS), st.sampled_from(["cmd", "^c.*e$", "[0-9]+", "(?i)CMD", "a.b"])),
    st.builds(lambda f: {f + "|cidr": "10.0.0.0/8"}, st.sampled_from(FIELDS)),
    st.builds(lambda f, n: {f + "|gte": n}, st.sampled_from(FIELDS), st.integers(0, 2)),
    st.builds(lambda f, g: {f + "|fieldref": g}, st.sampled_from(FIELDS), st.sampled_from(FIELDS)),
)
words = st.lists(word.filter(lambda text: len(text) > 1), min_size=1, max_size=2)
selection = st.one_of(item, st.builds(lambda a, b: {**a, **b}, item, item), st.lists(item, min_size=2, max_size=2), words)
condition = st.sampled_from(["a", "a and b", "a or b", "a and not b", "not a", "not (a or b)", "1 of them", "all of them"])
HEAD = {"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1, "Provider_Name": "P"}


def rule_of(number: int, a: Any, b: Any, how: str, service: str) -> dict[str, Any]:
    return {
        "title": str(number),
        "id": f"00000000-0000-4000-8000-{number:012}",
        "logsource": {"product": "windows", "service": service} if service else {"product": "windows", "category": "process_creation"},
        "detection": {"a": a, "b": b, "condition": how},
    }


drawn = st.lists(st.tuples(selection, selection, condition, st.sampled_from(["", "sysmon", "security"])), min_size=1, max_size=4)


@settings(max_examples=400, deadline=None)
@given(drawn, st.lists(event, min_size=1, max_size=12))
def test_drawn_rules_on_drawn_events(rules: Any, events: list[dict[str, Any]]) -> None:
    documents = [rule_of(number, *parts) for number, parts in enumerate(rules)]
    reference = Reference([json.loads(json.dumps(document)) for document in documents])
    files = [RuleFile(f"{n}.yml", yaml.safe_dump(document).encode()) for n, document in enumerate(documents)]
    compiled = compile_files(files)
    assert compiled.problems == []
    events = [{**HEAD, **one} for one in events]
    hunter = Hunter(compiled)
    for one in events:
        numbers = hunter.group_of("windows", one).rules_of(one)
        assert {compiled.rules[n].id for n in numbers} == reference.fires(one), one
        group = hunter.group_of("windows", one)
        if not group.keywords:  # what docs/hunting.md hunts through in a database: the named fields alone
            assert group.rules_of({**HEAD, **{name: one[name] for name in group.named if name in one}}) == numbers, one
    lines = b"".join(orjson.dumps(one) + b"\n" for one in events * 3)  # thrice: past learning, into the quick way
    reader = JsonReader(Quick(hunter), "f")
    hunter.take()
    reader.block(1, lines)
    rows = [orjson.loads(found.encoded(0)) for found in hunter.take()[0]]
    for at, one in enumerate(events * 3, 1):
        assert {row["rule_id"] for row in rows if row["source"]["line"] == at} == reference.fires(one), one
    for row in rows:
        assert row["why"] == exactly_why(hunter, row["rule_id"], row["event"]), row


def exactly_why(hunter: Hunter, rule_id: str, event: dict[str, Any]) -> Any:
    """The reasons of a finding, each atom asked by itself, nothing remembered."""
    rule = next(rule for rule in hunter.rules.rules if rule.id == rule_id)
    why = []
    for number in reasons_of(rule.tree, hunter.rules.atoms, event):
        atom = hunter.rules.atoms[number]
        why.append({"field": atom.field, "op": atom.op, "value": atom.value, "seen": short(Wording(hunter.rules).seen(number, event))})
    return orjson.loads(orjson.dumps(why))


def test_names_with_blanks_go_the_quick_way_too() -> None:
    """Defender writes `New Value`; such records in any order of names, nested or empty, give what the whole way gives."""
    selections: list[Any] = [
        {"NewValue|contains": "evil"},
        {"NewValue": None},
        {"OldValue|endswith": "e"},
        {"NewValue|contains": "deep"},
    ]
    documents = [rule_of(number, one, {"EventID": 1}, "a and b", "sysmon") for number, one in enumerate(selections)]
    rules = compile_files([RuleFile(f"{n}.yml", yaml.safe_dump(one).encode()) for n, one in enumerate(documents)])
    system = {"Channel": HEAD["Channel"], "EventID": 1, "Provider": {"#attributes": {"Name": "P"}}}
    shapes: list[Any] = [
        {"New Value": "an evil word", "Old Value": "none"},
        {"Old Value": "evil", "New Value": "x"},
        {"NewValue": "EVIL"},
        {"Other": 1},
        {"New Value": None, "Old Value": "e"},
        {"New Value": {"#text": "deep"}},
        {"Box": {"New Value": "deep"}},
        {"": "evil"},
        None,
    ]
    texts = [json.dumps({"Event": {"System": system, "EventData": shape}}) for shape in [*shapes[:1] * 8, *shapes * 3]]
    quick, whole = Hunter(rules), Hunter(rules)
    reader = EvtxReader(Quick(quick), "f")
    for start in range(0, len(texts), 8):  # the first eight teach the group its names
        reader._hunt(texts[start : start + 8])
    for number, text in enumerate(texts, 1):
        whole.examine("windows", from_evtx(json.loads(text)), "f", None, number)
    got, expected = ([one.encoded(0) for one in each.take()[0]] for each in (quick, whole))
    assert got == expected
    assert len(got) == 8 * 2 + 3 * 10


def test_an_expression_takes_any_text() -> None:
    search = searcher("(?i)^(th[ủu])\\s.*$")
    assert search("Thủ tục")
    assert search("thu x\ud800")
    assert not search("x\ud800")


def windows_documents(hunt_data: Path) -> list[dict[str, Any]]:
    found = []
    with zipfile.ZipFile(hunt_data / "sigma_rules.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".yml") and name.startswith(("rules/", "rules-emerging-threats/", "rules-threat-hunting/")):
                document = yaml.load(archive.read(name), yaml.CSafeLoader)
                if document["logsource"].get("product") == "windows" and "expand" not in str(document["detection"]):
                    found.append(document)
    return found


@pytest.mark.slow
def test_the_whole_set_on_real_events(hunt_data: Path, unpacked: Any) -> None:
    """Every rule on every 5th EVTX sample and every 400th JSON event, event by event."""
    reference = Reference(windows_documents(hunt_data))
    ours = load(hunt_data / "sigma_rules.zip")
    known = {rule_id for rule_id, _ in reference.rules}
    hunter = Hunter(ours)
    events = []
    for path in sorted(unpacked("evtx_attack_samples").rglob("*.evtx"))[::5]:
        events += [from_evtx(orjson.loads(record["data"])) for record in PyEvtxParser(str(path)).records_json()]
    for path in sorted(unpacked("otrf_windows").glob("*.json")):
        events += [from_flat(orjson.loads(line)) for line in path.read_bytes().splitlines()[::400] if line]
    random.Random(1).shuffle(events)
    for one in events[:1_200]:
        got = {ours.rules[n].id for n in hunter.group_of("windows", one).rules_of(one)}
        assert got & known == reference.fires(one), one
