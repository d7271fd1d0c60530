"""Is it safe? Questions to the settings, the keys and the files of an installation."""

import stat
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings

SHORTEST_KEY = 43  # letters of base64 that hold 256 bits
LETTERS_OF_A_KEY = 16  # different letters; fewer is no chance but a pattern
OTHERS = stat.S_IRWXG | stat.S_IRWXO
WIDEST = 4  # bits: 0.0.0.0/0 to /3 list the Internet, not an office


def debug(now: datetime) -> str | None:
    return "LUYTRE_DEBUG" if settings.DEBUG else None


def mark(now: datetime) -> str | None:
    """A demonstration is open-handed (no second step); so nobody but its cast may be in it."""
    from luytre.register.models import Account
    from luytre.site.seeding.cast import CAST

    if not settings.LUYTRE_MARK:
        return None
    real = Account.objects.exclude(username__in=[one.username for one in CAST]).count()
    return f"{real} tài khoản / accounts" if real else None


def today(now: datetime) -> str | None:
    return str(settings.LUYTRE_TODAY) if settings.LUYTRE_TODAY and not settings.LUYTRE_MARK else None


def sample_accounts(now: datetime) -> str | None:
    from luytre.register.models import Account
    from luytre.site.seeding.cast import CAST, PASSWORD

    if settings.LUYTRE_MARK:
        return None
    held = Account.objects.filter(username__in=[one.username for one in CAST], is_active=True)
    return ", ".join(account.username for account in held if account.check_password(PASSWORD)) or None


def hosts(now: datetime) -> str | None:
    wide = [host for host in settings.ALLOWED_HOSTS if host in ("*", ".")]
    return ", ".join(wide) if wide else None


def https(now: datetime) -> str | None:
    secure = settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    return None if secure else "LUYTRE_HTTPS"


def proxies(now: datetime) -> str | None:
    """Behind an undeclared proxy everybody comes from the proxy's address, which may well be in the staff networks."""
    return "LUYTRE_PROXIES" if settings.SECURE_SSL_REDIRECT and not settings.LUYTRE_PROXIES else None


def mfa(now: datetime) -> str | None:
    return "LUYTRE_MFA=off" if settings.LUYTRE_MFA == "off" else None


def staff_networks(now: datetime) -> str | None:
    if not settings.LUYTRE_STAFF_NETWORKS:
        return "LUYTRE_STAFF_NETWORKS"
    return ", ".join(str(network) for network in settings.LUYTRE_STAFF_NETWORKS if network.prefixlen < WIDEST) or None


def fresh(now: datetime) -> str | None:
    return None if settings.LUYTRE_FRESH_MINUTES else "LUYTRE_FRESH_MINUTES=0"


def out_http(now: datetime) -> str | None:
    return "LUYTRE_OUT_HTTP" if settings.LUYTRE_OUT_HTTP else None


def secret_key(now: datetime) -> str | None:
    key, kept = settings.SECRET_KEY, Path(settings.DATA_DIR) / "secret.key"
    if len(key) < SHORTEST_KEY or len(set(key)) < LETTERS_OF_A_KEY:
        return f"{len(key)} ký tự / letters"
    return _open(kept) if kept.exists() else None


def journal_key(now: datetime) -> str | None:
    kept = Path(settings.LUYTRE_JOURNAL_KEY)
    return _open(kept) if kept.exists() else f"{kept}: không có / missing"


def files_key(now: datetime) -> str | None:
    from luytre.journal.vault import key_file

    return _open(key_file()) if key_file().exists() else f"{key_file()}: không có / missing"


def data_folder(now: datetime) -> str | None:
    """The folder shuts the way to all that lies in it."""
    return _open(Path(settings.DATA_DIR))


def database_tls(now: datetime) -> str | None:
    base = settings.DATABASES["default"]
    host = str(base.get("HOST") or "")
    if not base["ENGINE"].endswith("postgresql") or is_here(host):
        return None
    mode = str(base.get("OPTIONS", {}).get("sslmode", ""))
    return None if mode in ("require", "verify-ca", "verify-full") else f"{host} sslmode={mode or '–'}"


def is_here(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _open(place: Path) -> str | None:
    mode = stat.S_IMODE(place.stat().st_mode)
    return f"{place} {mode:04o}" if mode & OTHERS else None
