"""Addresses, names and digests that everybody has: shown as such, so that nobody blocks them.

A short list of the house's own first (in Vietnamese), then those of the MISP warning lists that say "everybody uses it" (neither the
rankings of websites nor the clouds, behind which anybody can stand). Each is read when first asked.
"""

import json
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

if TYPE_CHECKING:
    from pymispwarninglists.api import WarningList

DATA = Path(__file__).parents[1] / "data"


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, str], list[tuple[IPv4Network | IPv6Network, str]]]:
    held = yaml.safe_load((DATA / "known_good.yaml").read_text(encoding="utf-8"))
    names = {name: entry["says"] for entry in held["lists"] for name in entry.get("domains", ())}
    networks = [(ip_network(network), entry["says"]) for entry in held["lists"] for network in entry.get("networks", ())]
    return names, networks


def name_of(kind: str, value: str) -> str:
    """The list a value stands on; empty: on none."""
    if kind == "ip":
        return _of_address(value) or _of_lists(kind, value)
    if kind in ("domain", "email", "url"):
        host = value.rpartition("@")[2] if kind == "email" else value
        return _of_name(urlsplit(value).hostname or "" if kind == "url" else host) or _of_lists(kind, value)
    return _of_lists(kind, value)


LISTS = (
    "apple", "captive-portals", "crl-hostname", "empty-hashes",
    "google", "google-gmail-sending-ips", "microsoft", "microsoft-office365",
    "microsoft-office365-ip", "microsoft-win10-connection-endpoints", "mozilla-CA", "multicast", "public-dns-hostname",
    "public-dns-v4", "public-dns-v6", "rfc1918", "rfc3849", "rfc5735", "rfc6598", "rfc6761", "ipv6-linklocal", "sinkholes",
    "whats-my-ip", "wikimedia", "url-shortener", 
)  # fmt: skip


LONGEST = 5000  # networks that are looked at one by one; a longer list holds single addresses, found by name


@lru_cache(maxsize=1)
def _misp() -> "list[WarningList]":
    """The chosen lists of the package, as it comes from its authors."""
    import pymispwarninglists
    from pymispwarninglists.api import WarningList

    home = Path(pymispwarninglists.__file__).parent / "data" / "misp-warninglists" / "lists"
    places = [home / name / "list.json" for name in LISTS]
    held = [json.loads(place.read_bytes()) for place in places if place.is_file()]
    return [WarningList(one, slow_search=len(one["list"]) <= LONGEST) for one in held]


@lru_cache(maxsize=2000)
def _of_lists(kind: str, value: str) -> str:
    """The first warning list a value stands on; a value no list can read stands on none."""
    asked = urlsplit(value).hostname or "" if kind == "url" else value.rpartition("@")[2] if kind == "email" else value
    wanted = {"ip": ("cidr", "string"), "hash": ("string",)}.get(kind, ("hostname", "string"))
    if not asked or kind == "cve":
        return ""
    for one in _misp():
        with suppress(ValueError, TypeError):
            if one.type in wanted and (asked in one or f"{asked}/32" in one.set):
                return str(one.name)[:110]
    return ""


def _of_address(value: str) -> str:
    try:
        address = ip_address(value)
    except ValueError:
        return ""
    return next((says for network, says in _lists()[1] if address.version == network.version and address in network), "")


def _of_name(host: str) -> str:
    names = _lists()[0]
    labels = host.lower().split(".")
    return next((names[".".join(labels[place:])] for place in range(len(labels)) if ".".join(labels[place:]) in names), "")
