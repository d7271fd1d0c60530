"""The environment, read once and typed: every LUYTRE_ setting with its meaning (docs/OPERATIONS.md describes each)."""

import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    said = text(name)
    return said.lower() in ("1", "true", "yes", "on") if said else default


def number(name: str, default: int) -> int:
    said = text(name)
    try:
        return int(said) if said else default
    except ValueError:
        raise SystemExit(f"{name}={said!r}: phải là một số nguyên / must be a whole number") from None


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    said = text(name, default)
    if said not in among:
        raise SystemExit(f"{name}={said!r}: phải là một trong / must be one of {', '.join(among)}")
    return said


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks with commas between: 10.0.0.0/8,2001:db8::/32."""
    try:
        return tuple(ip_network(word, strict=False) for word in words(name, ""))
    except ValueError as fault:
        raise SystemExit(f"{name}: cần các dải mạng như / expected networks such as 10.0.0.0/8,2001:db8::/32 ({fault})") from None


def oidc(url: str) -> list[dict[str, Any]]:
    """The shared sign-in as allauth wants it told."""
    name, client, secret = text("LUYTRE_OIDC_NAME", "Cổng đăng nhập chung"), text("LUYTRE_OIDC_CLIENT"), text("LUYTRE_OIDC_SECRET")
    if url and not client:
        raise SystemExit("LUYTRE_OIDC_URL: cần cả LUYTRE_OIDC_CLIENT / needs LUYTRE_OIDC_CLIENT too")
    told = {"provider_id": "chung", "name": name, "client_id": client, "secret": secret}
    return [{**told, "settings": {"server_url": url, "oauth_pkce_enabled": True}}] if url else []


def origins(url: str) -> list[str]:
    """The origin of an address, for the browser's rules."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def secret_key(data_dir: Path) -> str:
    """The key from LUYTRE_SECRET_KEY, else one made on the first start and kept in the data folder, readable by its owner only."""
    given = text("LUYTRE_SECRET_KEY")
    if given:
        return given
    kept = data_dir / "secret.key"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not kept.exists():
        fresh = data_dir / f"secret.{os.getpid()}.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)  # two processes starting together agree on the first one's key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def database(data_dir: Path) -> dict[str, Any]:
    """SQLite in the data folder, or what LUYTRE_DATABASE_URL says: postgresql://user:word@host:port/name?sslmode=require."""
    url = text("LUYTRE_DATABASE_URL")
    return _postgresql(url) if url else _sqlite(data_dir)


def _sqlite(data_dir: Path) -> dict[str, Any]:
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # names, telephones, papers: for the service's own user only
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data_dir / "luytre.sqlite3"),
        "CONN_MAX_AGE": 60,  # opening the file and laying its functions costs as much as several questions
        "OPTIONS": {
            "timeout": 30,  # seconds a writer waits for the one before it
            "transaction_mode": "IMMEDIATE",  # a writer queues at its start instead of failing at its end
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise SystemExit("LUYTRE_DATABASE_URL: cần dạng / expected postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
