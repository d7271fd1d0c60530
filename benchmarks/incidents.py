"""How fast the incidents room answers with the data FIR was measured with: 20,000 incidents, 40,000 notes, about 600 bodies, SQLite.

Run: uv run python -m benchmarks.incidents DATA_DIR [--incidents 20000] [--load SECONDS] [--reports SECONDS], where DATA_DIR is a copy of
a folder seeded by `luytre demo --no-serve --data DIR`: the incidents and notes are written into it, once, as entries of the journal
through its bulk door; the rows of the room's projection are laid beside them in bulk. Each page is asked 60 times in this process
(sign-in, rights, database, template; no network), p50 and p95 by the clock and the median of processor time. `--load`: two Granian
workers and 16 clients that keep their connections, list and search in turn. `--reports`: public reports through the form's own window
for so many seconds, as many as one process makes, beside the staff's list.
"""

import argparse
import os
import platform
import random
import re
import threading
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.pages import CLIENTS, _settle, cookie, served

LAST = datetime(2026, 11, 22, 3, tzinfo=UTC)
LIST, SEARCH, STATS = "/desk/incidents/cases/?show=all", "/desk/incidents/cases/?show=all&q=ma+hoa+may+chu", "/desk/incidents/figures/"
FOLDED = "/desk/incidents/cases/?show=all&q=dong+son"
ASKED = (("list of 25", LIST), ("search", SEARCH), ("search “dong son”", FOLDED), ("statistics", STATS), ("duty desk", "/desk/incidents/"))
WORDS = (
    "Mã hóa máy chủ",
    "Giả mạo thư kho bạc",
    "Trang xã bị sửa",
    "Máy trạm nhiễm mã độc",
    "Đông Sơn mất quyền quản trị",
    "Nghẽn đường truyền",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="a copy of a seeded data folder")
    parser.add_argument("--incidents", type=int, default=20_000)
    parser.add_argument("--load", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--reports", type=float, default=0, metavar="SECONDS")
    asked = parser.parse_args()
    _settle(asked.data.resolve())
    fill(asked.incidents)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    for name, path in ASKED:
        print(line(name, path), flush=True)
    if asked.load:
        with served() as port:
            print(load(port, cookie("dau-moi"), asked.load), flush=True)
    if asked.reports:
        print(reports(asked.reports), flush=True)


def fill(count: int) -> None:
    """Incidents up to a count, two notes each, over all bodies and four years."""
    from luytre import journal
    from luytre.register.models import Organisation
    from luytre.rooms.incidents.models import Incident

    there = Incident.objects.count()
    if there >= count:
        print(f"{there} incidents are there")
        return
    chance, bodies = random.Random(7), list(Organisation.objects.values_list("code", flat=True))
    start, rows = time.perf_counter(), []
    made = [_incident(chance, number, bodies) for number in range(count - there)]
    for one in made:
        rows.append(_row("incident.detected", one, one["at"], {"title": one["title"], "text": "Mô tả sự cố trong vài câu."}))
        rows += [_row("incident.noted", one, one["at"] + timedelta(hours=n + 1), {"text": f"Ghi chú {n}"}) for n in range(2)]
    entries = journal.record_many(rows)
    _lay(made, entries)
    print(f"{len(made)} incidents and {2 * len(made)} notes written in {time.perf_counter() - start:.0f} s")


def _incident(chance: random.Random, number: int, bodies: list[str]) -> dict[str, Any]:
    from luytre.verbs.incident import TYPES

    at = LAST - timedelta(minutes=chance.randrange(60, 4 * 365 * 1440))
    kind, body = chance.choice(sorted(TYPES)), chance.choice(bodies)
    return {"code": f"BM-{number:06}", "at": at, "type": kind, "body": f"org:{body}", "title": f"{chance.choice(WORDS)} {number}"}


def _row(verb: str, one: dict[str, Any], at: datetime, aside: dict[str, str]) -> Any:
    from django.utils import timezone

    from luytre import journal

    detail = {"incident": one["code"]} | ({"type": one["type"]} if verb == "incident.detected" else {})
    on = timezone.localdate(min(at, LAST))
    return journal.Row(verb=verb, by="console", at=max(at, LAST), about=[one["body"]], on=on, moment=at, detail=detail, aside=aside)


def _lay(made: list[dict[str, Any]], entries: Any) -> None:
    """What the projection would write, without asking the judge for every clock of four years."""
    from django.utils import timezone

    from luytre import journal
    from luytre.core.fold import fold
    from luytre.rooms.incidents.models import Clock, Incident, Progress, Told

    chance = random.Random(8)
    cases = []
    for one in made:
        at, is_open = one["at"], chance.random() < 0.02
        moments = {"notified_at": at + timedelta(hours=chance.randint(1, 90)), "restored_at": at + timedelta(hours=chance.randint(2, 200))}
        moments |= {"closed_at": None if is_open else at + timedelta(days=chance.randint(2, 20))}
        plain = {"code": one["code"], "title": one["title"], "folded": fold(one["title"]), "body": one["body"], "type": one["type"]}
        cases.append(Incident(**plain, on=timezone.localdate(at), detected_at=at, severity="medium", **moments))
    Incident.objects.bulk_create(cases, batch_size=500)
    rows = [Told(incident=case, entry=entries[3 * place + n]) for place, case in enumerate(cases) for n in range(3)]
    Told.objects.bulk_create(rows, batch_size=2000)
    clocks = [
        Clock(
            incident=case,
            duty="D30",
            bearer=case.body,
            event=str(place),
            started_at=case.detected_at,
            due_at=case.detected_at,
            done_at=case.closed_at,
        )
        for place, case in enumerate(cases)
    ]
    Clock.objects.bulk_create(clocks, batch_size=2000)
    Progress.objects.update_or_create(pk=1, defaults={"seq": journal.queries.last_seq()})


def _client(who: str) -> Any:
    from django.test import Client

    from luytre.register.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def line(name: str, path: str) -> str:
    client = _client("dau-moi")
    assert client.get(path).status_code in (200, 302), path
    times, spent = [], []
    for _ in range(60):
        start, before = time.perf_counter(), time.process_time()
        client.get(path)
        times.append(1000 * (time.perf_counter() - start))
        spent.append(1000 * (time.process_time() - before))
    p95 = quantiles(times, n=20)[-1]
    return f"{name:<20} p50 {median(times):6.0f} ms  p95 {p95:6.0f} ms  processor {median(spent):6.0f} ms"


def load(port: int, key: str, seconds: float) -> str:
    """16 clients, each asking the list and the search in turn."""
    end, times, faults = time.perf_counter() + seconds, [], []

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        turn = number
        while time.perf_counter() < end:
            start = time.perf_counter()
            connection.request("GET", (LIST, SEARCH)[turn % 2], headers={"Cookie": f"luytre={key}"})
            answer = connection.getresponse()
            answer.read()
            (times if answer.status == 200 else faults).append(time.perf_counter() - start)
            turn += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p95 = 1000 * quantiles(times, n=20)[-1] if len(times) > 1 else 0
    return f"{CLIENTS} clients: {len(times) / seconds:.1f} requests/s, p95 {p95:.0f} ms, {len(faults)} faults"


def reports(seconds: float) -> str:
    """Public reports through the form, one process; between them the staff's list."""
    from django.test import Client

    from luytre.rooms.incidents.models import Report
    from luytre.rooms.incidents.rules import forms

    forms.CALM, forms.QUICKEST = 10**9, timedelta(0)  # what is measured is the taking in, not the question before it
    before, sent, staff, desk = Report.objects.count(), 0, [], _client("ung-cuu")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        client = Client()
        token = re.search(r'name="token" value="([^"]+)"', client.get("/bao-cao-su-co/").content.decode())
        assert token
        answer = client.post("/bao-cao-su-co/", {"kind": "site", "text": f"Báo cáo {sent}", "token": token[1]})
        assert answer.status_code == 302
        sent += 1
        if sent % 10 == 0:
            start = time.perf_counter()
            desk.get("/desk/incidents/reports/")
            staff.append(1000 * (time.perf_counter() - start))
    kept = Report.objects.count() - before
    p95 = quantiles(staff, n=20)[-1] if len(staff) > 1 else 0
    return f"{sent} reports in {seconds:.0f} s ({60 * sent / seconds:.0f} a minute), {sent - kept} lost; staff's list p95 {p95:.0f} ms"


if __name__ == "__main__":
    main()
