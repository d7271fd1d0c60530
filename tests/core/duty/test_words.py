"""Sentences: every duty in every status, in both languages, at most sixty words, with clause, day and next step."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from luytre.core.duty.model import STATUSES, Fact, Reason, Result
from luytre.core.duty.words import MOST_WORDS, explain, says
from luytre.core.duty.words_reasons import SENTENCES, cited, sentence
from luytre.core.duty.words_status import LABELS
from luytre.core.law import home, load

LAW = load(home())
DIRECTIVE = [name for name, duty in LAW.duties.items() if duty.instrument == "13-CT-UBND-2022"]
ON, UNTIL = date(2022, 11, 30), date(2023, 7, 1)
HEAVY = (
    Reason("due_new_subject", {"start": date(2025, 7, 1), "days": 60, "months": 0, "rolled_from": date(2025, 8, 30)}),
    Reason("house_default", {"param": "standing_review", "value": "P12M"}),
    Reason("register_unconfirmed", {"verb": "register.confirmed", "until_on": None}),
    Reason("not_bearer", {"field": "type", "has": "commune", "op": "in", "value": ("enterprise",)}),
    Reason("waiver", {"fact": "f1", "number": "12/QĐ-UBND", "until_on": date(2023, 6, 30)}),
)
DAYS = ("30/11/2022", "01/12/2022", "30/06/2023", "01/01/2023")


def result(duty: str, status: str, **more: Any) -> Result:
    needs = LAW.duties[duty].versions[-1].needs
    given: dict[str, Any] = {
        "window": (date(2023, 1, 1), UNTIL),
        "due_on": ON,
        "since": date(2022, 12, 1),
        "reasons": HEAVY,
        "missing": needs.verbs,
        "version": 1,
        **more,
    }
    return Result(duty, LAW.duties[duty].clause, "org:x", "org:x", event=None, due_at=None, status=status, **given)


@pytest.mark.parametrize("duty", LAW.duties)
def test_every_duty_in_every_status(duty: str) -> None:
    for status in STATUSES:
        for lang in ("vi", "en"):
            said = says(result(duty, status), LAW, lang)
            assert len(said.split()) <= MOST_WORDS, said
            assert "{" not in said, said
            assert "None" not in said, said
            assert cited(LAW, LAW.duties[duty].instrument, LAW.duties[duty].clause, lang) in said
            assert any(day in said for day in DAYS), said
            steps = [LAW.duties[duty].next[lang], *(text[lang] for text in _steps())]
            assert any(step.split("{")[0] in said for step in steps), said


def _steps() -> list[dict[str, str]]:
    from luytre.core.duty import words_status

    return [*words_status.STEPS.values(), *words_status.LEARN.values(), words_status.LAPSES, words_status.END_BREACH, words_status.CHECK]


@pytest.mark.parametrize("duty", DIRECTIVE)
def test_vietnamese_is_never_english(duty: str) -> None:
    for status in STATUSES:
        vi, en = says(result(duty, status), LAW), says(result(duty, status), LAW, "en")
        assert vi != en
        assert not {"the", "and", "due", "overdue", "is"} & set(vi.lower().replace(",", " ").split()), vi


def test_a_fixed_date_says_the_rule_and_that_it_is_a_reading() -> None:
    fixed = Reason("due_fixed", {"edge": date(2022, 12, 1), "before": True})
    said = says(result("D07", "overdue", reasons=(fixed,)), LAW)
    assert said.startswith("Hồ sơ cấp độ 100%: quá hạn từ 01/12/2022, hạn cuối 30/11/2022 (trước ngày 01/12/2022; quy ước).")
    assert said.endswith(" Căn cứ điểm 1.4 Chỉ thị 13/CT-UBND.")


def test_a_house_default_is_printed_as_such() -> None:
    due = Reason("due_review", {"months": 12, "days": 0})
    ours = Reason("house_default", {"param": "standing_review", "value": "P12M"})
    assert "(chu kỳ 12 tháng; quy ước)" in says(result("D17", "due_soon", reasons=(due, ours)), LAW)
    assert "(chu kỳ 12 tháng)" in says(result("D17", "due_soon", reasons=(due,)), LAW)


def test_a_clock_in_hours_shows_the_moment() -> None:
    moment = datetime(2026, 9, 2, 10, 0, tzinfo=timezone(timedelta(hours=7)))
    found = result("D30", "open", reasons=(Reason("due_hours", {"hours": 24, "start": moment}),))
    found.due_at = moment
    assert "hạn cuối 10:00 02/09/2026 (24 giờ từ khi phát hiện)" in says(found, LAW)


def test_a_waiver_says_until_when() -> None:
    assert "được miễn đến hết 30/06/2023." in says(result("D07", "waived"), LAW)


def test_not_applicable_says_why() -> None:
    assert "nhiệm vụ này không giao cho xã, phường" in says(result("D38", "not_applicable"), LAW)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", SENTENCES)
def test_every_reason_has_words(code: str, lang: str) -> None:
    params = {
        "instrument": "ND331-2026", "clause": "31.2.d", "due_on": ON, "edge": ON, "before": True, "start": ON, "days": 60, "hours": 24,
        "param": "fix_deadline_days", "reading": "i.before", "verb": "hunt.completed", "on": ON, "number": "1/QĐ", "until_on": ON,
        "field": "level", "has": "retired", "from": "org:a", "to": "org:b", "head": "Bà Mẫu", "value": "P12M",
    }  # fmt: skip
    said = sentence(Reason(code, params), LAW, "D14", lang)
    assert said.strip()
    assert "{" not in said
    assert "None" not in said


def test_every_code_the_judge_gives_has_words() -> None:
    from luytre.core.duty import why

    listed = (why.__doc__ or "").split("Codes:")[1].replace("·", " ").split()
    assert set(listed) <= set(SENTENCES)


def test_explanation_answers_in_order() -> None:
    due = Reason("due_new_subject", {"start": date(2025, 7, 1), "days": 60, "months": 0, "rolled_from": date(2025, 8, 30)})
    found = result("D07", "overdue", reasons=(due,), due_on=date(2025, 9, 3), since=date(2025, 9, 4), readings=("i.before", "i.weekend"))
    told = explain(found, LAW)
    assert told["title"] == "Vì sao: Hồ sơ cấp độ 100% – quá hạn?"
    assert [(step["on"], step["house"]) for step in told["due"]] == [
        ("01/07/2025", False),
        ("30/08/2025", True),
        ("03/09/2025", False),
        ("03/09/2025", False),
    ]
    assert "30/08/2025 là ngày nghỉ" in told["due"][2]["says"]
    assert [reading["house"] for reading in told["readings"]] == [True, True]
    assert told["missing"] == [{"verb": "dossier.approved", "paper": "quyết định phê duyệt cấp độ"}]
    assert told["turns"] == [
        "Nộp quyết định phê duyệt cấp độ: dòng này chuyển sang “Hoàn thành muộn” ngay trong ngày.",
        "Không còn cách nào để thành “Đã hoàn thành” đúng hạn.",
    ]
    assert told["escalate"][0] == {"on": "04/08/2025", "to": "contact"}
    assert told["clause"]["quote"] == "hoàn thành trước ngày 01/12/2022"


def test_an_explanation_names_the_instruments_that_bind_beside() -> None:
    beside = Reason("parallel", {"instrument": "18-CT-TTg-2022", "number": "18/CT-TTg", "clause": "c", "due_on": date(2023, 6, 30)})
    told = explain(result("D09", "open", reasons=(beside,)), LAW)["parallel"]
    assert told[0]["cited"] == "ý c Chỉ thị 18/CT-TTg"
    assert told[0]["due_on"] == "30/06/2023"


def test_labels_stand_in_display_order() -> None:
    assert tuple(LABELS) == STATUSES


def test_real_lines_of_a_small_province_can_all_be_read() -> None:
    from luytre.core.duty import Judge
    from luytre.core.duty.model import Dated, Thing

    since = date(2020, 1, 1)

    def thing(name: str, kind: str, **attributes: Any) -> Thing:
        return Thing(name, kind, {key: (Dated(value, since),) for key, value in attributes.items()})

    bodies = [thing(f"org:{kind}", "organisation", type=kind) for kind in ("department", "enterprise", "coordinator", "team")]
    systems = [thing("system:a", "system", owner="org:department", level=3, phase="operating"), thing("system:b", "system", level=5)]
    known = datetime(2022, 12, 1, tzinfo=UTC)
    events = ("incident.detected", "advisory.received", "report.requested", "threat.announced", "device.introduced", "breach.found")
    facts = [
        Fact(f"f{n}", verb, ("org:department", "org:enterprise", "org:team"), date(2023, 3, 1), known) for n, verb in enumerate(events)
    ]
    seen = set()
    for found in Judge(LAW, [*bodies, *systems], facts).all(date(2026, 11, 22)):
        for lang in ("vi", "en"):
            said, told = says(found, LAW, lang), explain(found, LAW, lang)
            assert len(said.split()) <= MOST_WORDS, said
            assert "{" not in said + str(told["because"])
            assert "None" not in said, said
            assert all(reason.code in SENTENCES for reason in found.reasons)
        seen.add(found.status)
    assert {"overdue", "missed", "open", "unknown", "undated", "recommended", "not_applicable"} <= seen


def test_lapsed_evidence_does_not_cite_the_old_fixed_date() -> None:
    fixed = Reason("due_fixed", {"edge": date(2022, 12, 31), "before": True})
    said = says(result("D34", "overdue", reasons=(fixed,), due_on=date(2023, 12, 20), since=date(2023, 12, 21)), LAW)
    assert "hạn cuối 20/12/2023 (minh chứng trước có giá trị đến ngày này)" in said


def test_a_duty_whose_event_never_happened_names_the_event() -> None:
    quiet = result(
        "D27", "not_open", reasons=(Reason("no_event", {"events": ("advisory.received",)}),), window=None, due_on=None, since=None
    )
    assert "chưa phát sinh; việc này chỉ mở khi có cảnh báo của cơ quan chức năng." in says(quiet, LAW)


def test_evidence_that_holds_says_until_when() -> None:
    due = Reason("due_review", {"months": 12, "days": 0})
    ours = Reason("house_default", {"param": "standing_review", "value": "P12M"})
    held = result("D17", "met", reasons=(due, ours), due_on=date(2024, 3, 1), since=date(2023, 3, 1), flips_on=date(2024, 3, 2))
    said = says(held, LAW)
    assert "đã hoàn thành từ 01/03/2023, có giá trị đến hết 01/03/2024 (quy ước). Làm lại trước ngày 02/03/2024." in said


def test_a_line_of_a_body_that_ended_is_nobodys_work_there() -> None:
    closed = Reason("closed_with_bearer", {"on": date(2025, 7, 1), "to": "org:xa-b"})
    said = says(result("D36", "open", reasons=(closed,)), LAW)
    assert "Đơn vị đã kết thúc ngày 01/07/2025; việc này chuyển cho đơn vị tiếp nhận." in said
    assert LAW.duties["D36"].next["vi"] not in said


def test_what_was_taken_over_says_so() -> None:
    said = says(result("D36", "overdue", reasons=(Reason("inherited", {"from": "org:h", "on": date(2025, 7, 1)}),)), LAW)
    assert "Việc tiếp nhận từ đơn vị đã kết thúc. Kiểm tra số liệu" in said


def test_an_explanation_calls_bodies_by_their_names_or_by_their_part() -> None:
    taken = result("D36", "overdue", reasons=(Reason("inherited", {"from": "org:h", "on": date(2025, 7, 1)}),))
    assert explain(taken, LAW)["because"] == ["Tiếp nhận từ đơn vị trước khi đơn vị đó kết thúc ngày 01/07/2025."]
    assert "UBND huyện Mẫu" in explain(taken, LAW, names={"org:h": "UBND huyện Mẫu"})["because"][0]


@pytest.mark.parametrize(
    ("code", "params", "why", "step"),
    [
        ("register_unconfirmed", {}, "vì người đứng đầu chưa xác nhận danh mục hệ thống", "Người đứng đầu xác nhận danh mục hệ thống"),
        ("scope_unknown", {"field": "phase"}, "vì chưa ghi giai đoạn của hệ thống", "Ghi bổ sung vào sổ đăng ký."),
        ("event_unclear", {"field": "serious"}, "vì chưa ghi sự cố có nghiêm trọng không", "Ghi bổ sung vào ghi nhận ban đầu."),
    ],
)
def test_where_nobody_can_tell_the_step_says_what_to_learn(code: str, params: dict[str, str], why: str, step: str) -> None:
    said = says(result("D07", "unknown", reasons=(Reason(code, params),)), LAW)
    assert why in said
    assert step in said


def test_an_unchecked_prohibition_turns_by_a_check() -> None:
    unchecked = result("D19", "unknown", reasons=(Reason("prohibited"),), missing=("check.done",))
    assert explain(unchecked, LAW)["turns"] == [
        "Nộp biên bản kiểm tra việc chấp hành: dòng này chuyển sang “Đã hoàn thành” ngay trong ngày."
    ]
