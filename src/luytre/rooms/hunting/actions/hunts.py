"""A hunt begun, a run asked for, a run cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.gatehouse import Ask, require
from luytre.papers import actions as office
from luytre.register.models import Organisation
from luytre.register.queries import organisation
from luytre.rooms.hunting.models import Hunt, Run, Target, Upload
from luytre.rooms.hunting.queries import scope

BOOK = "hunt"
LONGEST = 400  # days one hunt may look over
MOST_HOSTS = 500


@transaction.atomic
def start(
    *, by: By, at: datetime, body: str, systems: Mapping[str, Sequence[str]], from_on: date, until_on: date, weakness: str = ""
) -> Hunt:
    """Begin a hunt of a body over some of its systems; `systems`: ref → names of its hosts. Other bodies' systems are refused."""
    today = timezone.localdate(at)
    mine = dict(scope.systems_of(body, today))
    if not systems or set(systems) - set(mine):
        raise Refusal(_("Chọn ít nhất một hệ thống đang vận hành của đơn vị."), field="systems")
    if not from_on < until_on or (until_on - from_on).days > LONGEST:
        raise Refusal(_("Kỳ săn lùng phải từ 1 đến 400 ngày, ngày đầu trước ngày cuối."), field="from_on")
    if any(len(hosts) > MOST_HOSTS for hosts in systems.values()):
        raise Refusal(_("Mỗi hệ thống khai tối đa 500 máy."), field="systems")
    held = organisation(body.removeprefix("org:"))
    if held is None:
        raise Refusal(_("Không có đơn vị này."), status=404)
    keeper = Organisation.objects.order_by("pk").first() or held  # one book for the whole province
    code = f"SL-{today.year}-{office.next_value(keeper, BOOK, today.year):04}"
    told = _started(by=by, at=at, about=[body, *sorted(systems)], code=code, from_on=from_on, until_on=until_on, weakness=weakness)
    assert told.entry
    hunt = Hunt.objects.create(
        code=code, body=body, from_on=from_on, until_on=until_on, weakness=weakness, at=at, by=ref(by), entry=told.entry
    )
    for system, hosts in sorted(systems.items()):
        named: Any = list(dict.fromkeys(host.strip()[:200] for host in hosts if host.strip()))
        Target.objects.create(hunt=hunt, system=system, hosts=named)
    return hunt


@journal.act("hunt.started")
def _started(*, by: By, at: datetime, about: Sequence[str], code: str, from_on: date, until_on: date, weakness: str) -> journal.Told:
    detail = {"hunt": code, "from_on": from_on, "until_on": until_on, "weakness": weakness or None}
    return journal.Told(about=about, on=timezone.localdate(at), detail=detail)


def ask_run(*, by: By, at: datetime, hunt: Hunt) -> Run:
    """Have the rules run over all files that are whole. One run at a time; files still on their way are refused, not left out."""
    _may(by, at, hunt)
    files = Upload.objects.filter(target__hunt=hunt)
    if hunt.completed_id:
        raise Refusal(_("Lần săn lùng này đã kết luận. Mở lần mới nếu cần săn tiếp."))
    if not files.exists():
        raise Refusal(_("Chưa có tệp nhật ký nào. Tải ít nhất một tệp rồi chạy."))
    waiting = [one for one in files if not one.is_whole]
    if waiting:
        raise Refusal(_("Còn %(n)s tệp tải chưa xong. Tải tiếp hoặc bỏ tệp đó rồi chạy.") % {"n": len(waiting)})
    number = hunt.runs.count() + 1
    try:
        with transaction.atomic():
            total = sum(one.size for one in files)
            return Run.objects.create(hunt=hunt, number=number, by=ref(by), asked_at=at, total=total)
    except IntegrityError:
        raise Refusal(_("Lần săn lùng này đang chạy. Chờ chạy xong hoặc bấm Dừng.")) from None


def cancel(*, by: By, at: datetime, run: Run) -> None:
    """Stop: what was found by then is kept and says that it was cut short. A run that waits ends at once."""
    _may(by, at, run.hunt)
    with transaction.atomic():
        Run.objects.filter(pk=run.pk, ended_at=None, begun_at=None).update(cancelled_at=at, ended_at=at)
        Run.objects.filter(pk=run.pk, ended_at=None).update(cancelled_at=at)


def _may(by: By, at: datetime, hunt: Hunt) -> None:
    """Whoever may begin a hunt of this body may work on it."""
    require([Ask(ref(by), "hunt.started", hunt.body, timezone.localdate(at))])
