"""The records office: papers issued and frozen, re-issued with what changed, cancelled, taken back signed; templates kept by version."""

import hashlib
import json
import sys
from datetime import UTC, date, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from luytre import journal
from luytre.core.paper.letters import PaperRefused
from luytre.core.paper.model import Paper
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import from_plain
from luytre.core.paper.signing import pkcs12, sign
from luytre.core.paper.word import docx
from luytre.core.paper.word.original import original
from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.models import Entry
from luytre.papers import actions, queries
from luytre.papers.models import Book, IssuedPaper, Number
from luytre.register.models import Organisation

CORE = Path(__file__).parents[1] / "core" / "paper"
sys.path.insert(0, str(CORE))
from paper_pki import AT as SIGNED_AT  # noqa: E402
from paper_pki import PASSPHRASE, Authority, stamping_service  # noqa: E402

AT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def body(settings: Any, tmp_path: Path) -> Organisation:
    settings.MEDIA_ROOT, settings.LUYTRE_TRUST = tmp_path / "media", tmp_path / "trust"
    return Organisation.objects.create(code="so-minh-hoa", name="Sở Minh Họa")


def _draft(**changed: Any) -> Paper:
    plain = json.loads((CORE / "samples" / "form03.json").read_text())
    del plain["number"]
    return from_plain(plain | changed)


def _issue(body: Organisation, paper: Paper | None = None, **more: Any) -> IssuedPaper:
    told = actions.issue(by="console", at=AT, organisation=body, paper=paper or _draft(), **more)
    assert isinstance(told.result, IssuedPaper)
    return told.result


def test_an_issued_paper_is_frozen(body: Organisation) -> None:
    issued = _issue(body)
    again = queries.data_of(issued)
    assert str(issued.number) == "01/BC-SGDĐT"
    assert again.number == 1
    assert queries.file_of(issued, "pdf") == pdf(again)
    assert queries.file_of(issued, "docx") == docx(again)
    assert hashlib.sha256(queries.file_of(issued, "pdf")).hexdigest() == issued.pdf_sha256
    assert queries.broken(issued) == []
    entry = Entry.objects.get(verb="paper.issued")
    assert entry.detail["number"] == "01/BC-SGDĐT"
    assert {a.sha256 for a in entry.attachments.all()} == {issued.data_sha256, issued.pdf_sha256}
    assert journal.verify(AT).broken is None


def test_a_frozen_paper_that_was_touched_is_named(body: Organisation) -> None:
    issued = _issue(body)
    place = store.path(issued.pdf_sha256)
    place.write_bytes(place.read_bytes()[:-1])
    store.path(issued.docx_sha256).unlink()
    IssuedPaper.objects.filter(pk=issued.pk).update(data=issued.data.replace("612.000", "612"))
    found = queries.broken(IssuedPaper.objects.get(pk=issued.pk))
    assert len(found) == 3


def test_a_re_issue_shows_what_changed(body: Organisation) -> None:
    first = _issue(body)
    plain = json.loads((CORE / "samples" / "form03.json").read_text())
    blocks = plain["blocks"]
    blocks[1]["rows"][0]["value"] = "Sở Minh Họa"
    blocks.insert(2, {"kind": "paragraph", "text": "Đoạn thêm."})
    second = _issue(body, _draft(blocks=blocks), replaces=first)
    said = {change.path: (change.was, change.now) for change in queries.changed(second)}
    assert said["number"] == ("1", "2")
    assert said["blocks[1].rows[0].value"][1] == "Sở Minh Họa"
    assert any(now and "Đoạn thêm." in now for _was, now in said.values())
    assert len(said) == 3
    assert first.replaced_by == second


def test_numbers_run_by_kind_and_year(body: Organisation) -> None:
    other = Organisation.objects.create(code="khac", name="Khác")
    letter = _draft(type="", subject=[], letter_subject="trả lời", symbol="SGDĐT")
    old = _draft(issued_on="2025-12-31")
    numbers = [str(_issue(of, paper).number) for of, paper in ((body, None), (body, None), (body, letter), (other, None), (body, old))]
    assert numbers == ["01/BC-SGDĐT", "02/BC-SGDĐT", "01/SGDĐT", "01/BC-SGDĐT", "01/BC-SGDĐT"]
    assert Book.objects.count() == 4
    assert [queries.gaps(book) for book in Book.objects.all()] == [[]] * 4


