"""Pure decisions of the doors: which door an address may use, how old a password grows, when an account sleeps. No database, no clock."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PUBLIC, STAFF, DUTY = "public", "staff", "duty"
DOORS = (PUBLIC, STAFF, DUTY)


def parsed(text: str) -> Address | None:
    """An address as text; IPv4 written inside IPv6 (::ffff:10.0.0.1) is IPv4, so that one list serves both; None: no address."""
    try:
        found = ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def networks(words: Iterable[str]) -> tuple[Network, ...]:
    """Networks of a list such as 10.0.0.0/8, 2001:db8::/32; ValueError for what is none."""
    return tuple(ip_network(word, strict=False) for word in words)


def within(address: Address, listed: Collection[Network]) -> bool:
    return any(address.version == network.version and address in network for network in listed)


def client(peer: str, forwarded: str, proxies: Collection[Network]) -> Address | None:
    """Who asks: the peer, or, where the peer is a declared proxy, the last forwarder that is none.

    Whatever stands before that in X-Forwarded-For was written by the asker and proves nothing.
    """
    found = parsed(peer)
    for hop in reversed([hop for hop in forwarded.split(",") if hop.strip()]):
        if found is None or not within(found, proxies):
            break
        found = parsed(hop)
    return found


def open_doors(address: Address | None, served: Collection[str], staff: Collection[Network]) -> frozenset[str]:
    """The doors open to an address: the staff door only from listed networks (from everywhere when none is listed)."""
    shut = {STAFF} if staff and (address is None or not within(address, staff)) else set()
    return frozenset(served) - shut


def is_too_old(set_at: datetime, now: datetime, days: int) -> bool:
    """Has a password been in use longer than so many days (0: no limit)?"""
    return bool(days) and now - set_at >= timedelta(days=days)


def sleeps(last_seen: datetime, now: datetime, days: int) -> bool:
    """Has an account gone unused for so many days (0: no limit)?"""
    return bool(days) and now - last_seen >= timedelta(days=days)
