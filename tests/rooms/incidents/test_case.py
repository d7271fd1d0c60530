"""From a citizen's report to a closed case: clocks by the judge, papers from facts typed once, evidence, merging, rights."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.papers.models import IssuedPaper
from luytre.post.models import Letter
from luytre.register.models import Account
from luytre.rooms.incidents import actions, projection
from luytre.rooms.incidents.actions.cases import Finding
from luytre.rooms.incidents.actions.receiving import Telling
from luytre.rooms.incidents.models import Clock, Evidence, Incident, Observable, Reminder, Report, Task

Signed = Callable[[str], Client]
DESK = "/desk/incidents/"


def person(code: str) -> Account:
    return Account.objects.select_related("person").get(username=code)


def reported(text: str = "Máy chủ 203.0.113[.]47 bị chiếm") -> Report:
    telling = Telling(channel="web", text=text, token=text, kind="malware", contact="dan@thu.example")
    return actions.receive(by="citizen", at=clock.now(), telling=telling).report


def opened(**said: object) -> Incident:
    given: dict[str, object] = {
        "body": "org:so-y-te",
        "system": "system:his",
        "detected_at": clock.now() - timedelta(hours=1),
        "title": "Mã hóa máy chủ lưu tệp",
        "text": "Tệp đuôi .lamson, thư từ ketoan@vi-du[.]example",
        "type": "encryption",
        "answers": ["interrupted", "personal_data"],
        **said,
    }
    return actions.detect(by="console", at=clock.now(), finding=Finding(**given))  # type: ignore[arg-type]


def test_the_whole_walk_with_nothing_typed_twice(signed: Signed) -> None:
    """Report → taken → incident → 03 → 24 h → 72 h → restored → cause → 04 → closed; papers repeat what was typed once."""
    report, desk, body = reported(), signed("truc"), signed("giam-doc")
    page = f"{DESK}reports/{report.code}/"
    assert desk.post(f"{page}taking/").status_code == 302
    here = timezone.localtime(clock.now() - timedelta(minutes=20))
    text = desk.get(f"{DESK}new/?report={report.code}&body=org:so-y-te").content.decode()
    assert "Máy chủ 203.0.113[.]47 bị chiếm" in text
    said = {
        "title": "Chiếm quyền máy chủ",
        "text": "Dấu vết 203.0.113[.]47",
        "type": "intrusion",
        "system": "system:his",
        "what": "incident",
    }
    said |= {"on": f"{here:%d/%m/%Y}", "hour": f"{here:%H:%M}", "answers": ["control_lost"]}  # type: ignore[dict-item]
    answer = desk.post(f"{DESK}new/", {**said, "open": "1", "report": report.code, "body": "org:so-y-te"})
    assert answer.status_code == 302, answer.content.decode()
    held = Incident.objects.get()
    case = f"{DESK}{held.code}/"
    assert Report.objects.get().body == "org:so-y-te"
    assert body.get(case).status_code == 200
    assert body.post(f"{case}notes/", {"ghi-text": "Đã ngắt mạng máy chủ"}).status_code == 302
    for form in ("TT20.03", "ND331.24H", "ND331.72H"):
        assert body.post(f"{case}papers/{form}/").status_code == 302, form
    assert body.post(f"{case}papers/TT20.04/").status_code == 409
    now = timezone.localtime(clock.now())
    back = {"khoi-phuc-on": f"{now:%d/%m/%Y}", "khoi-phuc-hour": f"{now:%H:%M}"}
    assert body.post(f"{case}restoration/", back).status_code == 302
    cause = {"nguyen-nhan-cause": "Lộ mật khẩu quản trị", "nguyen-nhan-remedy": "Đổi toàn bộ mật khẩu"}
    assert body.post(f"{case}explanation/", cause).status_code == 302
    assert body.post(f"{case}papers/TT20.04/").status_code == 302
    held.refresh_from_db()
    assert held.is_closed
    assert Report.objects.get().ended_at
    papers = {paper.form: paper.data for paper in IssuedPaper.objects.all()}
    assert set(papers) == {"TT20.03", "ND331.24H", "ND331.72H", "TT20.04"}
    assert all("Chiếm quyền máy chủ" in data for form, data in papers.items() if form != "ND331.72H")
    assert "Lộ mật khẩu quản trị" in papers["TT20.04"]
    assert str(IssuedPaper.objects.get(form="TT20.03").number) in papers["TT20.04"]
    assert "dan@thu.example" not in "".join(papers.values())


def test_clocks_are_the_judges_and_follow_the_facts(province: None) -> None:
    held = opened()
    clocks = {clock_.duty: clock_ for clock_ in Clock.objects.filter(incident=held)}
    assert set(clocks) == {"D30", "ND331.31.2d", "L91.23"}
    assert clocks["ND331.31.2d"].due_at == held.detected_at + timedelta(hours=72)
    actions.restore(by="console", at=clock.now(), incident=held, restored_at=held.detected_at + timedelta(minutes=30))
    assert Clock.objects.filter(incident=held, duty="D31", done_at=None).exists()


def test_an_upgrade_sets_the_shorter_clock_going(province: None) -> None:
    held = opened(answers=["interrupted"])
    assert not held.grave
    finding = Finding(
        body=held.body,
        system=held.system,
        detected_at=held.detected_at,
        title=held.title,
        text="",
        type=held.type,
        answers=["order_harmed"],
    )
    held = actions.assess(by="console", at=clock.now(), incident=held, finding=finding)
    assert (held.grave, held.severity) == (True, "critical")
    last = Clock.objects.filter(incident=held, duty="D30").order_by("-event").first()
    assert last is not None
    assert last.due_at == held.detected_at


def test_rebuilt_equals_incremental(province: None) -> None:
    held = opened()
    actions.note(by="console", at=clock.now(), incident=held, text="ghi")
    actions.restore(by="console", at=clock.now(), incident=held, restored_at=held.detected_at + timedelta(minutes=30))
    opened(title="Vụ hai", type="dos", body="org:xa-a", system="")
    plain = [name for name in (field.name for field in Incident._meta.concrete_fields) if name != "id"]
    before = list(Incident.objects.order_by("code").values(*plain))
    clocks = list(Clock.objects.order_by("incident__code", "duty", "event").values_list("duty", "due_at", "done_at", "is_late"))
    projection.rebuild()
    assert list(Incident.objects.order_by("code").values(*plain)) == before
    assert list(Clock.objects.order_by("incident__code", "duty", "event").values_list("duty", "due_at", "done_at", "is_late")) == clocks


def test_severity_against_the_computed_needs_a_reason(province: None) -> None:
    with pytest.raises(Refusal, match="lý do"):
        opened(severity="low")
    assert opened(severity="low", reason="chỉ là máy thử").severity == "low"


def test_closing_wants_restoration_cause_and_the_final_report(province: None) -> None:
    held = opened()
    with pytest.raises(Refusal, match="khôi phục"):
        actions.close(by="console", at=clock.now(), incident=held)
    held = actions.restore(by="console", at=clock.now(), incident=held, restored_at=held.detected_at + timedelta(minutes=30))
    with pytest.raises(Refusal, match="nguyên nhân gốc"):
        actions.close(by="console", at=clock.now(), incident=held)
    held = actions.explain(by="console", at=clock.now(), incident=held, cause="Lộ mật khẩu", scope_="", remedy="")
    with pytest.raises(Refusal, match="Mẫu số 04"):
        actions.close(by="console", at=clock.now(), incident=held)
    assert actions.close(by="console", at=clock.now(), incident=held, number="1/BC").is_closed
    with pytest.raises(Refusal, match="đã khép lại"):
        actions.note(by="console", at=clock.now(), incident=Incident.objects.get(), text="thêm") and actions.restore(
            by="console", at=clock.now(), incident=Incident.objects.get(), restored_at=clock.now()
        )


def test_steps_become_tasks_once_and_are_done_once(province: None) -> None:
    held = opened()
    count = Task.objects.count()
    assert count > 12
    assert actions.open_playbook(by="console", at=clock.now(), incident=held) == 0
    actions.finish(by="console", at=clock.now(), incident=held, number=1)
    with pytest.raises(Refusal, match="đã ghi là xong"):
        actions.finish(by="console", at=clock.now(), incident=held, number=1)
    assert Entry.objects.filter(verb="incident.task_done").count() == 1


def test_evidence_changes_hands_only_when_both_say_so(province: None) -> None:
    held, one, two = opened(), person("truc"), person("truc-hai")
    actions.take_evidence(by=one, at=clock.now(), incident=held, text="Ổ đĩa SRV-FILE-01")
    with pytest.raises(Refusal, match="đang giữ"):
        actions.hand_over(by=two, at=clock.now(), incident=held, number=1, to=one.ref)
    actions.hand_over(by=one, at=clock.now(), incident=held, number=1, to=two.ref)
    assert Evidence.objects.get().holder == one.ref
    with pytest.raises(Refusal, match="không bàn giao"):
        actions.accept_evidence(by=one, at=clock.now(), incident=held, number=1)
    actions.accept_evidence(by=two, at=clock.now(), incident=held, number=1)
    assert Evidence.objects.get().holder == two.ref
    verbs = list(Entry.objects.filter(verb__startswith="incident.evidence").order_by("id").values_list("verb", flat=True))
    assert verbs == ["incident.evidence_taken", "incident.evidence_handed", "incident.evidence_accepted"]


def test_traces_show_where_else_they_were_seen_to_who_may_see_it(signed: Signed) -> None:
    one, two = opened(text="xau-xa[.]example"), opened(text="lại xau-xa[.]example", body="org:xa-a", system="", title="Vụ xã")
    assert Observable.objects.filter(value="xau-xa.example").count() == 2
    assert two.code in signed("truc").get(f"{DESK}{one.code}/").content.decode()
    assert two.code not in signed("giam-doc").get(f"{DESK}{one.code}/").content.decode()


def test_merged_reports_follow_and_split_again(signed: Signed) -> None:
    first, second = reported("trang A bị sửa"), reported("trang A cũng bị sửa")
    desk = signed("truc")
    desk.post(f"{DESK}reports/{second.code}/merger/", {"into": first.code})
    desk.post(f"{DESK}reports/{first.code}/attachment/", {"body": "org:xa-a", "incident": ""})
    second.refresh_from_db()
    assert second.body == "org:xa-a"
    desk.post(f"{DESK}reports/{second.code}/split/")
    second.refresh_from_db()
    assert second.merged_into is None


def test_a_body_reads_what_is_attached_to_it_but_never_the_contact(signed: Signed) -> None:
    report = reported()
    address = f"{DESK}reports/{report.code}/"
    assert signed("xa-a").get(address).status_code == 404
    assert "dan@thu.example" in signed("truc").get(address).content.decode()
    actions.attach(by="console", at=clock.now(), report=report, body="org:xa-a")
    text = signed("xa-a").get(address).content.decode()
    assert "203.0.113[.]47" in text
    assert "dan@thu.example" not in text
    assert signed("xa-b").get(address).status_code == 404
    assert signed("xa-a").post(f"{address}taking/").status_code == 403


def test_reading_a_case_is_told(signed: Signed) -> None:
    held = opened()
    signed("truc").get(f"{DESK}{held.code}/")
    assert Entry.objects.filter(verb="incident.read", detail__incident=held.code).count() == 1
    projection.catch_up()
    assert "Việc đọc hồ sơ" not in signed("truc").get(f"{DESK}{held.code}/").content.decode()


def test_reminders_go_out_once_whatever_the_workers_do(province: None) -> None:
    held = opened(answers=["personal_data"])
    late = held.detected_at + timedelta(days=7)
    first = actions.remind(at=late)
    assert first == Reminder.objects.count() == 9  # three clocks of three stages
    assert Reminder.objects.filter(is_late=True).count() == 9
    assert actions.remind(at=late) == actions.remind(at=held.detected_at) == actions.remind(at=late + timedelta(days=1)) == 0
    letters = Letter.objects.filter(to="can-bo@so-y-te.example")
    assert letters.count() == 9
    assert all("đi muộn" in letter.text for letter in letters)


def test_the_telephone_gives_a_code_to_read_out(signed: Signed) -> None:
    desk = signed("truc")
    form = desk.get(f"{DESK}phone/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', form)
    assert token
    told = {"kind": "fraud", "text": "Bị lừa chuyển tiền", "token": token[1]}
    text = desk.post(f"{DESK}phone/", told).content.decode()
    assert Report.objects.get().code in text
    desk.post(f"{DESK}phone/", told)
    assert Report.objects.count() == 1
    assert signed("giam-doc").get(f"{DESK}phone/").status_code == 403


def test_the_desk_shows_what_waits(signed: Signed) -> None:
    report, held = reported(), opened()
    text = signed("truc").get(DESK).content.decode()
    assert report.code in text
    assert held.code in text
    assert signed("giam-doc").get(DESK)["Location"] == f"{DESK}cases/"
    assert held.code in signed("giam-doc").get(f"{DESK}cases/?q=ma+hoa+may+chu").content.decode()
    assert held.code not in signed("xa-a").get(f"{DESK}cases/?show=all").content.decode()


def test_every_figure_opens_the_rows_it_counts(signed: Signed) -> None:
    for number in range(3):
        opened(title=f"Vụ {number}", type="phishing")
    opened(title="Vụ khác", type="dos")
    opened(title="Báo nhầm", type="dos", what="false_alarm")
    desk = signed("truc")
    text = desk.get(f"{DESK}figures/").content.decode()
    links = re.findall(r'href="(/desk/incidents/cases/\?[^"]+)">(?:<b>)?(\d+)', text)
    assert ("3" in {count for _, count in links}) and ("4" in {count for _, count in links})
    for link, count in links:
        listed = desk.get(link.replace("&amp;", "&")).content.decode()
        assert len(set(re.findall(r"SC-2026-\d{4}", listed))) == int(count), link
