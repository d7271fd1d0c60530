"""What people told the duty desk in the last days of the sample world (world/reports.yaml), through the room's own actions."""

from datetime import datetime, time, timedelta
from typing import Any

from luytre.site.world import LAST_DAY
from luytre.site.world.deeds import ZONE
from luytre.site.world.source import tree

NOON = datetime.combine(LAST_DAY, time(7), ZONE)  # minutes of the reports count back from here


def load() -> None:
    """Reports, and the cases that came of them, each step at its moment."""
    from luytre.rooms.incidents import actions
    from luytre.rooms.incidents.actions.receiving import Telling

    desk = _officer()
    for number, told in enumerate(tree("reports.yaml")["reports"]):
        at = NOON - timedelta(minutes=told["ago"])
        plain: dict[str, Any] = {name: str(told.get(name, "")) for name in ("where", "happened", "damage", "contact")}
        telling = Telling(channel=told["channel"], text=told["text"], kind=told["kind"], token=f"mau-{number}", **plain)
        report = actions.receive(by="citizen", at=at, telling=telling).report
        for step in told.get("then", ()):
            at += timedelta(minutes=step.get("after", 10))
            _carry_out(step, desk, at, report)


def _officer() -> str:
    """Whoever sits at the desk on the last day."""
    from luytre.register.models import Account

    account = Account.objects.select_related("person").get(username="ung-cuu")
    return account.ref


def _carry_out(step: dict[str, Any], by: str, at: datetime, report: Any) -> None:
    from luytre.rooms.incidents import actions
    from luytre.rooms.incidents.actions.cases import Finding

    report.refresh_from_db()
    if "take" in step:
        actions.take(by=by, at=at, report=report)
    elif "answer" in step:
        actions.answer(by=by, at=at, report=report, text=step["answer"])
    elif "end" in step:
        actions.dismiss(by=by, at=at, report=report, reason=step["end"], text=step["text"])
    elif "open" in step:
        found = dict(step["open"])
        found["detected_at"] = at - timedelta(minutes=found.pop("seen", 5))
        actions.detect(by=by, at=at, finding=Finding(**found), reports=[report])
    elif "note" in step:
        actions.note(by=by, at=at, incident=_case(report), text=step["note"])


def _case(report: Any) -> Any:
    from luytre.rooms.incidents import queries

    report.refresh_from_db()
    found = queries.incident(report.incident, seen_by="console", on=LAST_DAY)
    assert found is not None
    return found
