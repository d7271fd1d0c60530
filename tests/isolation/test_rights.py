"""The rights room by its windows: why one sees, labels, delegations that end, the journal for its readers, a person's own data."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.bulk import Row
from luytre.journal.models import Entry
from luytre.register import reading
from luytre.rooms.rights import actions
from luytre.verbs import READS

from .conftest import FILED, TODAY
from .test_isolation import Papers, body_of

Signed = Callable[..., Client]


def last_read() -> Entry:
    return Entry.objects.filter(verb__in=READS).latest("pk")


def mentioned(entry: Entry) -> set[str]:
    return set(entry.mentions.values_list("thing", flat=True))


# -- why --


def test_why_one_sees_names_post_way_and_letter(strangers: Papers, signed_in: Signed) -> None:
    text = body_of(signed_in("head").get("/desk/rights/", {"thing": "child"}))
    assert "Trung tâm Măng Non" in text
    assert "Sở Trúc Quân Tử → Trung tâm Măng Non" in text
    assert "người đứng đầu, Sở Trúc Quân Tử, từ 01/01/2022" in text
    detail = {"to": "org:sibling", "number": "41/CV", "until_on": "2026-12-31", "scope": "systems"}
    journal.record(by="console", at=FILED, verb="delegation.granted", about=["org:commune"], on=FILED.date(), detail=detail)
    asked = {"thing": "system:sys-commune", "verb": "hunt.completed"}
    text = body_of(signed_in("sibling-head").get("/desk/rights/", asked))
    assert "Văn bản số 41/CV, từ 20/11/2026 đến hết 31/12/2026." in text
    assert "UBND xã Lồ Ô giao bằng văn bản cho đơn vị của ông/bà." in text
    assert "trong toàn tỉnh" in body_of(signed_in("chair").get("/desk/rights/", {"thing": "commune"}))


def test_why_not_says_the_same_of_foreign_absent_and_closed(strangers: Papers, signed_in: Signed) -> None:
    said = {}
    for thing in ("org:agency", "org:khong-co", "system:sys-agency", f"entry:{strangers['agency'].pk}", "entry:987654", "person:head", "x"):
        for verb in ("see", "plan.submitted", "khong.co"):
            text = body_of(signed_in("commune").get("/desk/rights/", {"thing": thing, "verb": verb}))
            said[thing, verb] = re.sub(rf"(?<![\w.]){re.escape(thing)}(?![\w.])", "…", text)
    assert len({text for (_, verb), text in said.items() if verb == "see"}) == 1
    assert "Các trường hợp được trả lời như nhau" in said["org:agency", "see"]


def test_why_not_here_names_whose_work_it_is(strangers: Papers, signed_in: Signed) -> None:
    text = body_of(signed_in("contact").get("/desk/rights/", {"thing": "agency", "verb": "register.confirmed"}))
    assert "Việc này thuộc: người đứng đầu." in text
    text = body_of(signed_in("head").get("/desk/rights/", {"thing": "child", "verb": "plan.submitted"}))
    assert "Ông/bà thấy nơi này, nhưng không vị trí nào đang giữ được làm việc đó ở đây" in text


# -- labels --


def give(entry: Entry, tlp: str, *to: str, by: str = "person:contact") -> None:
    about = [mention.thing for mention in entry.mentions.all()]
    actions.label(by=by, at=FILED, of=f"entry:{entry.pk}", about=about, tlp=tlp, to=[f"person:{code}" for code in to])


@pytest.mark.parametrize(
    ("tlp", "readers"),
    [
        ("clear", {"contact", "head", "officer", "child-head", "coordinator", "response", "chair", "auditor", "appraiser"}),
        ("green", {"contact", "head", "officer", "child-head", "coordinator", "response", "chair", "auditor", "appraiser"}),
        ("amber", {"contact", "head", "officer", "child-head", "coordinator", "response", "chair"}),
        ("amber+strict", {"child-head", "coordinator", "response", "chair"}),
        ("red", {"response", "chair"}),
    ],
)
def test_a_label_narrows_who_reads(tlp: str, readers: set[str], strangers: Papers, signed_in: Signed) -> None:
    """A paper of the child, labelled by the response team; the commune is named, which opens nothing it does not see."""
    give(strangers["child"], tlp, "commune", by="person:response")
    for who in ("contact", "head", "officer", "child-head", "coordinator", "response", "chair", "auditor", "appraiser", "commune"):
        opened = reading.may_read(strangers["child"].pk, seen_by=f"person:{who}", on=TODAY)
        assert opened == (who in readers or who == "commune"), who
        status = signed_in(who).get(f"/desk/duties/evidence/{strangers['child'].pk}/").status_code
        assert status == (200 if who in readers else 404), who


def test_where_nothing_is_labelled_one_question_is_enough(strangers: Papers, django_assert_num_queries: Any) -> None:
    """Every list asks it: without labels neither posts nor tree are read, and the console reads all without asking."""
    with django_assert_num_queries(1):
        assert reading.closed("person:head", TODAY) == frozenset()
    give(strangers["agency"], "red")
    with django_assert_num_queries(0):
        assert reading.closed("console", TODAY) == frozenset()
    assert reading.closed("person:head", TODAY) == {f"entry:{strangers['agency'].pk}"}


def test_a_few_entries_are_read_as_they_are_one_by_one(strangers: Papers, django_assert_num_queries: Any) -> None:
    papers = [strangers["agency"].pk, strangers["child"].pk]
    with django_assert_num_queries(2):  # the entries and the labels; how far one reads of incidents is not asked
        assert reading.readable_of(papers, seen_by="person:auditor", on=TODAY) == set(papers)
    held = journal.record(by="console", at=FILED, verb="incident.detected", about=["system:sys-child"], on=FILED.date(), filed=True)
    give(strangers["child"], "red", by="person:response")
    for who in ("head", "child-head", "response", "chair", "auditor", "commune"):
        for numbers in (papers, [*papers, held.pk], []):
            one_by_one = {number for number in numbers if reading.may_read(number, seen_by=f"person:{who}", on=TODAY)}
            assert reading.readable_of(numbers, seen_by=f"person:{who}", on=TODAY) == one_by_one, who


def test_the_last_label_counts_and_one_taken_back_never_was(strangers: Papers) -> None:
    paper = strangers["agency"]
    give(paper, "red")
    assert not reading.may_read(paper.pk, seen_by="person:head", on=TODAY)
    give(paper, "green")
    assert reading.may_read(paper.pk, seen_by="person:head", on=TODAY)
    give(paper, "red")
    journal.retract(by="console", at=FILED, entry=Entry.objects.filter(verb="label.given").latest("pk"))
    assert reading.may_read(paper.pk, seen_by="person:head", on=TODAY)
    assert reading.may_read(paper.pk, seen_by="console", on=TODAY)


def test_who_wrote_it_keeps_reading_it(strangers: Papers) -> None:
    mine = journal.record(by="person:officer", at=FILED, verb="plan.submitted", about=["org:agency"], on=FILED.date(), filed=True)
    give(mine, "red")
    assert [reading.may_read(mine.pk, seen_by=f"person:{who}", on=TODAY) for who in ("officer", "contact", "head")] == [True, True, False]


def test_a_labelled_paper_is_gone_from_lists_files_and_search(strangers: Papers, signed_in: Signed) -> None:
    paper = strangers["agency"]
    file = paper.attachments.get().pk
    give(paper, "red")
    client = signed_in("head")
    assert client.get(f"/desk/duties/evidence/{paper.pk}/files/{file}/").status_code == 404
    assert f"/evidence/{paper.pk}/" not in client.get("/desk/organisations/agency/").content.decode()
    assert f"/evidence/{paper.pk}/" not in client.get("/desk/search/", {"q": "9/kin-agency"}).content.decode()
    assert f"/evidence/{paper.pk}/" in signed_in("chair").get("/desk/organisations/agency/").content.decode()


def test_the_window_labels_what_one_sees_and_may(strangers: Papers, signed_in: Signed) -> None:
    paper = strangers["agency"]
    said = {"of": f"entry:{paper.pk}", "tlp": "amber+strict", "to": "commune, officer"}
    assert signed_in("auditor").post("/desk/rights/label/", said).status_code == 403
    assert signed_in("commune").post("/desk/rights/label/", said).status_code == 404
    assert signed_in("contact").get("/desk/rights/label/", {"of": said["of"]}).status_code == 200
    assert signed_in("contact").post("/desk/rights/label/", {**said, "tlp": "đen"}).status_code == 422
    assert signed_in("contact").post("/desk/rights/label/", said).status_code == 302
    label = reading.label_of(said["of"], TODAY)
    assert label is not None
    assert (label.tlp, label.named) == ("amber+strict", {"person:contact", "console", "person:commune", "person:officer"})
    assert "TLP:AMBER+STRICT" in signed_in("contact").get(f"/desk/duties/evidence/{paper.pk}/").content.decode()


# -- incidents, and systems kept by number --


def test_who_may_not_read_incidents_does_not(strangers: Papers, signed_in: Signed) -> None:
    held = journal.record(by="console", at=FILED, verb="incident.detected", about=["system:sys-child"], on=FILED.date(), filed=True)
    address = f"/desk/duties/evidence/{held.pk}/"
    for who, status in {
        "child-head": 200,
        "head": 200,
        "response": 200,
        "chair": 200,
        "auditor": 404,
        "appraiser": 404,
        "commune": 404,
    }.items():
        before = Entry.objects.filter(verb="incident.read").count()
        assert signed_in(who).get(address).status_code == status, who
        told = Entry.objects.filter(verb="incident.read").count() - before
        assert told == (1 if status == 200 else 0), who
    assert (last_read().by, mentioned(last_read()), last_read().detail) == ("person:chair", {"system:sys-child"}, {"entry": held.pk})
    assert "Ghi nhận sự cố" not in signed_in("auditor").get("/desk/systems/sys-child/").content.decode()
    assert "Ghi nhận sự cố" in signed_in("head").get("/desk/systems/sys-child/").content.decode()


def test_of_some_systems_only_reference_numbers_are_kept(strangers: Papers, signed_in: Signed) -> None:
    address, said = "/desk/rights/systems/sys-agency/storage/", {"number": "5/QĐ", "signed_on": "20/11/2026"}
    assert signed_in("contact").post(address, said).status_code == 403
    assert signed_in("commune").post(address, said).status_code == 404
    assert signed_in("head").post(address, {**said, "number": ""}).status_code == 422
    assert signed_in("head").post(address, said).status_code == 302

    def found(**more: Any) -> Entry:
        about, on = ["system:sys-agency"], FILED.date()
        return journal.record(by="person:contact", at=journal.clock.now(), verb="weakness.found", about=about, on=on, filed=True, **more)

    upload = journal.Upload("quet.pdf", "application/pdf", b"%PDF-1.7 CVE")
    for more in ({"aside": {"note": "CVE-2026-1"}}, {"attachments": [upload]}):
        with pytest.raises(Refusal, match="số tham chiếu"):
            found(detail={"weakness": "DY-01"}, **more)
    assert found(detail={"weakness": "DY-01", "number": "DY-01"}).pk
    assert signed_in("chair").post(address, said).status_code == 302  # opened again
    assert found(detail={"weakness": "DY-02"}, aside={"note": "mở lại"}).pk


def test_where_no_system_is_kept_by_number_writing_asks_once(strangers: Papers, django_assert_num_queries: Any) -> None:
    """A register of a province is written in one go: what is screened costs one question for all of it, and nothing for other facts."""
    about = [f"system:sys-{owner}" for owner in ("agency", "child", "sibling", "commune")]
    row = Row(verb="weakness.found", by="person:contact", at=FILED, about=about, on=FILED.date(), aside={"note": "CVE-2026-1"})
    with django_assert_num_queries(1):
        reading.screen([row])
    with django_assert_num_queries(0):
        reading.screen([replace(row, verb="principles.taught"), replace(row, aside=None)])


# -- delegations --


def test_a_head_ends_a_delegation_and_the_right_ends_with_the_next_page(strangers: Papers, signed_in: Signed) -> None:
    given = {"unit": "org:child", "to": "org:agency", "number": "3/CV", "on": "01/11/2026", "scope": "all"}
    assert signed_in("child-head").post("/desk/duties/delegations/new/", given).status_code == 302
    number = Entry.objects.get(verb="delegation.granted").pk
    paper = {"body": "org:child", "proofs": ["D01:principles.taught"], "number": "1/BC", "on": "20/11/2026", "declared": "on"}
    assert signed_in("contact").post("/desk/duties/file/", paper).status_code == 302
    assert "Còn hiệu lực" in signed_in("contact").get("/desk/duties/delegations/").content.decode()
    address, end = f"/desk/duties/delegations/{number}/end/", {"number": "4/CV", "on": "22/11/2026"}
    assert signed_in("contact").post(address, end).status_code == 403
    assert signed_in("commune").post(address, end).status_code == 404
    assert signed_in("child-head").post(address, {**end, "on": "31/10/2026"}).status_code == 422
    assert signed_in("child-head").get(address).status_code == 200
    assert signed_in("child-head").post(address, end).status_code == 302
    assert signed_in("contact").post("/desk/duties/file/", {**paper, "number": "2/BC"}).status_code == 404
    assert "Đã hết" in signed_in("child-head").get("/desk/duties/delegations/").content.decode()
    assert signed_in("child-head").post(address, end).status_code == 403, "what is over is not ended again"


# -- the journal --


def test_the_journal_is_read_by_its_readers_and_each_look_is_in_it(strangers: Papers, signed_in: Signed) -> None:
    for who in ("head", "coordinator", "response", "administrator", "enterprise", "appraiser"):
        assert signed_in(who).get("/desk/rights/journal/").status_code == 403, who
        assert signed_in(who).get("/desk/rights/journal/heads/").status_code == 403, who
        assert signed_in(who).get("/desk/rights/journal/bundle.tar").status_code == 403, who
    text = body_of(signed_in("auditor").get("/desk/rights/journal/", {"verb": "principles", "thing": "agency"}))
    assert "Sở Trúc Quân Tử" in text
    assert "ghi chú kín" not in text
    assert "KIN-" not in text
    assert (last_read().verb, last_read().by, last_read().detail) == (
        "journal.read",
        "person:auditor",
        {"page": 1, "asked": "principles agency"},
    )
    assert mentioned(last_read()) == {"org:tinh"}
    assert "đọc nhật ký" in body_of(signed_in("chair").get("/desk/rights/journal/", {"by": "auditor", "from_on": "01/01/2020"}))
    assert signed_in("auditor").get("/desk/rights/journal/heads/").status_code == 200


def test_the_bundle_of_the_window_is_whole_and_without_private_parts(strangers: Papers, signed_in: Signed, tmp_path: Any) -> None:
    from luytre.journal import standalone

    answer = signed_in("auditor").get("/desk/rights/journal/bundle.tar")
    (tmp_path / "goi.tar").write_bytes(b"".join(answer.streaming_content))
    assert standalone.main([str(tmp_path / "goi.tar")]) == 0
    assert "ghi chú kín" not in (tmp_path / "goi.tar").read_bytes().decode(errors="replace")
    assert last_read().verb == "journal.exported"


@pytest.mark.parametrize(
    ("who", "address", "what"),
    [("administrator", "/desk/register/export.xlsx", "register"), ("head", "/desk/board/matrix.xlsx", "matrix")],
)
def test_what_is_taken_out_is_told(who: str, address: str, what: str, strangers: Papers, signed_in: Signed) -> None:
    assert signed_in(who).get(address).status_code == 200
    assert (last_read().verb, last_read().by, last_read().detail["what"]) == ("export.taken", f"person:{who}", what)


def test_readings_stand_in_no_history_but_the_journals(strangers: Papers, signed_in: Signed) -> None:
    client = signed_in("head")
    before = body_of(client.get("/desk/organisations/agency/"))
    assert client.get("/desk/rights/people/officer/").status_code == 200
    assert (
        client.get(f"/desk/duties/evidence/{strangers['agency'].pk}/files/{strangers['agency'].attachments.get().pk}/").status_code == 200
    )
    assert last_read().verb == "export.taken"
    assert body_of(client.get("/desk/organisations/agency/")) == before


# -- what was sent once --


def test_a_kept_file_is_kept_for_whoever_sent_it(strangers: Papers, signed_in: Signed) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = {"body": "org:agency", "proofs": ["D01:principles.taught"], "number": "", "on": "", "declared": "on"}
    sent = SimpleUploadedFile("quet.pdf", b"%PDF-1.7 kin", "application/pdf")
    answer = signed_in("contact").post("/desk/duties/file/", {**paper, "scans": sent})
    assert answer.status_code == 422
    token = answer.context["form"].kept_files[0].token
    whole = {**paper, "number": "8/BC", "on": "20/11/2026", "kept": token}
    signed_in("officer").post("/desk/duties/file/", whole)
    signed_in("contact").post("/desk/duties/file/", {**whole, "number": "9/BC"})
    files = {entry.detail["number"]: entry.attachments.count() for entry in Entry.objects.filter(filed=True, by__startswith="person:")}
    assert files.get("8/BC", 0) == 0
    assert files["9/BC"] == 1
