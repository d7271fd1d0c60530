"""Signed heads: once a day the end of the chain is signed (Ed25519), so that it can be printed or sent and the past not be written anew."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal import keys
from luytre.journal.models import Head, SignedHead
from luytre.journal.sealer import seal
from luytre.journal.standalone import head_text


def sign(at: datetime) -> SignedHead | None:
    """Sign where the chain ends now; the same end is signed once. None while nothing has happened yet."""
    seal()
    end = Head.objects.filter(pk=1).first()
    if end is None or not end.seq:
        return None
    key = private_key()
    public = key.public_key().public_bytes_raw().hex()
    last = SignedHead.objects.filter(seq=end.seq, key=public).first()
    if last is not None and last.link == end.link:
        return last
    head = SignedHead(day=timezone.localdate(at), seq=end.seq, link=end.link, at=at, key=public)
    head.signature = key.sign(head_text(plain(head)).encode()).hex()
    head.save()
    return head


def sign_daily(at: datetime) -> SignedHead | None:
    """The day's head: signed where the day has none yet."""
    return SignedHead.objects.filter(day=timezone.localdate(at)).order_by("-pk").first() or sign(at)


def plain(head: SignedHead) -> dict[str, object]:
    """A head as the bundle and the print carry it."""
    at = head.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"day": head.day.isoformat(), "seq": head.seq, "link": head.link, "at": at, "key": head.key, "signature": head.signature}


def printed(head: SignedHead) -> str:
    """The text to print or to send to another body; `luytre journal verify BUNDLE --head FILE` reads it back."""
    return head_text(plain(head)) + f"signature: {head.signature}\n"


def last() -> SignedHead | None:
    return SignedHead.objects.order_by("-pk").first()


def private_key() -> Ed25519PrivateKey:
    """The key of this installation: made on the first start, readable by its owner only."""
    place = Path(settings.LUYTRE_JOURNAL_KEY)
    key = load_pem_private_key(keys.held(place, _fresh), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal(_("Tệp %(place)s không phải khóa Ed25519.") % {"place": place}, status=500)
    return key


def _fresh() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
