"""The one way out by HTTP: names resolved once, addresses looked at before the connection, no redirects, limits of time and size.

Whoever can write an address (a receiver of webhooks, a provider's metadata) could point this server at what only it reaches: the
database, a cloud's metadata, a device on the dedicated network. So an address is used only when it is a public one, or listed in
LUYTRE_OUT_NETWORKS; and the connection goes to the very address that was looked at, so that a name cannot change its mind in between.

requests-hardened was read and left: it looks at the first address only and knows no list of allowed networks. Mail (SMTP) has a
protocol and a setting of its own (`mail.py`); whom it connects to is never taken from data.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SILENCE = 20.0  # seconds a server may stay silent
MOST = 60.0  # seconds for all of it
LARGEST = 2 * 1024 * 1024  # bytes of an answer
# Public by the registries, and yet not for us: metadata of a cloud, IPv4 wrapped into IPv6 by translators and tunnels.
NEVER = tuple(map(ip_network, ("168.63.129.16/32", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24")))


class Refused(requests.exceptions.InvalidURL):
    """An address this server does not go to."""


@dataclass(frozen=True)
class Rules:
    """What this installation allows: networks beyond the public ones, and plain http."""

    networks: tuple[Network, ...] = ()
    http: bool = False

    def allow(self, address: Address) -> bool:
        meant = address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
        if any(meant.version == network.version and meant in network for network in self.networks):
            return True
        return meant.is_global and not meant.is_multicast and not any(meant in network for network in NEVER)

    def check(self, url: str) -> None:
        """Refused unless the address is one that may be gone to, by its scheme and by what it names."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not (self.http and parts.scheme == "http"):
            raise Refused(f"{_shown(url)}: chỉ https (http: LUYTRE_OUT_HTTP=1) / https only")
        if not parts.hostname or parts.username or parts.password:
            raise Refused(f"{_shown(url)}: địa chỉ thiếu tên máy hoặc kèm mật khẩu / no host, or a password within")

    def resolved(self, host: str, port: int) -> list[Address]:
        """The addresses of a name, asked for once. One that may not be gone to spoils them all: such a name is not to be trusted."""
        try:
            found = list(dict.fromkeys(ip_address(str(row[4][0])) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except ValueError:  # fe80::1%eth0 and its like
            raise Refused(f"{host}: địa chỉ nội bộ / link-local") from None
        for address in found:
            if not self.allow(address):
                raise Refused(f"{host} → {address}: không phải địa chỉ công cộng, cũng không có trong LUYTRE_OUT_NETWORKS / not allowed")
        return found


def session(rules: Rules) -> requests.Session:
    """A session of requests bound to the rules; for libraries that want one (the shared sign-in), and for `post`."""
    return _Session(rules)


def post(rules: Rules, url: str, body: bytes, headers: Mapping[str, str]) -> requests.Response:
    """POST and read the answer whole. Refused, or requests' own exceptions (all of them OSError)."""
    with session(rules) as way:
        return way.post(url, body, headers=dict(headers))


def _shown(url: str) -> str:
    """An address for a message: no password, no query, one line."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}"[:80] if parts.hostname else repr(url[:80])


class _Session(requests.Session):
    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.rules = rules
        self.trust_env = False  # a proxy named by the environment would resolve names itself; .netrc would send passwords
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter(rules))

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        self.rules.check(request.url or "")
        kwargs["timeout"] = kwargs.get("timeout") or SILENCE
        kwargs["stream"], kwargs["allow_redirects"] = True, False
        end = time.monotonic() + MOST
        try:
            answer = super().send(request, **kwargs)
        except requests.exceptions.ConnectionError as fault:
            raise _refusal(fault) or fault from None
        _read(answer, end)
        return answer

    def get_redirect_target(self, resp: requests.Response) -> None:
        """A redirect would carry what was sent to someone else."""
        return


def _refusal(fault: BaseException) -> Refused | None:
    """The refusal that requests and urllib3 wrapped up on its way."""
    if isinstance(fault, Refused):
        return fault
    within = [one for one in (*fault.args, fault.__context__, fault.__cause__) if isinstance(one, BaseException)]
    return next((found for one in within if (found := _refusal(one))), None)


def _read(answer: requests.Response, end: float) -> None:
    """The whole of an answer, within time and size."""
    parts, size = [], 0
    with answer:
        for part in _parts(answer):
            parts.append(part)
            size += len(part)
            if size > LARGEST or time.monotonic() > end:
                raise requests.exceptions.ConnectionError(f"answer longer than {LARGEST} bytes or {MOST:.0f} s")
    answer._content, answer._content_consumed = b"".join(parts), True  # as requests itself does


def _parts(answer: requests.Response) -> Iterator[bytes]:
    """What has come so far, whenever something has: the clock is looked at in between."""
    try:
        while part := answer.raw.read1(16 * 1024, decode_content=True):
            yield part
    except HTTPError as fault:
        raise requests.exceptions.ConnectionError(fault) from fault


class _Adapter(HTTPAdapter):
    """Gives requests connections that look before they go."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **more)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, _Plain, self.rules),
            "https": _pool(HTTPSConnectionPool, _Tls, self.rules),
        }


def _pool(pool: Any, connection: type, rules: Rules) -> Any:
    """A pool whose connections know the rules."""
    bound = type(connection.__name__, (connection,), {"rules": rules})
    return type(pool.__name__, (pool,), {"ConnectionCls": bound})


class _Looking:
    """Mixed into urllib3's connections: the socket goes to the address looked at; TLS goes on to ask for the name."""

    rules: Rules
    _timer: threading.Timer | None = None

    def _new_conn(self: Any) -> socket.socket:
        fault: OSError | None = None
        for address in self.rules.resolved(self._dns_host, self.port):
            try:
                made = socket.create_connection((str(address), self.port), self.timeout)
            except OSError as error:
                fault = error
                continue
            self._timer = threading.Timer(MOST, self._cut)
            self._timer.daemon = True
            self._timer.start()
            return made
        raise NewConnectionError(self, f"{self.host}: {fault}")

    def _cut(self: Any) -> None:
        """A server that sends its headers a byte now and then is not waited for without end."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            return

    def close(self: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().close()  # type: ignore[misc]


class _Plain(_Looking, HTTPConnection):
    pass


class _Tls(_Looking, HTTPSConnection):
    pass
