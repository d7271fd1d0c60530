"""Filing evidence: one paper for several duties, faults said in words with nothing lost, and nobody files for a body of others."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.models import Attachment, Entry
from luytre.rooms.duties import actions, projection, queries, rules

from .conftest import TODAY

pytestmark = pytest.mark.django_db
Reading = Callable[[str], Client]
URL, COMMUNE, HEALTH = "/desk/duties/file/", "org:xa-a", "org:so-y-te"
PHOTO = b"\xff\xd8\xff\xe0" + b"photo of a paper"
PRINCIPLES, HEAD, HUNT = "D01:principles.taught", "D02:head.assigned", "D09:hunt.completed"


def form(**changes: Any) -> dict[str, Any]:
    good = {"body": COMMUNE, "proofs": [PRINCIPLES], "number": "12/BB-UBND", "on": "20/11/2026", "note": "", "declared": "on"}
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def errors(page: Any) -> list[str]:
    return re.findall(r'class="err"[^>]*>.*?<span>(.*?)</span>', page.content.decode())


def photo(name: str = "anh.jpg", content: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")  # what the browser says does not count


def test_one_paper_proves_two_duties(reading: Reading, django_capture_on_commit_callbacks: Any) -> None:
    projection.ensure(on=TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        page = reading("xa-a").post(URL, form(proofs=[PRINCIPLES, HEAD], scans=photo(), note="Họp ngày 20"))
    assert page.status_code == 302
    taught, assigned = Entry.objects.filter(filed=True).order_by("id")
    assert (taught.verb, assigned.verb) == ("principles.taught", "head.assigned")
    assert taught.detail == {"number": "12/BB-UBND", "signed_on": "2026-11-20"}
    assert [mention.thing for mention in taught.mentions.all()] == [COMMUNE]
    assert taught.aside.text == {"note": "Họp ngày 20"}, "free text lies in the erasable side row"
    assert {file.sha256 for file in Attachment.objects.all()} == {taught.attachments.get().sha256}
    assert taught.attachments.get().media_type == "image/jpeg"
    cells = projection.matrix([COMMUNE], ["D01", "D02"], TODAY, None, TODAY).rows[COMMUNE]
    assert [cell.status for cell in cells] == ["met", "met"]


def test_one_paper_about_two_systems_is_one_entry(reading: Reading) -> None:
    both = ["system:his", "system:cong"]
    page = reading("can-bo").post(URL, form(body=HEALTH, proofs=[HUNT], systems=both))
    assert page.status_code == 302
    assert sorted(mention.thing for mention in Entry.objects.get(filed=True).mentions.all()) == sorted(both)


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"on": "31/02/2026"}, "Ngày 31/02/2026 không có trong lịch"),
    ({"on": "23/11/2026"}, "còn ở phía trước"),
    ({"on": "01/01/1900"}, "quá xa"),
    ({"on": ""}, "Ghi ngày ký"),
    ({"proofs": []}, "Chọn ít nhất một nhiệm vụ"),
    ({"proofs": ["D99:nothing.done"]}, "D99:nothing.done"),
    ({"number": ""}, "Ghi số, ký hiệu"),
    ({"number": "x" * 61}, "60"),
    ({"declared": None}, "bí mật nhà nước"),
    ({"scans": photo("a.exe", b"MZ\x90\x00")}, "Không nhận tệp “a.exe”"),
    ({"scans": photo("a.pdf", b"<html><script>")}, "Không nhận tệp “a.pdf”"),
]


@pytest.mark.parametrize(("changes", "says"), FAULTS)
def test_a_fault_is_said_in_words_and_nothing_is_written(reading: Reading, changes: dict[str, Any], says: str) -> None:
    page = reading("xa-a").post(URL, form(**changes))
    assert page.status_code == 422
    assert any(says in error for error in errors(page)), errors(page)
    assert not Entry.objects.filter(filed=True).exists()


def test_a_duty_over_systems_asks_which(reading: Reading) -> None:
    page = reading("can-bo").post(URL, form(body=HEALTH, proofs=[HUNT]))
    assert page.status_code == 422
    assert any("Chọn ít nhất một hệ thống" in error for error in errors(page))


def test_a_file_that_is_too_large_is_refused_cleanly(reading: Reading, settings: Any) -> None:
    settings.LUYTRE_MAX_UPLOAD = 1024
    page = reading("xa-a").post(URL, form(scans=photo("lon.jpg", PHOTO * 100), note="giữ lại"))
    assert page.status_code == 422
    assert any("lon.jpg” lớn hơn" in error for error in errors(page))
    assert "giữ lại" in page.content.decode()
    assert not list(settings.MEDIA_ROOT.rglob("*") if settings.MEDIA_ROOT.exists() else [])


@pytest.mark.slow
def test_two_hundred_megabytes_are_refused_cleanly(reading: Reading) -> None:
    page = reading("xa-a").post(URL, form(scans=photo("to.jpg", PHOTO * 10_500_000)))
    assert page.status_code == 422
    assert any("to.jpg” lớn hơn" in error for error in errors(page))


def test_a_file_sent_with_a_faulty_form_is_kept(reading: Reading) -> None:
    client = reading("xa-a")
    faulty = client.post(URL, form(on="31/02/2026", scans=photo())).content.decode()
    kept = re.findall(r'name="kept" value="([^"]+)"', faulty)
    assert "anh.jpg" in faulty
    assert client.post(URL, form(kept=kept)).status_code == 302
    assert Attachment.objects.get().name == "anh.jpg"


def test_a_kept_file_can_be_dropped_and_a_forged_token_counts_for_nothing(reading: Reading) -> None:
    client = reading("xa-a")
    faulty = client.post(URL, form(on="31/02/2026", scans=photo())).content.decode()
    kept, sha = re.findall(r'name="kept" value="([^"]+)"', faulty), re.findall(r'name="drop" value="([^"]+)"', faulty)
    assert client.post(URL, form(kept=[*kept, "forged:token"], drop=sha)).status_code == 302
    assert not Attachment.objects.exists()


def test_choosing_more_duties_asks_for_their_details_without_faults(reading: Reading) -> None:
    page = reading("xa-a").post(URL, form(proofs=[PRINCIPLES, "D36:annual_report.submitted"], step="choose", number="9/BC"))
    assert page.status_code == 200
    assert errors(page) == []
    assert 'name="annual_report.submitted.year"' in page.content.decode()
    assert 'value="9/BC"' in page.content.decode()


def test_text_is_written_in_one_unicode_form(reading: Reading) -> None:
    loose = unicodedata.normalize("NFD", "41/QĐ-Đội")
    assert reading("xa-a").post(URL, form(number=loose)).status_code == 302
    assert Entry.objects.get(filed=True).detail["number"] == unicodedata.normalize("NFC", loose)


def test_nobody_files_for_a_body_of_others(reading: Reading) -> None:
    client = reading("xa-b")
    assert client.post(URL, form()).status_code == 404
    assert client.get(URL, {"about": COMMUNE}).status_code == client.get(URL, {"about": "org:nowhere"}).status_code == 404
    assert client.get(URL, {"about": "system:mot-cua"}).status_code == 404
    forged = client.post(URL, form(body="org:xa-b", proofs=[HUNT], systems=["system:his"]))
    assert forged.status_code == 422
    assert not Entry.objects.filter(filed=True).exists()


def test_who_holds_no_post_is_told_so(reading: Reading) -> None:
    assert reading("kiem-tra").get(URL).status_code == 403


def test_a_parent_files_for_its_unit_only_by_a_letter(reading: Reading) -> None:
    client, unit = reading("can-bo"), "org:trung-tam"
    assert client.post(URL, form(body=unit)).status_code == 404
    head = reading("to-truong")
    letter = {"unit": unit, "to": HEALTH, "number": "3/GNT", "on": "01/11/2026", "until_on": "31/12/2026"}
    assert head.post("/desk/duties/delegations/new/", letter).status_code == 302
    assert client.post(URL, form(body=unit)).status_code == 302
    assert [m.thing for m in Entry.objects.get(filed=True).mentions.all()] == [unit]
    actions.end_delegation(by="person:to-truong", at=clock.now(), unit=unit, to=HEALTH, number="4/GNT", on=TODAY)
    assert client.post(URL, form(body=unit)).status_code == 404


def test_only_a_head_delegates(reading: Reading) -> None:
    assert reading("can-bo").get("/desk/duties/delegations/new/").status_code == 403


def test_an_event_fills_in_its_case(reading: Reading) -> None:
    from luytre import journal

    detail = {"weakness": "W7", "allows_intrusion": True}
    found = journal.record(by="console", at=clock.now(), verb="weakness.found", about=["system:his"], on=TODAY, detail=detail)
    page = reading("can-bo").get(URL, {"duty": "D14", "about": "system:his", "event": str(found.pk)}).content.decode()
    assert page.count('value="W7"') == 2  # the fix and the hunt
    assert 'value="W7"' not in reading("xa-a").get(URL, {"duty": "D01", "event": str(found.pk)}).content.decode()


def test_filing_nothing_is_refused() -> None:
    with pytest.raises(Refusal):
        actions.file(by="console", at=clock.now(), items=[], on=TODAY)


def test_every_duty_of_every_type_can_be_proved_or_is_for_others() -> None:
    law = queries.law()
    for duty in law.duties.values():
        for proof in rules.proofs(duty, date(2026, 11, 22)):
            assert proof.required.isdisjoint(proof.fixed)
            assert set(proof.asked) >= proof.required - {"number", "signed_on"}


def test_a_model_text_for_every_duty_that_can_be_proved(reading: Reading) -> None:
    client = reading("xa-a")
    for duty in ("D01", "D11", "D36", "D34"):
        page = client.get(f"/desk/duties/{duty}/model-text.docx")
        assert page.status_code == 200
        text = "\n".join(node.text or "" for node in docx.Document(BytesIO(page.content)).element.body.iter())
        assert "13/CT-UBND" in text
    assert client.get("/desk/duties/D99/model-text.docx").status_code == 404
    assert client.get("/desk/duties/D01/model-text.docx", {"about": HEALTH}).status_code == 404


def test_every_model_text_can_be_set() -> None:
    for duty in queries.law().duties.values():
        for proof in rules.proofs(duty, TODAY):
            paper = rules.model_text(queries.law(), duty, proof.verb, "UBND xã " + "Rất Dài " * 20, ("Hệ thống một",), "MẪU")
            assert paper.mark == "MẪU"
            assert any(duty.clause in ground for ground in paper.bases)
