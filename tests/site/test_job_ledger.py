"""Jobs: daily ones once a day and after their hour, again after a fault, others by their time; one fault does not keep the others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from luytre.site.jobs import JOBS, Job, Rota
from luytre.site.models import JobRun

ran: list[datetime] = []
EIGHT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
DAILY = Job("daily", "…", f"{__name__}:work", daily="LUYTRE_REMIND_AT")
OFTEN = Job("often", "…", f"{__name__}:work", every=timedelta(seconds=5))
FAULTY = Job("faulty", "…", f"{__name__}:fail", daily="LUYTRE_REMIND_AT")
pytestmark = pytest.mark.django_db


def work(now: datetime) -> None:
    ran.append(now)


def fail(now: datetime) -> None:
    raise RuntimeError("hỏng")


@pytest.fixture(autouse=True)
def clean(settings: Any) -> None:
    settings.LUYTRE_REMIND_AT = "07:00"
    ran.clear()


def test_a_daily_job_runs_once_a_day_in_whatever_process() -> None:
    for rota in (Rota([DAILY]), Rota([DAILY])):
        rota.run_due(EIGHT)
    assert ran == [EIGHT]
    Rota([DAILY]).run_due(EIGHT + timedelta(days=5))
    assert len(ran) == 2, "days without a run are made up by the next round, not run one by one"


def test_not_before_its_hour() -> None:
    assert Rota([DAILY]).run_due(EIGHT - timedelta(hours=2)) == []


def test_after_a_fault_it_runs_again_and_the_others_went_on() -> None:
    rota = Rota([FAULTY, OFTEN])
    assert rota.run_due(EIGHT) == ["faulty", "often"]
    assert "hỏng" in JobRun.objects.get().fault
    assert rota.run_due(EIGHT + timedelta(minutes=1)) == ["often"]
    assert "faulty" in rota.run_due(EIGHT + timedelta(minutes=11))


def test_a_run_that_died_is_taken_over() -> None:
    JobRun.objects.create(job="daily", slot="2026-11-23", started_at=EIGHT)
    assert Rota([DAILY]).run_due(EIGHT + timedelta(minutes=30)) == []
    assert Rota([DAILY]).run_due(EIGHT + timedelta(minutes=61)) == ["daily"]


def test_the_others_run_by_their_time_and_at_once_when_the_clock_is_set_back() -> None:
    rota = Rota([OFTEN])
    moments = (EIGHT, EIGHT + timedelta(seconds=3), EIGHT + timedelta(seconds=5), EIGHT - timedelta(days=1))
    assert [bool(rota.run_due(moment)) for moment in moments] == [True, False, True, True]


def test_everyday_reminders_keep_the_working_calendar_and_the_next_round_does_the_rest(settings: Any) -> None:
    settings.LUYTRE_DIGEST_DAYS = "working"
    job = Job("working", "…", f"{__name__}:work", daily="LUYTRE_REMIND_AT", working=True)
    days = [EIGHT + timedelta(days=more) for more in range(-2, 3)]  # Saturday to Wednesday; Tuesday 24/11/2026 is a day off of the law's
    assert [bool(Rota([job]).run_due(day)) for day in days] == [False, False, True, False, True]
    settings.LUYTRE_DIGEST_DAYS = "all"
    assert Rota([job]).run_due(days[0]) == ["working"]


def test_the_round_of_reminders_is_such_a_job() -> None:
    assert {job.name for job in JOBS if job.working} == {"reminders"}
