"""Where a request comes from, and which doors that opens; the lists come from the settings, and for a while from the console."""

from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from luytre.doors import rules
from luytre.doors.models import Opening

FRESH = 5.0  # seconds a server process goes on with the openings it has read
_read: tuple[float, tuple[rules.Network, ...]] = (0.0, ())


def client(request: HttpRequest) -> rules.Address | None:
    """The address asking; X-Forwarded-For counts only as far as declared proxies wrote it."""
    peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    return rules.client(peer, forwarded, settings.LUYTRE_PROXIES)


def client_text(request: HttpRequest) -> str:
    """For libraries that ask for text; "0.0.0.0" stands for no address (a socket in the file system)."""
    return str(client(request) or "0.0.0.0")  # noqa: S104  an address said, none listened on


def are_guarded() -> bool:
    """Are staff networks listed at all? Until then the staff door stands open everywhere, and says so (`luytre doors show`)."""
    return bool(settings.LUYTRE_STAFF_NETWORKS)


def open_doors(request: HttpRequest) -> frozenset[str]:
    staff = (*settings.LUYTRE_STAFF_NETWORKS, *openings()) if are_guarded() else ()
    return rules.open_doors(client(request), settings.LUYTRE_DOORS, staff)


def openings() -> tuple[rules.Network, ...]:
    """Networks let in from the console for a while."""
    global _read
    now = monotonic()
    if now - _read[0] > FRESH or not _read[0]:
        rows = Opening.objects.filter(until__gt=timezone.now()).values_list("network", flat=True)
        _read = now, rules.networks(rows)
    return _read[1]


def forget() -> None:
    """Read the openings anew at the next request."""
    global _read
    _read = 0.0, ()
