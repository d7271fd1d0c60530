"""Signs a paper's PDF (PAdES) with a PKCS#12 file or a PKCS#11 token; each signature is an increment over the bytes before it.

The moment comes in as an argument and a time-stamper, if any, from above: no clock and no network here.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError

from luytre.core.paper.loops import apart
from luytre.core.paper.stamp import HIGH_PT, WIDE_PT, stamp
from luytre.core.refusal import Refusal

PERSON, SEAL = "ChuKy", "ConDau"  # names of signature fields: an officer's signature, the body's own seal


class Spot(NamedTuple):
    """Where a signature shows: page from 1, centre across and top down, in millimetres of the page as read."""

    page: int
    x_mm: float
    y_mm: float


@contextmanager
def pkcs12(data: bytes, passphrase: str) -> Iterator[signers.Signer]:
    """The key of a PKCS#12 file. Refuses a file that is none and a passphrase that does not open it."""
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=passphrase.encode())
    except (ValueError, TypeError) as error:
        raise Refusal("không mở được tệp khóa PKCS#12: sai mật khẩu hoặc tệp hỏng", field="passphrase", status=422) from error
    if signer is None or signer.signing_cert is None:
        raise Refusal("không mở được tệp khóa PKCS#12: sai mật khẩu hoặc tệp không có khóa", field="passphrase", status=422)
    yield signer


@contextmanager
def pkcs11(module: str, token: str, pin: str, label: str) -> Iterator[signers.Signer]:
    """The key `label` on a token (a smart card, a USB token, an HSM) by its PKCS#11 library. Refuses what the token refuses."""
    try:
        from pkcs11 import exceptions
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise Refusal("máy chủ chưa cài thư viện PKCS#11; hãy cài luytre[token]", status=409) from error
    try:
        session = open_pkcs11_session(module, token_criteria=TokenCriteria(label=token), user_pin=pin)
    except exceptions.PinIncorrect as error:
        raise Refusal("sai mã PIN của thiết bị ký", field="pin", status=422) from error
    except (exceptions.PKCS11Error, OSError, RuntimeError) as error:
        raise Refusal(f"không mở được thiết bị ký “{token}”: {type(error).__name__}", status=409) from error
    with session:
        yield PKCS11Signer(session, cert_label=label, key_label=label)


def sign(pdf: bytes, signer: signers.Signer, *, at: datetime, field: str, spot: Spot | None = None, timestamper: Any = None) -> bytes:
    """The PDF with one more signature in the named field, made at `at` (aware). `spot` shows it; None leaves it unseen.

    Refuses a certificate out of its days, a field that is already signed and a PDF that cannot be signed.
    """
    _in_its_days(signer, at)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        style, spec = (_look(signer, field, at), _field(writer, field, spot)) if spot else (None, fields.SigFieldSpec(field))
        meta = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256")
        ready = _At(at, meta, signer, stamp_style=style, timestamper=timestamper, new_field_spec=spec)
        made = apart(lambda: ready.sign_pdf(writer))
    except SigningError as error:
        raise Refusal(f"không ký được: {error}", status=409) from error
    except PdfError as error:
        raise Refusal(f"tệp PDF không ký được: {error}", status=422) from error
    return bytes(made.getvalue())


class _At(signers.PdfSigner):
    """A signer that is told the time instead of asking for it."""

    def __init__(self, at: datetime, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._at = at

    def init_signing_session(self, *args: Any, **named: Any) -> Any:
        session = super().init_signing_session(*args, **named)
        session.system_time = self._at
        return session


def fields_signed(pdf: bytes) -> list[str]:
    """Names of the fields that already hold a signature, in order."""
    return [signature.field_name for signature in PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures]


def next_field(pdf: bytes, kind: str = PERSON) -> str:
    """A free field name for one more signature of the kind: "ChuKy1", "ChuKy2", …"""
    return f"{kind}{1 + sum(name.startswith(kind) for name in fields_signed(pdf))}"


def _in_its_days(signer: signers.Signer, at: datetime) -> None:
    cert: x509.Certificate = signer.signing_cert
    if not cert.not_valid_before <= at <= cert.not_valid_after:
        days = f"{cert.not_valid_before:%d/%m/%Y} đến {cert.not_valid_after:%d/%m/%Y}"
        raise Refusal(f"chứng thư số chỉ có hiệu lực từ {days}; hãy gia hạn chứng thư trước khi ký", status=422)


def _field(writer: IncrementalPdfFileWriter, field: str, spot: Spot) -> fields.SigFieldSpec:
    page, _inherited = writer.find_page_for_modification(spot.page - 1)  # type: ignore[no-untyped-call]
    high = float(page.get_object().get("/MediaBox", (0, 0, 595.28, 841.89))[3])
    x, top = spot.x_mm * 72 / 25.4, high - spot.y_mm * 72 / 25.4
    place = (round(x - WIDE_PT / 2), round(top - HIGH_PT), round(x + WIDE_PT / 2), round(top))
    return fields.SigFieldSpec(field, on_page=spot.page - 1, box=place)


def _look(signer: signers.Signer, field: str, at: datetime) -> Any:
    seal = field.startswith(SEAL)
    who = ("Cơ quan ký số: " if seal else "Người ký số: ") + common_name(signer.signing_cert)
    return stamp([who, f"Thời gian ký: {at:%d/%m/%Y %H:%M:%S} {at:%z}"], "#c00000" if seal else "#003a8c", at)


def common_name(cert: x509.Certificate) -> str:
    """The subject's common name, or its whole name where there is none."""
    return str(cert.subject.native.get("common_name") or cert.subject.human_friendly)
