"""A paper that went out and came back signed: is it the same paper, and who signed it? Wrong, expired, altered: said why.

Nothing is fetched: trust is a list of roots given by the installation, revocation only what the file itself carries.
"""

import hashlib
import io
import logging
import re
import unicodedata
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError
from pypdf import PdfReader
from pypdf.generic import StreamObject

from luytre.core.paper.loops import apart
from luytre.core.paper.signing import common_name

MAX_BYTES = 60_000_000
Binding = Literal["bytes", "contents", "text", "none"]


class Signature(Struct, frozen=True, kw_only=True):
    """One signature of a returned paper; no faults = whole, by a trusted certificate in its days."""

    field: str
    signer: str
    issuer: str
    serial: str
    signed_at: datetime | None
    timestamped: bool
    faults: tuple[str, ...]


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether a returned file may be kept as the signed copy. `binding` says how it is tied to the frozen paper: its bytes are the
    beginning of the file; its pages' contents are equal; or their text is. Faults are Vietnamese sentences for the officer."""

    binding: Binding
    signatures: tuple[Signature, ...]
    faults: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        return not self.faults and bool(self.signatures) and all(not signature.faults for signature in self.signatures)

    @property
    def reasons(self) -> tuple[str, ...]:
        """All faults, those of single signatures with their signer's name."""
        return self.faults + tuple(f"{s.signer}: {fault}" for s in self.signatures for fault in s.faults)


def examine(frozen: bytes, returned: bytes, roots: list[bytes], at: datetime) -> Verdict:
    """Compare a returned file with the frozen PDF and check its signatures as of `at` against trusted roots (DER or PEM)."""
    trusted = [certificate for root in roots for certificate in load_certs_from_pemder_data(root)]
    if len(returned) > MAX_BYTES:
        return _refused(f"tệp lớn quá {MAX_BYTES // 1_000_000} MB")
    if not returned[:1024].lstrip().startswith(b"%PDF-"):
        return _refused("tệp gửi lại không phải PDF")
    try:
        binding, faults = _bound(frozen, returned)
        signatures = _signatures(returned, trusted, at)
    except Exception:  # what two PDF libraries may raise over a stranger's bytes cannot be listed: whatever it is, nothing is accepted
        return _refused("không đọc được tệp PDF gửi lại; tệp bị hỏng hoặc bị khóa")
    if not signatures:
        faults.append("tệp gửi lại chưa có chữ ký số; hãy ký bằng phần mềm ký số rồi gửi lại")
    return Verdict(binding=binding, signatures=tuple(signatures), faults=tuple(faults))


def _refused(says: str) -> Verdict:
    return Verdict(binding="none", signatures=(), faults=(says,))


# -- the same paper? ----------------------------------------------------------------------------------------------------


def _bound(frozen: bytes, returned: bytes) -> tuple[Binding, list[str]]:
    ours, theirs = PdfReader(io.BytesIO(frozen)), PdfReader(io.BytesIO(returned))
    if theirs.is_encrypted:
        return "none", ["tệp gửi lại bị đặt mật khẩu; hãy gửi tệp không đặt mật khẩu"]
    if len(ours.pages) != len(theirs.pages):
        return "none", [f"tệp gửi lại có {len(theirs.pages)} trang, văn bản đã ban hành có {len(ours.pages)} trang"]
    faults = _added(theirs)
    changed = [n for n, (a, b) in enumerate(zip(ours.pages, theirs.pages, strict=True), 1) if _text(a) != _text(b)]
    if changed:
        pages = ", ".join(map(str, changed[:10]))
        return "none", [f"nội dung trang {pages} khác văn bản đã ban hành; tệp đã bị sửa hoặc là văn bản khác", *faults]
    if all(_contents(a) == _contents(b) for a, b in zip(ours.pages, theirs.pages, strict=True)):
        return ("bytes" if returned.startswith(frozen) else "contents"), faults
    return "text", faults


def _text(page: Any) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", page.extract_text()))


def _contents(page: Any) -> tuple[str, tuple[str, ...]]:
    """Digests of what draws the page: its content stream, and every stream its resources lead to (fonts, pictures, forms)."""
    stream = page.get_contents()
    drawn = hashlib.sha256(stream.get_data() if stream else b"").hexdigest()
    found: set[str] = set()
    waiting, seen = [page.get("/Resources")], set()
    while waiting:
        here = waiting.pop()
        here = here.get_object() if hasattr(here, "get_object") else here
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, StreamObject):
            found.add(hashlib.sha256(here.get_data()).hexdigest())
        waiting.extend(here.values() if isinstance(here, dict) else here if isinstance(here, list) else ())
    return drawn, tuple(sorted(found))


