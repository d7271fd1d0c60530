"""How fast the pages of the sample world are made, how heavy they are, when they are painted, and how many boards a second 16 clients get.

Run: uv run python -m benchmarks.pages DATA_DIR [--load SECONDS] [--paint], where DATA_DIR was seeded by
`luytre demo --no-serve --data DATA_DIR`. Each page is asked once to warm up and then five times (ORM, judge and templates, no network);
the median is printed by the clock and in processor time (which others on the machine disturb less), with the size of its HTML, plain
and gzip. `--load`: two Granian workers serve the board to 16 clients that keep
their connections, for so many seconds; the server's processor time per request is printed beside requests a second, because the clients
share the processors with it. `--paint`: Largest Contentful Paint of each page in Chromium over loopback, median of three.
"""

import argparse
import gzip
import os
import platform
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median, quantiles

PAGES = (
    ("dau-moi", "/desk/board/"),
    ("dau-moi", "/desk/board/?type=commune"),
    ("dau-moi", "/desk/board/?on=2024-06-30"),
    ("dau-moi", "/desk/board/?on=2026-06-30&known=on"),
    ("chu-tich", "/desk/brief/"),
    ("chu-tich", "/desk/compare/"),
    ("chu-tich", "/desk/compare/?from=2025-06-30&to=2026-06-30"),
    ("chu-tich", "/desk/instructions/"),
    ("chu-tich", "/desk/instructions/new/"),
    ("dau-moi", "/desk/coordination/"),
    ("dau-moi", "/desk/coordination/law/"),
    ("dau-moi", "/desk/duties/reviews/"),
    ("chu-tich", "/desk/duties/waivers/"),
    ("dau-moi", "/desk/submissions/"),
    ("dau-moi", "/desk/why/D36/org:so-y-te/"),
    ("dau-moi", "/desk/organisations/"),
    ("dau-moi", "/desk/organisations/so-y-te/"),
    ("dau-moi", "/desk/systems/"),
    ("xa", "/desk/mine/"),
)
CLIENTS, WORKERS = 16, 2
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="a seeded data folder")
    parser.add_argument("--load", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--paint", action="store_true")
    asked = parser.parse_args()
    _settle(asked.data.resolve())
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    for who, path in PAGES:
        print(line(who, path), flush=True)
    if asked.load or asked.paint:
        with served() as port:
            if asked.load:
                print(load(port, cookie("dau-moi"), asked.load), flush=True)
            if asked.paint:
                paint(port)


def _settle(data: Path) -> None:
    """The demo is an installation like any other, set by the same variables."""
    from luytre.site import demo

    demo._set_environment(argparse.Namespace(data=data, on=date(2026, 11, 22), port=8000))
    os.environ["LUYTRE_HOSTS"] = "testserver,127.0.0.1"
    import django

    django.setup()


def line(who: str, path: str) -> str:
    from django.test import Client

    from luytre.register.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=who))
    start = time.perf_counter()
    body = client.get(path).content
    first, times, spent = time.perf_counter() - start, [], []
    for _ in range(5):
        start, before = time.perf_counter(), time.process_time()
        assert client.get(path).status_code == 200, path
        times.append(time.perf_counter() - start)
        spent.append(time.process_time() - before)
    weight = f"{len(body) / 1024:7.0f} KB  {len(gzip.compress(body, 6)) / 1024:6.1f} KB gzip"
    return (
        f"{path:<52} first {1000 * first:7.0f} ms  then {1000 * median(times):6.0f} ms ({1000 * median(spent):4.0f} of processor)  {weight}"
    )


def cookie(who: str) -> str:
    from django.test import Client

    from luytre.register.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client.cookies["luytre"].value


# -- served --


@contextmanager
def served() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    place = ["--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS), "--blocking-threads", "4", "--no-log"]
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "luytre.site.wsgi:application", *place]
    with subprocess.Popen(command) as server:
        try:
            _wait(port)
            _SERVER.append(server.pid)
            yield port
        finally:
            server.terminate()


_SERVER: list[int] = []


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def load(port: int, session: str, seconds: float) -> str:
    """Requests a second of the board, the time of one, and what it costs the server."""
    asked = f"GET /desk/board/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: luytre={session}\r\n\r\n".encode()
    for _ in range(8):  # each worker draws the page once
        _ask(socket.create_connection(("127.0.0.1", port), 60), asked)
    times: list[float] = []
    until, before = time.perf_counter() + seconds, _processor()
    clients = [threading.Thread(target=_client, args=(port, asked, until, times)) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took, spent = time.perf_counter() - start, _processor() - before
    slow = quantiles(times, n=20)[-1]
    rate, cost = len(times) / took, spent / len(times)
    return (
        f"board, {CLIENTS} clients, {WORKERS} workers: {rate:.0f} requests/s, p95 {1000 * slow:.0f} ms, {len(times)} in {took:.1f} s; "
        f"server {1000 * cost:.1f} ms of processor a request, so {os.cpu_count()} processors of its own "
        f"would give {(os.cpu_count() or 1) / cost:.0f} requests/s"
    )


def _client(port: int, asked: bytes, until: float, times: list[float]) -> None:
    with socket.create_connection(("127.0.0.1", port), 60) as wire:
        while time.perf_counter() < until:
            start = time.perf_counter()
            _ask(wire, asked)
            times.append(time.perf_counter() - start)


def _ask(wire: socket.socket, asked: bytes) -> None:
    """One request and its whole answer, which must be a 200."""
    wire.sendall(asked)
    head = b""
    while b"\r\n\r\n" not in head:
        head += wire.recv(65536)
    said, _gap, body = head.partition(b"\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 200"), said[:80]
    length = next(int(field.split(b":")[1]) for field in said.split(b"\r\n") if field.lower().startswith(b"content-length"))
    left, room = length - len(body), bytearray(1 << 20)
    while left > 0:
        left -= wire.recv_into(room, min(left, len(room)))


def _processor() -> float:
    """Seconds of processor the server and its workers have used."""
    found = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == _SERVER[0] or int(place.parent.name) == _SERVER[0]:
            found += int(fields[11]) + int(fields[12])
    return found / os.sysconf("SC_CLK_TCK")


def paint(port: int) -> None:
    """Largest Contentful Paint of each page."""
    from playwright.sync_api import sync_playwright

    site, sessions = f"http://127.0.0.1:{port}", {who: cookie(who) for who in {who for who, _path in PAGES}}
    tells = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
        .observe({type: 'largest-contentful-paint', buffered: true}))"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for who, path in PAGES:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "luytre", "value": sessions[who], "url": site}])
            page, times = context.new_page(), []
            page.goto(site + path)
            for _ in range(3):
                page.goto(site + path, wait_until="load")
                times.append(page.evaluate(tells))
            print(f"{path:<52} painted after {median(times):6.0f} ms", flush=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
