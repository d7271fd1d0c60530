"""Windows: home by role, one's own work, bodies and systems."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.overview.asked import asked
from luytre.overview.links import instruct_url
from luytre.overview.reader import reader
from luytre.overview.things import addition, body_page, sent, system_page, work
from luytre.register import actions
from luytre.register.models import Role
from luytre.rooms.instructions import queries as instructions


def home(request: HttpRequest) -> HttpResponse:
    """Leaders land on the board, those who do the work on their list."""
    who = reader(request)
    if who.roles == {Role.ADMINISTRATOR}:
        return redirect("register:import")
    return redirect("board:board" if who.leads else "things:mine")


def mine(request: HttpRequest) -> HttpResponse:
    who = reader(request)
    if who.working is None:
        return redirect("board:board") if who.leads else render(request, "things/no_post.html", {"active": "mine"})
    post = who.working_at(request.GET.get("body", ""))
    assert post is not None
    shown, tab = work.work(post.organisation, who, asked(request)), request.GET.get("tab", "")
    context = {"work": shown, "tab": tab if tab in ("waiting", "sent") else "", "active": "mine", **_parts(shown), **shown.asked.shown}
    if tab == "sent":
        context["history"] = sent.history(shown, request.GET.get("state", ""), request.GET.get("page"), journal.clock.now())
    return render(request, "things/mine.html", context)


def _parts(shown: work.Work) -> dict[str, Any]:
    """What the tabs hold and how much of it."""
    now, orders = journal.clock.now(), instructions.of_body(shown.ref, shown.asked.on, shown.asked.known)
    owed, answered = ([pair for pair in orders if getattr(pair[1], state)] for state in ("is_owed", "waits"))
    waiting, returned = sent.waiting(shown, now), sent.returned(shown, now)
    counts = {"due_count": len(shown.items) + len(returned) + len(owed), "waiting_count": len(waiting) + len(answered)}
    return {"orders": owed, "answered": answered, "waiting": waiting, "returned": returned, **counts}


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The head says: these are all our systems."""
    who = reader(request)
    if who.working is None or who.person is None:
        raise Refusal(_("Tài khoản này chưa giữ chức vụ nào ở một đơn vị. Đề nghị cơ quan đầu mối ghi chức vụ vào sổ đăng ký."))
    clock = journal.clock
    actions.confirm(by=who.person, at=clock.now(), organisation=who.working.organisation, on=clock.today(), number=work.number(request))
    return redirect("things:mine")


def add_system(request: HttpRequest) -> HttpResponse:
    """A system the register does not know yet, added by the body that runs it."""
    who = reader(request)
    if who.working is None or who.person is None:
        raise Refusal(_("Tài khoản này chưa giữ chức vụ nào ở một đơn vị. Đề nghị cơ quan đầu mối ghi chức vụ vào sổ đăng ký."))
    form = addition.SystemForm(request.POST or None, owner=who.working.organisation, today=journal.clock.today())
    if form.is_valid():
        addition.add(by=who.person, at=journal.clock.now(), owner=who.working.organisation, said=form.cleaned_data)
        return redirect("things:mine")
    context = {"form": form, "body": who.working.organisation, "active": "mine"}
    return render(request, "things/add_system.html", context, status=422 if form.errors else 200)


def organisation(request: HttpRequest, code: str) -> HttpResponse:
    said, who = asked(request), reader(request)
    shown = body_page.read(code, said, who) if who.may_see(f"org:{code}") else None
    if shown is None:
        raise Http404
    instruct = instruct_url([shown.ref]) if who.may_instruct else ""
    orders = instructions.of_body(shown.ref, said.on, said.known)
    context = {"body": shown, "instruct_url": instruct, "orders": orders, "active": "organisations", **said.shown}
    return render(request, "things/organisation.html", context)


def system(request: HttpRequest, code: str) -> HttpResponse:
    said, who = asked(request), reader(request)
    shown = system_page.read(code, said, who) if who.may_see(f"system:{code}") else None
    if shown is None:
        raise Http404
    return render(request, "things/system.html", {"system": shown, "active": "systems", **said.shown})
