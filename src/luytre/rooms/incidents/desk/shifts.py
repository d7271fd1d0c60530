"""The duty desk's shift, its log (sổ trực) and its alarms."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register.reads import read, reads
from luytre.rooms.incidents import actions, queries
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.desk.case import held_case
from luytre.rooms.incidents.forms import shifts as forms
from luytre.rooms.incidents.queries import alarms as held_alarms
from luytre.rooms.incidents.queries import shifts as held_shifts

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _desk(request: HttpRequest) -> str:
    """The desk this person sits at."""
    if not queries.may_desk(me(request), clock.today()):
        raise Refusal(_("Ca trực, sổ trực thuộc bàn trực."), status=403)
    return queries.desk_body(clock.today())


@require_GET
def shift(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, form: "forms.HandForm | None" = None) -> HttpResponse:
    desk, on = _desk(request), clock.today()
    held = held_shifts.current(desk)
    own = held is not None and held.taken_by == me(request).ref
    people = [pair for pair in held_shifts.colleagues(desk, on) if pair[0] != me(request).ref]
    context = {
        "now": clock.now(),
        "held": held_shifts.lines([held])[0] if held else None,
        "own": own,
        "before": held_shifts.before(desk),
        "stands": held_shifts.counts(clock.now()),
        "form": form or forms.HandForm(people=people),
        "recent": held_shifts.recent(desk),
        "active": "incidents",
    }
    return render(request, "incidents/shift.html", context, status=422 if form else 200)


@require_POST
def taking(request: HttpRequest) -> HttpResponse:
    held = actions.take_shift(by=me(request), at=clock.now(), desk=_desk(request))
    messages.success(request, _("Đã nhận ca trực %(number)s.") % {"number": held.number})
    return redirect("incidents:shift")


@require_POST
def handing(request: HttpRequest) -> HttpResponse:
    desk = _desk(request)
    form = forms.HandForm(request.POST, people=held_shifts.colleagues(desk, clock.today()))
    if not form.is_valid():
        return _page(request, form)
    held = actions.hand_shift(by=me(request), at=clock.now(), desk=desk, **form.cleaned_data)
    messages.success(request, _("Đã bàn giao ca trực %(number)s. Nội dung đã vào sổ trực.") % {"number": held.number})
    return redirect("incidents:shift")


# -- the log --


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said) if said else clock.today()
    except ValueError:
        raise Http404 from None


@require_GET
@reads("incident.read")
def log(request: HttpRequest) -> HttpResponse:
    """What happened at the desk on a day; the same as Word and as PDF, or numbered and kept."""
    desk, day = _desk(request), _day(request.GET.get("day", ""))
    read(request, [desk])
    context = {"log": held_shifts.day(desk, day), "day": day, "today": clock.today(), "active": "incidents"}
    return render(request, "incidents/log.html", context)


@require_GET
def draft(request: HttpRequest, day: str) -> HttpResponse:
    from luytre.core.paper.word import docx

    content = docx(actions.log_paper(log=held_shifts.day(_desk(request), _day(day)), at=clock.now()))
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="so-truc-{day}.docx"'})


@require_GET
def sheet(request: HttpRequest, day: str) -> HttpResponse:
    from luytre.core.paper.pdf import pdf

    content = pdf(actions.log_paper(log=held_shifts.day(_desk(request), _day(day)), at=clock.now()))
    headers = {"Content-Disposition": f'attachment; filename="so-truc-{day}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def issue(request: HttpRequest, day: str) -> HttpResponse:
    issued = actions.issue_log(by=me(request), at=clock.now(), log=held_shifts.day(_desk(request), _day(day)))
    messages.success(request, _("Đã phát hành sổ trực số %(number)s.") % {"number": issued.number})
    return redirect(f"{reverse('incidents:log')}?day={_day(day):%Y-%m-%d}")


# -- alarms --


@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """What rings now: a piece of the desk's page, asked for again and again by it."""
    _desk(request)
    return render(request, "incidents/part_alarms.html", ringing(request))


def ringing(request: HttpRequest) -> dict[str, object]:
    found = held_alarms.ringing(seen_by=me(request), on=clock.today(), now=clock.now())
    return {"rings": found, "loud": held_alarms.loud(found), "rung_at": timezone.localtime(clock.now())}


@require_POST
def answer_alarm(request: HttpRequest) -> HttpResponse:
    """Heard, or quiet for some minutes."""
    desk, key, minutes = _desk(request), request.POST.get("alarm", ""), request.POST.get("minutes", "")
    if minutes.isdecimal():
        actions.snooze(by=me(request), at=clock.now(), desk=desk, key=key, minutes=int(minutes[:4]))
    else:
        actions.hear(by=me(request), at=clock.now(), desk=desk, key=key)
    return redirect("incidents:desk")


@require_POST
def acknowledgement(request: HttpRequest, code: str) -> HttpResponse:
    """To the body: your notice has been received."""
    held = held_case(request, code)
    _desk(request)
    actions.acknowledge(by=me(request), at=clock.now(), incident=held)
    messages.success(request, _("Đã xác nhận nhận thông báo sự cố; đơn vị được báo bằng thư."))
    return redirect("incidents:incident", code)