def test_a_paper_that_cannot_be_set_takes_no_number(body: Organisation) -> None:
    with pytest.raises(PaperRefused):
        _issue(body, _draft(closing="Xong 🎉"))
    assert not Number.objects.exists()
    assert str(_issue(body).number) == "01/BC-SGDĐT"


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"number": 7}, "sổ đăng ký cấp"), ({"issued_on": None}, "chưa có ngày"), ({"issued_on": "2026-11-17"}, "sau hôm nay")],
)
def test_what_may_not_be_issued(body: Organisation, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        _issue(body, _draft(**changed))


def test_a_cancelled_number_stays_with_its_reason(body: Organisation) -> None:
    number = actions.take_number(by="console", at=AT, organisation=body, kind="BC", symbol="BC-SMH", on=date(2026, 11, 16)).result
    with pytest.raises(Refusal, match="Ghi lý do"):
        actions.cancel(by="console", at=AT, number=number, reason=" ")
    actions.cancel(by="console", at=AT, number=number, reason="Cấp nhầm sổ")
    with pytest.raises(Refusal, match="đã được hủy"):
        actions.cancel(by="console", at=AT, number=number, reason="lần nữa")
    assert Number.objects.get().cancellation.reason == "Cấp nhầm sổ"
    assert str(_issue(body).number) == "02/BC-SGDĐT"
    assert queries.gaps(Book.objects.get()) == []
    assert "Cấp nhầm" not in json.dumps(Entry.objects.get(verb="paper.cancelled").detail)


def test_only_those_with_the_right_may_issue(body: Organisation) -> None:
    with pytest.raises(Refusal, match="phân quyền"):
        actions.issue(by="person:stranger", at=AT, organisation=body, paper=_draft())
    assert not IssuedPaper.objects.exists()


def test_signed_copies_are_taken_whole_and_trusted_only(body: Organisation, settings: Any) -> None:
    issued, authority = _issue(body), Authority("Gốc")
    sent = queries.file_of(issued, "pdf")
    with pkcs12(authority.pkcs12("Người ký"), PASSPHRASE) as signer:
        signed = sign(sent, signer, at=SIGNED_AT, field="ChuKy1")
    with pytest.raises(Refusal, match="LUYTRE_TRUST"):
        actions.accept_signed(by="console", at=SIGNED_AT, paper=issued, content=signed)
    settings.LUYTRE_TRUST.mkdir()
    (settings.LUYTRE_TRUST / "root.der").write_bytes(authority.root)
    with pytest.raises(Refusal, match="chưa có chữ ký số"):
        actions.accept_signed(by="console", at=SIGNED_AT, paper=issued, content=sent)
    copy = actions.accept_signed(by="console", at=SIGNED_AT, paper=issued, content=signed).result
    assert copy.binding == "bytes"
    assert copy.signatures[0]["signer"] == "Người ký"
    with pytest.raises(Refusal, match="đã được nhận"):
        actions.accept_signed(by="console", at=SIGNED_AT, paper=issued, content=signed)
    other = _issue(body, _draft(closing="Văn bản khác./."))
    with pytest.raises(Refusal, match="khác văn bản đã ban hành"):
        actions.accept_signed(by="console", at=SIGNED_AT, paper=other, content=signed)
    actions.cancel(by="console", at=SIGNED_AT, number=issued.number, reason="Sai nội dung")
    with pytest.raises(Refusal, match="đã bị hủy"):
        actions.accept_signed(by="console", at=SIGNED_AT, paper=IssuedPaper.objects.get(pk=issued.pk), content=signed)


def test_the_server_signs_person_after_person_and_seals(body: Organisation, settings: Any) -> None:
    issued, authority = _issue(body), Authority("Gốc")
    settings.LUYTRE_TRUST.mkdir()
    (settings.LUYTRE_TRUST / "root.der").write_bytes(authority.root)
    for name, seal in (("Người thứ nhất", False), ("Người thứ hai", False), ("Sở Minh Họa", True)):
        with pkcs12(authority.pkcs12(name), PASSPHRASE) as signer:
            copy = actions.sign(by="console", at=SIGNED_AT, paper=issued, signer=signer, seal=seal).result
    assert [(s["signer"], s["field"]) for s in copy.signatures] == [
        ("Người thứ nhất", "ChuKy1"), ("Người thứ hai", "ChuKy2"), ("Sở Minh Họa", "ConDau1"),
    ]  # fmt: skip
    assert issued.signed_copies.count() == 3
    assert Entry.objects.filter(verb="paper.signed").count() == 3


def test_a_time_stamping_service_is_asked_where_one_is_set(body: Organisation, settings: Any) -> None:
    issued, authority = _issue(body), Authority("Gốc")
    settings.LUYTRE_TRUST.mkdir()
    (settings.LUYTRE_TRUST / "root.der").write_bytes(authority.root)
    with stamping_service(authority) as address:
        settings.LUYTRE_TSA = address
        settings.LUYTRE_OUT_NETWORKS, settings.LUYTRE_OUT_HTTP = (ip_network("127.0.0.0/8"),), True
        with pkcs12(authority.pkcs12("Người ký"), PASSPHRASE) as signer:
            copy = actions.sign(by="console", at=SIGNED_AT, paper=issued, signer=signer).result
    assert copy.signatures[0]["timestamped"] is True


def test_papers_of_a_demonstration_carry_its_mark(body: Organisation, settings: Any) -> None:
    settings.LUYTRE_MARK = "DỮ LIỆU MINH HỌA"
    assert queries.data_of(_issue(body, _draft(mark=""))).mark == "DỮ LIỆU MINH HỌA"


def test_templates_are_checked_versioned_and_restorable(body: Organisation) -> None:
    own = _edited("Kính gửi:", "Trân trọng kính gửi:")
    with pytest.raises(PaperRefused, match="nguoi_ki"):
        actions.load_template(by="console", at=AT, organisation=body, content=_edited("nguoi_ky", "nguoi_ki"))
    first = _issue(body)
    actions.load_template(by="console", at=AT, organisation=body, content=own)
    second = _issue(body)
    actions.restore_original(by="console", at=AT, organisation=body)
    third = _issue(body)
    assert [first.template, third.template] == [None, None]
    assert second.template is not None
    assert second.template.version == 1
    assert queries.template_bytes(second.template) == own
    assert queries.template_bytes(None) == original()
    assert queries.file_of(second, "docx") == docx(queries.data_of(second), own)
    assert queries.file_of(second, "docx") != docx(queries.data_of(second))


def _edited(old: str, new: str) -> bytes:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original())) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old.encode(), new.encode()) if name == "word/document.xml" else data)
    return buffer.getvalue()
