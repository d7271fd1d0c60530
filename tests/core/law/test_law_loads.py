"""The loader holds the law together and refuses what it can't be sure of, with file and line."""

import shutil
from pathlib import Path

import pytest

from luytre.core.law import LawFault, digest, home, load

CT13 = "13-CT-UBND-2022"
D09, D36, HEAD = f"{CT13}/duties/D09.yaml", f"{CT13}/duties/D36.yaml", f"{CT13}/instrument.yaml"


def test_the_law_of_the_house_loads() -> None:
    law = load(home())
    assert sum(duty.instrument == CT13 for duty in law.duties.values()) == 48
    assert law.calendar.tz == "Asia/Ho_Chi_Minh"
    assert law.digest == digest(home())


def broken(tmp_path: Path, file: str, old: str, new: str) -> LawFault:
    shutil.copytree(home(), tmp_path / "law")
    path = tmp_path / "law" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawFault) as caught:
        load(tmp_path / "law")
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "says", "on_line_of"),
    [
        (D09, "modal: must", "modal: must\ncolour: red", "unknown field", "colour: red"),
        (D09, "needs: {all: [hunt.completed]", "needs: {all: [hunt.finished]", "unknown verb", "hunt.finished"),
        (D09, "evidence: {hunt.completed: {}}", "evidence: {hunt.done: {}}", "unknown verb", "hunt.done"),
        (D09, 'clause: "1.6"', 'clause: "1.99"', "does not exist", '"1.99"'),
        (D09, 'ref: {clause: "1.6"', 'ref: {clause: "9.9"', "does not exist", '"9.9"'),
        (D09, "id: D09", "id: D10", "", "id: D10"),
        (D09, "anchor: 2023-01-01", "anchor: 2023-02-31", "not a date", "2023-02-31"),
        (D09, "period: P6M", "period: six months", "not a period", "six months"),
        (D09, "field: phase", "field: fase", "unknown field", "fase"),
        (D09, "kind: each_period", "kind: every_period", "not one of these", "every_period"),
        (D09, "reading: [i.half", "reading: [i.whole", "unknown reading", "i.whole"),
        (D09, "  until: null", "  until: 2022-11-04", "until must lie after from", "until: 2022-11-04"),
        (D09, "- v: 1\n  from: 2022-11-04", "- v: 1\n  from: 2021-01-01", "before the instrument is in force", "from: 2021-01-01"),
        (D09, "bearers: [department", "bearers: [ministry", "not one of these", "ministry"),
        (D09, "modal: must", "modal: must\nmodal: should", "given twice", "modal: should"),
        (D09, "subject: system", "subject: *system", "YAML", "*system"),
        (HEAD, "in_force: {from: 2022-11-04", "in_force: {from: 2022-11-03", "before it was signed", "2022-11-03"),
        (HEAD, '- id: "1.2"', '- id: "1.1"', "duplicate id", '- id: "1.1"'),
        (HEAD, "reading: fixed\n", "reading: sliding\n", "not one of these", "reading: sliding"),
    ],
)
def test_faults_are_refused_with_file_and_line(tmp_path: Path, file: str, old: str, new: str, says: str, on_line_of: str) -> None:
    fault = broken(tmp_path, file, old, new)
    assert says in fault.says
    text = (tmp_path / "law" / file).read_text(encoding="utf-8").splitlines()
    if says != "":
        assert fault.file == f"law/{file}"
        candidates = [number for number, line in enumerate(text, 1) if on_line_of in line]
        assert fault.line in candidates, (fault, candidates)


def test_a_duplicate_id_names_both_files(tmp_path: Path) -> None:
    shutil.copytree(home(), tmp_path / "law")
    duties = tmp_path / "law" / CT13 / "duties"
    (duties / "D09b.yaml").write_text((duties / "D09.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(LawFault, match="duplicate id") as caught:
        load(tmp_path / "law")
    assert "D09b.yaml" in caught.value.file and "D09.yaml" in caught.value.says


SECOND = """- v: 2
  from: {first}
  until: null
  ref: {{clause: "1.28"}}
  rule: {{kind: each_year, before: "07-01", opens: "01-01"}}
  needs: {{all: [annual_report.submitted]}}
"""


@pytest.mark.parametrize(
    ("until", "first", "says"),
    [
        ("null", "2025-01-01", "overlapping"),
        ("2025-01-01", "2024-12-31", "overlapping"),
        ("2025-01-01", "2022-11-03", "before the instrument"),
    ],
)
def test_versions_never_overlap(tmp_path: Path, until: str, first: str, says: str) -> None:
    shutil.copytree(home(), tmp_path / "law")
    path = tmp_path / "law" / D36
    text = path.read_text(encoding="utf-8").replace("  until: null", f"  until: {until}", 1).rstrip() + "\n" + SECOND.format(first=first)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawFault, match=says) as caught:
        load(tmp_path / "law")
    assert caught.value.line == text[: text.index("- v: 2")].count("\n") + 2


def test_versions_stand_in_order(tmp_path: Path) -> None:
    shutil.copytree(home(), tmp_path / "law")
    path = tmp_path / "law" / D36
    text = path.read_text(encoding="utf-8").replace("- v: 1\n  from: 2022-11-04", "- v: 1\n  from: 2025-01-01", 1)
    path.write_text(text.rstrip() + "\n" + SECOND.format(first="2023-01-01"), encoding="utf-8")
    with pytest.raises(LawFault, match="out of order"):
        load(tmp_path / "law")


def test_parameters_and_calendars_stand_in_order(tmp_path: Path) -> None:
    value = "- {from: 2022-11-04, value: P12M"
    fault = broken(tmp_path, HEAD, value, "- {from: 2023-01-01, value: P24M}\n    " + value)
    assert "out of order" in fault.says


INDENTED = "".join(f"{' ' * level}a:\n" for level in range(900)).encode()
DEEP = [(b"a: " + b"[" * 50_000 + b"]" * 50_000, "deeply"), (INDENTED, "deeply"), (b"- " * 5_000, "deeply")]


def test_a_missing_folder_and_a_broken_file_say_so(tmp_path: Path) -> None:
    with pytest.raises(LawFault, match="no such folder"):
        load(tmp_path / "nothing")
    with pytest.raises(LawFault, match="no instrument"):
        load(tmp_path)
    shutil.copytree(home(), tmp_path / "law")
    for raw, says in ((b"\xff\xfe", "UTF-8"), (b"", "empty"), (b"id: [unclosed", "broken YAML"), (b"a: &a [1]\nb: *a\n", "aliases"), *DEEP):
        (tmp_path / "law" / D09).write_bytes(raw)
        with pytest.raises(LawFault, match=says) as caught:
            load(tmp_path / "law")
        assert caught.value.file == f"law/{D09}"


def test_a_quote_is_at_most_twelve_words(tmp_path: Path) -> None:
    assert "12" in broken(tmp_path, D09, 'quote: "', 'quote: "một hai ba bốn năm sáu bảy tám chín mười mười-một mười-hai ').says


def test_another_reading_is_chosen_by_name() -> None:
    law = load(home())
    assert law.reading_as({"i.half": "rolling"}).instruments[CT13].readings["i.half"].reading == "rolling"
    assert law.instruments[CT13].readings["i.half"].reading == "fixed"
    with pytest.raises(KeyError):
        law.reading_as({"i.none": "x"})
    with pytest.raises(ValueError, match="rolling"):
        law.reading_as({"i.half": "sometimes"})
