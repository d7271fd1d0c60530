"""The work on a case: both processes of the law, assets, costs, notes written anew, breach minutes, versions of papers, custody, bundle."""

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.journal.store import Upload, put
from luytre.papers.models import IssuedPaper
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.actions.cases import Finding
from luytre.rooms.incidents.models import Asset, Clock, Cost, Evidence, Incident, Step
from luytre.rooms.incidents.rules import process
from luytre.verbs.incident import STEPS

from .test_case import opened, person

Signed = Callable[[str], Client]
HERE = "/desk/incidents/"


def test_four_steps_and_seven_each_with_who_leads() -> None:
    for serious, number in ((False, 4), (True, 7)):
        way = process.process(serious)
        assert [one.number for one in way.steps] == list(range(1, number + 1))
        assert all(one.leads["vi"] and one.partners["vi"] and one.does["vi"] and one.step in STEPS for one in way.steps)
    assert {one.step for serious in (False, True) for one in process.process(serious).steps} == set(STEPS)


def test_steps_go_in_order_and_once(signed: Signed) -> None:
    held, body = opened(), signed("giam-doc")
    case = f"{HERE}{held.code}/"
    assert body.post(f"{case}steps/ordinary.2/").status_code == 409
    assert body.post(f"{case}steps/ordinary.1/", {"buoc-text": "Đã xác minh"}).status_code == 302
    assert body.post(f"{case}steps/ordinary.1/").status_code == 409
    assert body.post(f"{case}steps/serious.2/").status_code == 409
    assert Step.objects.get().by == person("giam-doc").ref
    assert "Đã xác minh" in body.get(case).content.decode()


def test_upgraded_to_serious_it_goes_by_the_seven_steps(province: None) -> None:
    held = opened(system="", answers=["interrupted"])
    actions.complete(by="console", at=clock.now(), incident=held, step="ordinary.1")
    Incident.objects.filter(pk=held.pk).update(serious=True)
    held.refresh_from_db()
    assert actions.complete(by="console", at=clock.now(), incident=held, step="serious.1").step == "serious.1"
    with pytest.raises(Refusal):
        actions.complete(by="console", at=clock.now(), incident=held, step="ordinary.2")


def test_an_upgrade_adds_the_serious_steps_to_the_tasks(province: None) -> None:
    held = opened(answers=["interrupted", "beyond_ability"])
    assert held.serious == (held.level in (4, 5))
    finding = Finding(body=held.body, system=held.system, detected_at=held.detected_at, title=held.title, text="", type=held.type)
    again = actions.assess(by="console", at=clock.now(), incident=held, finding=finding)
    assert again.computed == "low"


def test_an_asset_changes_its_state_and_the_course_tells_it(signed: Signed) -> None:
    held, body = opened(), signed("giam-doc")
    case = f"{HERE}{held.code}/"
    said = {"tai-san-name": "Máy chủ tệp FS01", "tai-san-kind": "server", "tai-san-state": "affected", "tai-san-system": "system:his"}
    assert body.post(f"{case}assets/", said).status_code == 302
    assert body.post(f"{case}assets/1/", {"state": "isolated"}).status_code == 302
    assert body.post(f"{case}assets/1/", {"state": "isolated"}).status_code == 409
    assert body.post(f"{case}assets/9/", {"state": "clear"}).status_code == 404
    assert body.post(f"{case}assets/", {}).status_code == 422
    assert Asset.objects.get().state == "isolated"
    text = body.get(case).content.decode()
    assert "Máy chủ tệp FS01: bị ảnh hưởng" in text
    assert "đã cách ly" in text


def test_costs_add_up(signed: Signed) -> None:
    held, body = opened(), signed("giam-doc")
    for amount in ("1200", "800"):
        said = {"chi-phi-kind": "service", "chi-phi-amount": amount, "chi-phi-text": "thuê ứng cứu"}
        assert body.post(f"{HERE}{held.code}/costs/", said).status_code == 302
    assert body.post(f"{HERE}{held.code}/costs/", {"chi-phi-kind": "service", "chi-phi-amount": "0"}).status_code == 422
    assert sum(Cost.objects.values_list("amount", flat=True)) == 2000
    assert "2.000 nghìn đồng" in body.get(f"{HERE}{held.code}/").content.decode()


def test_a_note_written_anew_keeps_its_earlier_wordings(signed: Signed) -> None:
    held, body = opened(), signed("giam-doc")
    case = f"{HERE}{held.code}/"
    body.post(f"{case}notes/", {"ghi-text": "Bản một"})
    first = Entry.objects.get(verb="incident.noted").pk
    assert body.post(f"{case}notes/", {"ghi-text": "Bản hai", "replaces": str(first)}).status_code == 302
    assert body.post(f"{case}notes/", {"ghi-text": "Bản ba", "replaces": str(first)}).status_code == 409
    other = Entry.objects.filter(verb="incident.detected").latest("pk").pk
    assert body.post(f"{case}notes/", {"ghi-text": "Bản ba", "replaces": str(other)}).status_code == 404
    text = body.get(case).content.decode()
    assert "Đã sửa 1 lần" in text
    assert text.index("Bản hai") < text.index("Bản một")


