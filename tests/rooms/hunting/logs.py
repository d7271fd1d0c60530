"""Small logs the tests hunt through: Windows events of a host and a day, quiet or with a web shell's command on it."""

from datetime import date, timedelta

import orjson

HOSTS = ("WEB-01", "DB-01", "AD-01")
FROM, UNTIL = date(2026, 11, 1), date(2026, 11, 4)  # three days


def events(host: str, days: list[date], *, bad: bool = False) -> bytes:
    """JSON lines; with `bad` one of them deletes the shadow copies, which a rule of ours calls critical or high."""
    rows = [
        {
            "Channel": "Microsoft-Windows-Sysmon/Operational",
            "EventID": 1,
            "Provider_Name": "Microsoft-Windows-Sysmon",
            "Computer": f"{host}.xa.local",
            "TimeCreated": f"{day.isoformat()}T03:00:00Z",
            "EventRecordID": number,
            "Image": "C:\\Windows\\System32\\vssadmin.exe",
            "CommandLine": "vssadmin delete shadows /all /quiet" if bad and number == 1 else "vssadmin list shadows",
        }
        for number, day in enumerate(days, 1)
    ]
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def all_days() -> list[date]:
    return [FROM + timedelta(n) for n in range((UNTIL - FROM).days)]
