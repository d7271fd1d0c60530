"""Addresses and names that everybody uses: shown as such, so that nobody blocks them. A short list of the house's own."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import yaml

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
        return _of_address(value)
    if kind in ("domain", "email", "url"):
        host = value.rpartition("@")[2] if kind == "email" else value
        return _of_name(urlsplit(value).hostname or "" if kind == "url" else host)
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