def test_breach_minutes_take_the_registers_numbers_and_answer_the_clock(signed: Signed) -> None:
    held, body = opened(), signed("giam-doc")
    case = f"{HERE}{held.code}/"
    assert body.post(f"{case}papers/L91.23/", {}).status_code == 422
    said = {"vi-pham-subjects": "1250", "vi-pham-sensitive": "on", "vi-pham-notice": "15/TB-SYT"}
    assert body.post(f"{case}papers/L91.23/", said).status_code == 302
    paper = IssuedPaper.objects.get(form="L91.23")
    assert "1.250" in paper.data
    assert held.title in paper.data
    assert "15/TB-SYT" in paper.data
    assert Clock.objects.get(incident__code=held.code, duty="L91.23").done_at
    assert 'value="1250"' in body.get(case).content.decode()


def test_each_version_says_what_changed_since_the_last(signed: Signed) -> None:
    held, body = opened(), signed("giam-doc")
    page = f"{HERE}{held.code}/papers/ND331.72H/"
    assert "Chưa phát hành lần nào" in body.get(f"{page}changes/").content.decode()
    assert body.post(page).status_code == 302
    body.post(f"{HERE}{held.code}/explanation/", {"nguyen-nhan-cause": "Lộ mật khẩu quản trị"})
    text = body.get(f"{page}changes/").content.decode()
    assert "Nếu phát hành lại bây giờ" in text
    assert "Lộ mật khẩu quản trị" in text
    assert body.post(page).status_code == 302
    again = body.get(f"{page}changes/").content.decode()
    assert again.count("Lộ mật khẩu quản trị") >= 1
    assert "Lần phát hành đầu tiên" in again


def test_custody_needs_both_and_may_be_declined(signed: Signed) -> None:
    held = opened()
    by, other = person("giam-doc"), person("can-bo")
    actions.take_evidence(by=by, at=clock.now(), incident=held, text="Ổ cứng máy chủ")
    actions.hand_over(by=by, at=clock.now(), incident=held, number=1, to=other.ref)
    assert Evidence.objects.get().holder == by.ref
    with pytest.raises(Refusal):
        actions.refuse_evidence(by=by, at=clock.now(), incident=held, number=1)
    assert signed("can-bo").post(f"{HERE}{held.code}/evidence/1/declining/").status_code == 302
    assert (Evidence.objects.get().holder, Evidence.objects.get().offered_to) == (by.ref, "")
    actions.hand_over(by=by, at=clock.now(), incident=held, number=1, to=other.ref)
    actions.accept_evidence(by=other, at=clock.now(), incident=held, number=1)
    assert Evidence.objects.get().holder == other.ref


def test_the_bundle_of_a_case_verifies_offline_and_a_changed_byte_is_named(signed: Signed, tmp_path: Path) -> None:
    held, foreign = opened(), opened(title="Vụ khác, không được lộ", text="kín của vụ khác")
    file = put(Upload("nhat-ky.log", "text/plain", b"203.0.113.47 dang nhap quan tri"))
    actions.take_evidence(by=person("giam-doc"), at=clock.now(), incident=held, text="Nhật ký máy chủ", file=file)
    answer = signed("giam-doc").get(f"{HERE}{held.code}/bundle.tar")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    (tmp_path / "case.tar").write_bytes(content)
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        tar.extractall(tmp_path / "open", filter="data")
    lines = [json.loads(line) for line in (tmp_path / "open/entries.jsonl").read_text().splitlines()]
    shown = [line for line in lines if "said" in line]
    assert {line["said"]["detail"]["incident"] for line in shown} == {held.code}
    assert "kín của vụ khác" not in (tmp_path / "open/entries.jsonl").read_text()
    assert foreign.code not in (tmp_path / "open/entries.jsonl").read_text()
    assert (tmp_path / "open/files" / file.sha256).read_bytes() == b"203.0.113.47 dang nhap quan tri"
    assert verified(tmp_path / "open", tmp_path / "case.tar").returncode == 0
    (tmp_path / "open/files" / file.sha256).write_bytes(b"203.0.113.48 dang nhap quan tri")
    broken = verified(tmp_path / "open", tmp_path / "open")
    assert broken.returncode == 1
    assert file.sha256[:12] in broken.stdout + broken.stderr


def verified(home: Path, what: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-I", str(home / "verify.py"), str(what)], capture_output=True, text=True, check=False)
