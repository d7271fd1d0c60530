"""Keys of machines: a body's own key with a scope, an end and a pace; only its digest is kept, the key itself is shown once.

A key is "lt_<name>_<secret>": the name (eight letters) is found by, said in the journal ("key:<name>") and shown on pages; the secret has
256 bits, so a plain SHA-256 of it is enough. What a scope lets a machine write stands in SCOPES; for which thing: its body and what the
body owns or operates; what any citizen may report, any key with that scope may.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.register.organisations import Organisation

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
NAME = re.compile(rf"[{LETTERS}]{{8}}")
TOKEN = re.compile(rf"lt_([{LETTERS}]{{8}})_([A-Za-z0-9_-]{{43}})")
LONGEST = timedelta(days=731)  # a key that never ends is one that nobody looks at
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Scope:
    """What a machine may do: its words, and the verbs it writes or reads by."""

    says: Mapping[str, str]
    verbs: frozenset[str]


SCOPES: dict[str, Scope] = {
    "incidents.report": Scope(
        {"vi": "gửi báo cáo sự cố, bổ sung báo cáo đã gửi", "en": "send incident reports and add to them"},
        frozenset({"incident_report.received", "incident_report.added"}),
    ),
    "incidents.read": Scope({"vi": "đọc sự cố của đơn vị", "en": "read the body's incidents"}, frozenset({"incident.read"})),
}


class ApiKey(models.Model):
    """A key in the hand of a machine. Ended, never deleted: the journal names it."""

    name = models.CharField(_("tên khóa"), max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, verbose_name=gettext_lazy("đơn vị"), on_delete=models.PROTECT, related_name="keys")
    purpose = models.CharField(gettext_lazy("dùng cho"), max_length=120)
    scopes = models.CharField(gettext_lazy("phạm vi"), max_length=200)
    per_minute = models.PositiveIntegerField(gettext_lazy("lượt mỗi phút"), default=60)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    until_on = models.DateField(gettext_lazy("dùng đến hết ngày"))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField(gettext_lazy("dùng lần cuối"), null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-issued_at"]

    def __str__(self) -> str:
        return f"{self.name} {self.purpose}"

    @property
    def ref(self) -> str:
        return f"key:{self.name}"

    @property
    def has(self) -> tuple[str, ...]:
        return tuple(self.scopes.split())

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset(verb for scope in self.has if scope in SCOPES for verb in SCOPES[scope].verbs)

    def is_good(self, on: date) -> bool:
        return self.ended_at is None and on <= self.until_on


@dataclass(frozen=True)
class Issued:
    """A key just made; `token` is told now and never again."""

    key: ApiKey
    token: str


def issue(
    *, by: By, at: datetime, organisation: Organisation, purpose: str, scopes: Sequence[str], until_on: date, per_minute: int = 60
) -> Issued:
    """A new key for a machine of a body."""
    today = timezone.localdate(at)
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refusal(_("Chọn ít nhất một phạm vi của khóa."), field="scopes")
    if not today <= until_on <= today + LONGEST:
        raise Refusal(_("Ngày hết hạn phải từ hôm nay và không quá hai năm."), field="until_on")
    if not purpose:
        raise Refusal(_("Ghi khóa dùng cho máy nào, việc gì."), field="purpose")
    name, secret = "".join(secrets.choice(LETTERS) for _n in range(8)), secrets.token_urlsafe(32)
    key = ApiKey(name=name, digest=_digest(secret), organisation=organisation, purpose=purpose[:120], scopes=" ".join(scopes))
    key.per_minute, key.issued_at, key.issued_by, key.until_on = per_minute, at, ref(by), until_on
    _issued(by=by, at=at, key=key)
    return Issued(key, f"lt_{name}_{secret}")


@journal.act("key.issued")
def _issued(*, by: By, at: datetime, key: ApiKey) -> journal.Told:
    key.save()
    detail = {"key": key.name, "scopes": key.scopes, "until_on": key.until_on, "per_minute": key.per_minute}
    return journal.Told(about=[key.organisation.ref], on=timezone.localdate(at), detail=detail)


def end(*, by: By, at: datetime, key: ApiKey) -> None:
    """From now on it opens nothing; ended twice is ended once."""
    if key.ended_at is None:
        _ended(by=by, at=at, key=key)


@journal.act("key.ended")
def _ended(*, by: By, at: datetime, key: ApiKey) -> journal.Told:
    ApiKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at, ended_by=ref(by))
    return journal.Told(about=[key.organisation.ref], on=timezone.localdate(at), detail={"key": key.name})


def opened(token: str, at: datetime) -> ApiKey | None:
    """The key a machine shows, if it is a good one; wrong, ended and run out are told apart by nothing."""
    said = TOKEN.fullmatch(token)
    if said is None:
        return None
    key = ApiKey.objects.select_related("organisation").filter(name=said[1]).first()
    if not hmac.compare_digest(key.digest if key else _digest(""), _digest(said[2])) or key is None:
        return None
    if not key.is_good(timezone.localdate(at)):
        return None
    stale = models.Q(seen_at=None) | models.Q(seen_at__lt=at - SEEN_EVERY)
    ApiKey.objects.filter(stale, pk=key.pk).update(seen_at=at)
    return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def named(by: str) -> ApiKey | None:
    """The key behind a ref "key:…" of the journal."""
    return ApiKey.objects.select_related("organisation").filter(name=by.removeprefix("key:")).first()


def words_of(refs: Sequence[str]) -> dict[str, str]:
    """What keys are called on pages: their purpose and their body."""
    names = [one.removeprefix("key:") for one in refs if one.startswith("key:")]
    rows = ApiKey.objects.filter(name__in=names).select_related("organisation") if names else ()
    return {key.ref: f"{key.purpose} ({key.organisation.name})" for key in rows}
