"""The one way out, on loopback: what is not public is refused, names cannot change their mind, redirects and endless answers end."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import requests

from luytre.core.hunt.load import Unreadable
from luytre.post import outgoing
from luytre.site.commands import rules as git

HERE = outgoing.Rules((ip_network("127.0.0.2/32"),), http=True)


class Named(BaseHTTPRequestHandler):
    """Says on which address it was reached; can redirect, flood, drip."""

    def do_GET(self) -> None:
        if self.path == "/di":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/nhieu":
            self._pour(b"x" * 65536, 0)
        elif self.path == "/nho-giot":
            self._pour(b"x", 0.05)
        else:
            self.wfile.write(f"{self.server.server_address[0]} {self.headers['Host']}".encode())

    do_POST = do_GET

    def _pour(self, drop: bytes, pause: float) -> None:
        try:
            for _ in range(400):
                self.wfile.write(drop)
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def port() -> Iterator[int]:
    """The same port on two addresses of loopback: one listed, one not."""
    listed, other = _pair()
    threads = [threading.Thread(target=server.serve_forever) for server in (listed, other)]
    for thread in threads:
        thread.start()
    yield listed.server_port
    for server in (listed, other):
        server.shutdown()
        server.server_close()
    for thread in threads:
        thread.join()


def _pair() -> tuple[HTTPServer, HTTPServer]:
    """Another port, where the first one chosen is taken on the other address."""
    for _ in range(50):
        listed = HTTPServer(("127.0.0.2", 0), Named)
        try:
            return listed, HTTPServer(("127.0.0.1", listed.server_port), Named)
        except OSError:
            listed.server_close()
    raise OSError("no port free on both addresses")


class Names:
    """A resolver that answers otherwise each time it is asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0
        self.real = socket.getaddrinfo

    def __call__(self, host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if host != "doi-y.example":
            return self.real(host, port, *more, **named)
        self.asked += 1
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]


REFUSED = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fd00:ec2::254", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not outgoing.Rules().allow(ip_address(address))


@pytest.mark.parametrize("address", ["203.162.0.1", "8.8.8.8", "2001:ee0::1", "::ffff:8.8.8.8"])
def test_what_is_public_is_allowed(address: str) -> None:
    assert outgoing.Rules().allow(ip_address(address))


def test_a_listed_network_is_allowed_also_inside_ipv6() -> None:
    rules = outgoing.Rules((ip_network("10.1.0.0/16"),))
    assert rules.allow(ip_address("10.1.2.3"))
    assert rules.allow(ip_address("::ffff:10.1.2.3"))
    assert not rules.allow(ip_address("10.2.0.1"))


@pytest.mark.parametrize(
    "url", ["http://example.vn/", "ftp://example.vn/", "file:///etc/hostname", "https://u:p@example.vn/", "https:///x", "//x"]
)
def test_only_https_without_passwords_within(url: str) -> None:
    with pytest.raises(requests.exceptions.RequestException):
        outgoing.post(outgoing.Rules(), url, b"", {})


@pytest.mark.parametrize(
    "written", ["127.1", "2130706433", "0x7f000001", "017700000001", "localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_loopback_is_refused_however_it_is_written(written: str, port: int) -> None:
    with pytest.raises(requests.exceptions.RequestException, match=r"LUYTRE_OUT_NETWORKS|Failed to parse"):
        outgoing.post(outgoing.Rules(http=True), f"http://{written}:{port}/", b"", {})


def test_the_connection_goes_to_the_address_looked_at(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(["127.0.0.2"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    answer = outgoing.post(HERE, f"http://doi-y.example:{port}/", b"x", {})
    assert answer.text == f"127.0.0.2 doi-y.example:{port}", "the first answer counts, and the name is still what the server is asked for"
    assert names.asked == 1
    with pytest.raises(outgoing.Refused, match=r"127\.0\.0\.1"):
        outgoing.post(HERE, f"http://doi-y.example:{port}/", b"x", {})


def test_one_forbidden_address_spoils_a_name(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.2", "127.0.0.1"]))
    with pytest.raises(outgoing.Refused):
        outgoing.post(HERE, f"http://doi-y.example:{port}/", b"x", {})


def test_a_redirect_ends_here(port: int) -> None:
    with outgoing.session(HERE) as way:
        assert way.get(f"http://127.0.0.2:{port}/di").status_code == 302


def test_an_endless_answer_is_cut(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(requests.exceptions.ConnectionError, match="longer"), outgoing.session(HERE) as way:
        way.get(f"http://127.0.0.2:{port}/nhieu")
    monkeypatch.setattr(outgoing, "MOST", 0.5)
    start = time.monotonic()
    with pytest.raises(requests.exceptions.RequestException), outgoing.session(HERE) as way:
        way.get(f"http://127.0.0.2:{port}/nho-giot")
    assert time.monotonic() - start < 10


def test_the_environment_names_no_proxy(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with outgoing.session(HERE) as way:
        assert way.get(f"http://127.0.0.2:{port}/").ok


def test_every_request_out_goes_this_way() -> None:
    """No other module of the house opens a connection by HTTP; mail and ClamAV have protocols and settings of their own."""
    source = Path(outgoing.__file__).parents[1]
    words = (
        "urllib.request",
        "http.client",
        "import httpx",
        "import aiohttp",
        "HTTPTimeStamper",
        "requests.get(",
        "requests.post(",
        "create_connection(",
    )
    found = {str(file.relative_to(source)) for file in source.rglob("*.py") for word in words if word in file.read_text()}
    assert found == {"post/outgoing.py", "journal/clamav.py"}


def test_rules_by_git_go_where_the_rules_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    for source in ("https://127.0.0.1/luat.git", "https://[::1]/luat.git", "ssh://git@10.0.0.1/luat.git", "git@192.168.0.1:luat.git"):
        with pytest.raises(Unreadable, match="LUYTRE_OUT_NETWORKS"):
            git._pinned(source)
    monkeypatch.setattr(socket, "getaddrinfo", Names(["203.162.0.1"]))
    options, more = git._pinned("https://doi-y.example/luat.git")
    assert "http.curloptResolve=doi-y.example:443:203.162.0.1" in options
    assert "HostName=203.162.0.1" in more["GIT_SSH_COMMAND"]
    assert git._pinned("file:///srv/luat")[1] == {}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_itself_goes_to_the_address_looked_at(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pinned address is the one git tries: nothing listens there, and the name exists nowhere."""
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.9"]))
    monkeypatch.setenv("LUYTRE_OUT_NETWORKS", "127.0.0.9/32")
    with pytest.raises(Unreadable, match=r"127\.0\.0\.9|Failed to connect|refused"):
        git._fetched("https://doi-y.example/luat.git", tmp_path)