def _added(reader: Any) -> list[str]:
    """What a signed copy may not bring along: commands, scripts, files, notes over the text."""
    root, faults = reader.trailer["/Root"], []
    if any(key in root for key in ("/OpenAction", "/AA")) or "/JavaScript" in (root.get("/Names") or {}):
        faults.append("tệp gửi lại có lệnh tự chạy; không nhận")
    if "/EmbeddedFiles" in (root.get("/Names") or {}):
        faults.append("tệp gửi lại có tệp đính kèm bên trong; hãy gửi riêng tệp đó")
    for number, page in enumerate(reader.pages, 1):
        notes = [a.get_object() for a in page.get("/Annots") or []]
        if any(not _harmless(note) for note in notes):
            faults.append(f"trang {number} có ghi chú, hình vẽ hoặc ô nhập đè lên văn bản; hãy ký lại từ tệp gốc")
    return faults


def _harmless(note: Any) -> bool:
    parent = note.get("/Parent")
    kind = note.get("/FT") or (parent.get_object().get("/FT") if parent else None)
    return note.get("/Subtype") == "/Widget" and kind == "/Sig"


# -- who signed? --------------------------------------------------------------------------------------------------------


def _signatures(returned: bytes, roots: list[Any], at: datetime) -> list[Signature]:
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # its tracebacks are our sentences
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    reader = PdfFileReader(io.BytesIO(returned), strict=False)
    found = list(reader.embedded_regular_signatures)
    return [_signature(one, roots, at, last=index + 1 == len(found)) for index, one in enumerate(found)]


def _signature(one: Any, roots: list[Any], at: datetime, *, last: bool) -> Signature:
    faults: list[str] = []
    status = None
    try:
        status = apart(lambda: validate_pdf_signature(one, _context(roots, at), ts_validation_context=_context(roots, at)))
        faults.extend(_faults_of(status, at, last=last))
    except (SignatureValidationError, ValidationError, ValueError) as error:
        faults.append(f"không kiểm tra được chữ ký ({error})")
    cert = one.signer_cert
    return Signature(
        field=str(one.field_name or ""),
        signer=common_name(cert),
        issuer=str(cert.issuer.native.get("common_name") or cert.issuer.human_friendly),
        serial=f"{cert.serial_number:x}",
        signed_at=one.self_reported_timestamp,
        timestamped=bool(status and status.timestamp_validity and status.timestamp_validity.trusted),
        faults=tuple(faults),
    )


def _context(roots: list[Any], at: datetime) -> ValidationContext:
    return ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)


def _faults_of(status: Any, at: datetime, *, last: bool) -> list[str]:
    if not status.intact:
        return ["nội dung đã bị sửa sau khi ký (mã băm không khớp)"]
    faults = []
    if not status.valid:
        faults.append("chữ ký không khớp với chứng thư số")
    if last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        faults.append("tệp có phần được thêm vào sau khi ký")
    elif status.coverage < SignatureCoverageLevel.ENTIRE_REVISION or status.modification_level is None or not status.docmdp_ok:
        faults.append("văn bản bị thay đổi sau chữ ký này")
    if not status.trusted:
        faults.append(_untrusted(status.signing_cert, status.trust_problem_indic, at))
    stamped = status.timestamp_validity
    if stamped is not None and not (stamped.intact and stamped.valid and stamped.trusted):
        faults.append("dấu thời gian không hợp lệ hoặc không do tổ chức tin cậy cấp")
    return faults


def _untrusted(cert: Any, problem: Any, at: datetime) -> str:
    """Why the certificate is not taken: out of its days, revoked, of an unknown authority."""
    if not cert.not_valid_before <= at <= cert.not_valid_after:
        days = f"{cert.not_valid_before:%d/%m/%Y} đến {cert.not_valid_after:%d/%m/%Y}"
        return f"chứng thư số hết hạn hoặc chưa có hiệu lực (hiệu lực từ {days})"
    name = problem.name if problem is not None else ""
    if "REVOKED" in name:
        return "chứng thư số đã bị thu hồi"
    if "NO_CERTIFICATE_CHAIN" in name:
        return "chứng thư số không do tổ chức chứng thực được tin cậy cấp; xem danh sách gốc tin cậy trong cài đặt"
    return f"chứng thư số không được tin cậy ({name or 'không rõ lý do'})"
