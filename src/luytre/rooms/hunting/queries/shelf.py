"""One hunt, or many, as somebody may see them; absent and foreign look alike."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from luytre.rooms.hunting.models import Hunt, Lead, Run, Upload
from luytre.rooms.hunting.queries import scope


@dataclass(frozen=True)
class Line:
    """A hunt on a list."""

    hunt: Hunt
    body: str
    systems: str
    run: Run | None

    @property
    def status(self) -> str:
        """In the twelve statuses of the house."""
        if self.hunt.completed_id:
            return "met"
        return "open" if self.run is None or self.run.is_good else "due_soon" if not self.run.is_over else "overdue"


def hunt(code: str, *, seen_by: object, on: date) -> Hunt | None:
    return scope.readable(Hunt.objects.filter(code=code), seen_by=seen_by, on=on).first()


def hunts(*, seen_by: object, on: date) -> list[Hunt]:
    """All hunts somebody may read about, latest first."""
    return list(scope.readable(Hunt.objects.all(), seen_by=seen_by, on=on).order_by("-at", "-pk")[:2000])


def lines(held: list[Hunt]) -> list[Line]:
    """What a list shows of a page of hunts, in four queries."""
    last = Hunt.objects.filter(pk__in=[one.pk for one in held]).annotate(last=Max("runs__pk")).values_list("pk", "last")
    runs = {run.hunt_id: run for run in Run.objects.filter(pk__in=[run for _pk, run in last if run]).defer("summary")}
    systems: dict[int, list[str]] = {}
    for pk, system in Hunt.objects.filter(pk__in=[one.pk for one in held]).values_list("pk", "targets__system"):
        systems.setdefault(pk, []).append(system)
    called = scope.called({ref for refs in systems.values() for ref in refs if ref} | {one.body for one in held})
    return [
        Line(one, called.get(one.body, ""), ", ".join(called.get(ref, ref) for ref in systems.get(one.pk, []) if ref), runs.get(one.pk))
        for one in held
    ]


def last_run(held: Hunt) -> Run | None:
    return held.runs.defer("summary").order_by("-number").first()


def shown_run(held: Hunt) -> Run | None:
    """The last run that came to its end, whose findings the page shows."""
    return held.runs.filter(~Q(summary=None), fault="").defer("summary").order_by("-number").first()


def run(held: Hunt, number: int) -> Run | None:
    """A run that left something to show."""
    return held.runs.filter(number=number).exclude(summary=None).first()


def upload(held: Hunt, number: int) -> Upload | None:
    return Upload.objects.filter(target__hunt=held, pk=number).select_related("target").first()


def uploads(held: Hunt) -> list[Upload]:
    return list(Upload.objects.filter(target__hunt=held).select_related("target").order_by("pk"))


def lead(held: Hunt, run: int, number: int) -> Lead | None:
    return Lead.objects.filter(run__hunt=held, run__number=run, number=number).select_related("run", "entry").first()


__all__ = ["Hunt", "Lead", "Line", "Run", "hunt", "hunts", "last_run", "lead", "lines", "run", "shown_run", "upload", "uploads"]
