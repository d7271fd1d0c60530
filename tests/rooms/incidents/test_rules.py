"""Severity by answers, level and law of the day; the ten types beside RSIT; traces read out of text; codes and words."""

from datetime import date

import pytest

from luytre.core.fold import fold
from luytre.rooms.incidents.rules import known_good, playbooks, receipts, severity
from luytre.rooms.incidents.rules.observables import Seen, defanged, seen_in
from luytre.verbs.incident import TYPES
from luytre.verbs.incident_report import KINDS

BEFORE, AFTER = date(2026, 8, 18), date(2026, 8, 19)  # Decree 331/2026 is in force from the second


@pytest.mark.parametrize(
    ("answers", "level", "on", "says", "serious", "grave"),
    [
        ({"interrupted", "beyond_ability"}, 4, AFTER, "critical", True, False),  # Decision 05 Art. 9: both conditions
        ({"interrupted"}, 4, AFTER, "high", False, False),  # the owner can handle it
        ({"beyond_ability"}, 5, AFTER, "high", False, False),  # none of a–đ
        ({"interrupted", "beyond_ability"}, 3, AFTER, "high", False, False),  # level 3 is never serious
        ({"interrupted", "beyond_ability"}, None, AFTER, "high", False, False),
        ({"order_harmed"}, 1, AFTER, "critical", False, True),  # Decree 331: at once
        ({"order_harmed"}, 1, BEFORE, "low", False, False),
        ({"beyond_ability"}, 1, BEFORE, "critical", False, True),  # Circular 20 Art. 9.2.b: at once
        ({"grave_interruption"}, 2, AFTER, "critical", False, True),
        ({"personal_data"}, 3, AFTER, "high", False, False),
        ({"personal_data"}, 2, AFTER, "medium", False, False),
        (set(), 5, AFTER, "low", False, False),
    ],
)
def test_severity(answers: set[str], level: int | None, on: date, says: str, serious: bool, grave: bool) -> None:
    found = severity.compute(answers, level, on)
    assert (found.severity, found.serious, found.grave) == (says, serious, grave)
    for ground in found.grounds:
        assert not (serious or grave) or (ground.instrument and ground.clause and ground.fitted)


@pytest.mark.parametrize(("what", "says"), [("near_miss", "low"), ("threat", "low"), ("false_alarm", "info")])
def test_what_did_not_happen_is_never_grave(what: str, says: str) -> None:
    found = severity.compute(set(severity.ASKED), 5, AFTER, what)
    assert (found.severity, found.serious, found.grave) == (says, False, False)


def test_the_ten_rows_of_form_05_are_mapped() -> None:
    assert sorted(severity.row(name) for name in TYPES) == list(range(1, 11))
    assert all(severity.offered(kind) in TYPES for kind in KINDS)
    known = {"availability", "fraud", "malicious-code", "intrusions", "information-content-security", "other"}
    assert {severity.rsit(name).split(":")[0] for name in TYPES} == known


def test_every_type_has_a_playbook_over_the_six_stages() -> None:
    for name in TYPES:
        steps = playbooks.steps(name)
        assert [step.stage for step in steps] == sorted((step.stage for step in steps), key=playbooks.STAGES.index)
        assert {step.stage for step in steps} == set(playbooks.STAGES)
        assert len({step.key for step in steps}) == len(steps)
        assert all(step.says["vi"] and step.says["en"] for step in steps)
    assert len(playbooks.steps("dos", serious=True)) > len(playbooks.steps("dos"))


TEXT = """Máy kết nối tới 203.0.113[.]47 và hxxps://cap-nhat-bhyt[.]example/a?x=1, thư từ ketoan(at)vi-du[.]example.
Mẫu 9f3ac41e2b7d8f60a1c5e4b39d7f2a68c0b1e5d4f3a29687b5c4d3e2f1a0b9c8 tên cap-nhat.exe, khai thác CVE-2024-3400. IPv6 2001:db8::47.
Phiên bản 1.2.3.4.5, ngày 20.11.2026, điện thoại 0237.3000.113, 999.1.1.1."""


def test_traces_are_read_plain_or_defanged() -> None:
    assert set(seen_in(TEXT)) == {
        Seen("ip", "203.0.113.47"),
        Seen("ip", "2001:db8::47"),
        Seen("url", "https://cap-nhat-bhyt.example/a?x=1"),
        Seen("email", "ketoan@vi-du.example"),
        Seen("hash", "9f3ac41e2b7d8f60a1c5e4b39d7f2a68c0b1e5d4f3a29687b5c4d3e2f1a0b9c8"),
        Seen("cve", "CVE-2024-3400"),
    }


@pytest.mark.parametrize("one", [one for one in seen_in(TEXT) if one.kind not in ("hash", "cve")])
def test_what_is_shown_cannot_be_clicked_and_is_read_back(one: Seen) -> None:
    shown = defanged(one.kind, one.value)
    assert shown != one.value
    assert one in seen_in(f"thấy {shown} trong nhật ký")


def test_addresses_everybody_uses_are_named() -> None:
    assert known_good.name_of("ip", "8.8.8.8")
    assert known_good.name_of("ip", "192.168.1.20")
    assert known_good.name_of("url", "https://drive.google.com/x")
    assert known_good.name_of("domain", "notgoogle.com") == ""
    assert known_good.name_of("ip", "45.67.89.10") == ""


def test_words_differ_without_their_marks_too() -> None:
    words = receipts.vocabulary()
    assert len(words) == len({fold(word) for word in words}) == 483
    told = receipts.words_for(b"k", "t")
    assert told == receipts.words_for(b"k", "t") != receipts.words_for(b"k", "u")
    kept = receipts.locked(told)
    assert receipts.opens(kept, ", ".join(told).upper())
    assert not receipts.opens(kept, "một hai ba bốn")
    assert not receipts.opens("", " ".join(told))


def test_codes_are_read_however_written() -> None:
    code = receipts.code_of(b"k", "<a@b>")
    assert receipts.read_code(code.lower().replace("-", "")) == code
    assert receipts.codes_in(f"Re: [{code.lower()}] Đã nhận") == [code]
    assert receipts.read_code("SC-2026-0137") == ""
    assert receipts.read_code("7K4M-92Q") == ""
    assert receipts.read_code("7K4M-92QU") == ""
