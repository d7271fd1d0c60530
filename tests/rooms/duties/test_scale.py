"""A board of ten times as many bodies asks the database as often as a small one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luytre.core.duty import columns
from luytre.core.duty.slots import lines
from luytre.core.duty.standings import CONFIRMED, NUMBER, OWNER, TYPE
from luytre.rooms.duties import projection, queries
from luytre.rooms.duties.models import Projection, Slot

from .conftest import TODAY

pytestmark = pytest.mark.django_db


def _always(value: int) -> bytes:
    return columns.pack([(0, columns.FOREVER, columns.ALWAYS, columns.STILL, value)])


def _province(bodies: int) -> None:
    """A projection of so many bodies, each with a system, as if it had been built."""
    law = queries.law()
    marks = {TYPE: 1, CONFIRMED: 1}
    rows = []
    for number in range(bodies):
        org, system = f"org:{number:05}", f"system:{number:05}"
        rows += [Slot(ref=org, line=line, history=_always(number % 12), turn=1) for line in lines(law, "organisation")[:30]]
        rows += [Slot(ref=org, line=line, history=_always(value), turn=1) for line, value in {**marks, NUMBER: number}.items()]
        rows += [Slot(ref=system, line=line, history=_always(number % 7), turn=1) for line in lines(law, "system")[:10]]
        rows.append(Slot(ref=system, line=OWNER, history=_always(number), turn=1))
    Slot.objects.bulk_create(rows, batch_size=5000)
    Projection.objects.create(pk=1, turn=1, base=bodies, stamp=1, law=law.digest, until=date(2028, 12, 31))


def _queries(bodies: int) -> int:
    Slot.objects.all().delete()
    Projection.objects.all().delete()
    projection.forget()
    _province(bodies)
    projection.standings_of_all(TODAY)  # the process has started
    with CaptureQueriesContext(connection) as asked:
        totals = projection.totals(TODAY, today=TODAY)
        projection.matrix([f"org:{number:05}" for number in range(200)], None, TODAY, None, TODAY)
        projection.worst(TODAY, today=TODAY)
    assert totals.bodies == bodies
    return len(asked)


def test_as_many_queries_for_a_thousand_bodies_as_for_a_hundred() -> None:
    assert _queries(100) == _queries(1_000) <= 12


@pytest.mark.slow
def test_as_many_queries_for_ten_thousand_bodies_as_for_a_thousand() -> None:
    assert _queries(1_000) == _queries(10_000) <= 12
