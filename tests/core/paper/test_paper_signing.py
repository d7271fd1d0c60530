"""Signing and coming back: whole and trusted is taken; wrong, expired, altered, foreign is refused with the reason; pdfsig agrees."""

import asyncio
import io
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from paper_pdf import run
from paper_pki import AT, PASSPHRASE, Authority, stamper
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from luytre.core.paper.pdf import pdf, spots
from luytre.core.paper.reading import from_plain, read
from luytre.core.paper.returned import Verdict, examine
from luytre.core.paper.signing import SEAL, Spot, fields_signed, next_field, pkcs11, pkcs12, sign
from luytre.core.refusal import Refusal

SAMPLE = (Path(__file__).parent / "samples" / "form03.json").read_bytes()
HSM = next((p for p in ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so") if Path(p).exists()), "")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("Gốc tin cậy (thử)")


@pytest.fixture(scope="module")
def frozen() -> bytes:
    return pdf(read(SAMPLE))


@pytest.fixture(scope="module")
def signed(authority: Authority, frozen: bytes) -> bytes:
    return _sign(frozen, authority.pkcs12("Nguyễn Văn Thử"))


def _sign(document: bytes, key: bytes, field: str = "", **how: object) -> bytes:
    with pkcs12(key, PASSPHRASE) as signer:
        return sign(document, signer, at=AT, field=field or next_field(document), **how)  # type: ignore[arg-type]


def _verdict(authority: Authority, frozen: bytes, returned: bytes) -> Verdict:
    return examine(frozen, returned, [authority.root], AT)


def test_a_signed_paper_is_taken(authority: Authority, frozen: bytes, signed: bytes) -> None:
    verdict = _verdict(authority, frozen, signed)
    assert verdict.reasons == ()
    assert verdict.accepted
    assert verdict.binding == "bytes"
    assert [(s.signer, s.issuer) for s in verdict.signatures] == [("Nguyễn Văn Thử", "Gốc tin cậy (thử)")]
    assert verdict.signatures[0].signed_at == AT


def test_several_signers_seal_and_timestamp(authority: Authority, frozen: bytes) -> None:
    tsa = stamper(authority)
    page, x, y = spots(read(SAMPLE))[0]
    once = _sign(frozen, authority.pkcs12("Người thứ nhất"), spot=Spot(page, x, y), timestamper=tsa)
    twice = _sign(once, authority.pkcs12("Người thứ hai"))
    sealed = _sign(twice, authority.pkcs12("Sở Minh Họa"), field=next_field(twice, SEAL), spot=Spot(page, x - 25, y + 4))
    assert fields_signed(sealed) == ["ChuKy1", "ChuKy2", "ConDau1"]
    verdict = _verdict(authority, frozen, sealed)
    assert verdict.reasons == ()
    assert verdict.accepted
    assert [s.signer for s in verdict.signatures] == ["Người thứ nhất", "Người thứ hai", "Sở Minh Họa"]
    assert verdict.signatures[0].timestamped


def test_it_signs_and_examines_where_a_loop_already_runs(authority: Authority, frozen: bytes) -> None:
    async def within() -> Verdict:
        return _verdict(authority, frozen, _sign(frozen, authority.pkcs12("Nguyễn Văn Thử")))

    # in a thread of its own: a browser's driver may hold a loop in this one
    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(lambda: asyncio.run(within())).result().accepted


def test_unsigned_is_refused(authority: Authority, frozen: bytes) -> None:
    assert "chưa có chữ ký số" in _verdict(authority, frozen, frozen).reasons[0]


def test_an_unknown_authority_is_refused(authority: Authority, frozen: bytes) -> None:
    verdict = _verdict(authority, frozen, _sign(frozen, Authority("Kẻ lạ").pkcs12("Người lạ")))
    assert not verdict.accepted
    assert "không do tổ chức chứng thực được tin cậy cấp" in verdict.reasons[0]


def test_an_expired_certificate_is_refused(authority: Authority, frozen: bytes) -> None:
    key = authority.pkcs12("Hết hạn", since=-200, until=5)
    verdict = examine(frozen, _sign(frozen, key), [authority.root], AT.replace(month=12))
    assert not verdict.accepted
    assert "hết hạn" in verdict.reasons[0]
    with pytest.raises(Refusal, match="chỉ có hiệu lực"):
        _sign(frozen, authority.pkcs12("Quá hạn", since=-200, until=-5))


@pytest.mark.parametrize("offset", [0.02, 0.3, 0.6])
def test_an_altered_byte_is_refused(authority: Authority, frozen: bytes, signed: bytes, offset: float) -> None:
    spoilt = bytearray(signed)
    at = spoilt.index(b"stream", int(len(frozen) * offset)) + 40
    spoilt[at] ^= 1
    verdict = _verdict(authority, frozen, bytes(spoilt))
    assert not verdict.accepted
    assert verdict.reasons


def test_something_added_after_signing_is_refused(authority: Authority, frozen: bytes, signed: bytes) -> None:
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_annotation(0, FreeText(text="đã duyệt chi 5 tỷ", rect=(100, 400, 300, 420)))
    out = io.BytesIO()
    writer.write(out)
    verdict = _verdict(authority, frozen, out.getvalue())
    assert not verdict.accepted
    assert any("thêm vào sau khi ký" in reason for reason in verdict.reasons)
    assert any("ghi chú" in reason for reason in verdict.reasons)


def test_a_note_before_signing_is_refused_too(authority: Authority, frozen: bytes) -> None:
    writer = PdfWriter(io.BytesIO(frozen), incremental=True)
    writer.add_annotation(0, FreeText(text="thêm", rect=(100, 400, 300, 420)))
    out = io.BytesIO()
    writer.write(out)
    verdict = _verdict(authority, frozen, _sign(out.getvalue(), authority.pkcs12("Nguyễn Văn Thử")))
    assert not verdict.accepted
    assert any("ghi chú" in reason for reason in verdict.reasons)


def test_another_paper_is_refused(authority: Authority, frozen: bytes) -> None:
    other = read(SAMPLE.replace(b"612.000", b"61.000"))
    verdict = _verdict(authority, frozen, _sign(pdf(other), authority.pkcs12("Nguyễn Văn Thử")))
    assert not verdict.accepted
    assert verdict.binding == "none"
    assert "nội dung trang 1 khác văn bản đã ban hành" in verdict.reasons[0]


def test_a_tool_that_rewrites_the_file_still_binds_by_contents(authority: Authority, frozen: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(frozen)))
    out = io.BytesIO()
    writer.write(out)
    verdict = _verdict(authority, frozen, _sign(out.getvalue(), authority.pkcs12("Nguyễn Văn Thử")))
    assert verdict.reasons == ()
    assert verdict.binding == "contents"


def test_a_changed_font_is_no_longer_the_same_contents(authority: Authority, frozen: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(frozen)))
    font = writer.pages[0]["/Resources"]["/Font"]
    first = font[sorted(font)[0]]["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    key = next(name for name in first if name.startswith("/FontFile"))
    first[key].set_data(first[key].get_data() + b"\0")
    out = io.BytesIO()
    writer.write(out)
    verdict = _verdict(authority, frozen, _sign(out.getvalue(), authority.pkcs12("Nguyễn Văn Thử")))
    assert verdict.binding == "text"


@pytest.mark.parametrize("junk", [b"", b"not a pdf", b"%PDF-1.7\nrubbish", b"%PDF-1.7\n" + b"\0" * 5000])
def test_rubbish_is_refused_with_a_reason(authority: Authority, frozen: bytes, junk: bytes) -> None:
    verdict = _verdict(authority, frozen, junk)
    assert not verdict.accepted
    assert verdict.faults


def test_wrong_passphrase_and_wrong_file(authority: Authority) -> None:
    for data, phrase in ((authority.pkcs12("A"), "sai"), (b"junk", PASSPHRASE)):
        with pytest.raises(Refusal, match="không mở được tệp khóa"), pkcs12(data, phrase):
            raise AssertionError


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed (apt install poppler-utils)")
def test_pdfsig_agrees(signed: bytes, frozen: bytes, authority: Authority, tmp_path: Path) -> None:
    whole, spoilt, out = tmp_path / "whole.pdf", bytearray(signed), tmp_path / "spoilt.pdf"
    whole.write_bytes(signed)
    assert "Signature is Valid" in run("pdfsig", "-nocert", str(whole))
    assert "Total document signed" in run("pdfsig", "-nocert", str(whole))
    spoilt[spoilt.index(b"stream", 3000) + 40] ^= 1
    out.write_bytes(spoilt)
    said = subprocess.run(["pdfsig", "-nocert", str(out)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in said


@pytest.mark.skipif(not HSM or not shutil.which("softhsm2-util"), reason="SoftHSM is not installed (apt install softhsm2)")
def test_a_token_signs(authority: Authority, frozen: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    (tmp_path / "tokens").mkdir()
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    key, certificate = authority.issue("Cán bộ ký bằng token")
    _fill_token(tmp_path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), certificate.public_bytes(Encoding.DER))
    with pytest.raises(Refusal, match="PIN"), pkcs11(HSM, "thu", "9999", "can-bo"):
        raise AssertionError
    with pkcs11(HSM, "thu", "1234", "can-bo") as signer:
        made = sign(frozen, signer, at=AT, field="ChuKy1")
    verdict = _verdict(authority, frozen, made)
    assert verdict.reasons == ()
    assert verdict.signatures[0].signer == "Cán bộ ký bằng token"


def _fill_token(folder: Path, key: bytes, certificate: bytes) -> None:
    """A fresh SoftHSM token with the key and the certificate under one label."""
    env, pem = dict(os.environ), folder / "key.pem"
    pem.write_bytes(key)
    init = ["softhsm2-util", "--init-token", "--free", "--label", "thu", "--pin", "1234", "--so-pin", "0000"]
    subprocess.run(init, check=True, capture_output=True, env=env)
    load = ["softhsm2-util", "--import", str(pem), "--token", "thu", "--label", "can-bo", "--id", "a1", "--pin", "1234"]
    subprocess.run(load, check=True, capture_output=True, env=env)
    import pkcs11 as p11

    with p11.lib(HSM).get_token(token_label="thu").open(rw=True, user_pin="1234") as session:
        kind = {p11.Attribute.CLASS: p11.ObjectClass.CERTIFICATE, p11.Attribute.CERTIFICATE_TYPE: p11.CertificateType.X_509}
        subject = x509.Certificate.load(certificate).subject.dump()
        rest = {p11.Attribute.LABEL: "can-bo", p11.Attribute.ID: b"\xa1", p11.Attribute.SUBJECT: subject, p11.Attribute.TOKEN: True}
        session.create_object({**kind, **rest, p11.Attribute.VALUE: certificate})


def test_spots_are_within_the_signers_column() -> None:
    for sample in (Path(__file__).parent / "samples").glob("*.json"):
        paper = read(sample.read_bytes())
        found = spots(paper)
        assert len(found) == len(paper.signers)
        assert all(150 < x < 160 and 40 < y < 280 and page >= 1 for page, x, y in found)


def test_minutes_have_a_spot_for_every_signer() -> None:
    import json

    plain = json.loads(SAMPLE)
    plain["signers"] = [{"authority": ["NGƯỜI GHI"], "name": "A B"}, {"authority": ["CHỦ TRÌ"], "name": "C D"}]
    found = spots(from_plain(plain))
    assert [round(x) for _page, x, _y in found] == [70, 155]
