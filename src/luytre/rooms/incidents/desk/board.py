"""The duty desk and the list of cases."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.journal import clock
from luytre.register.models import Account
from luytre.rooms.incidents import projection, queries
from luytre.rooms.incidents.queries import alarms, scope, shifts
from luytre.rooms.incidents.queries import cases as held_cases
from luytre.rooms.incidents.queries.cases import narrowed
from luytre.rooms.incidents.queries.desk import look
from luytre.rooms.incidents.queries.figures import figures
from luytre.rooms.incidents.queries.scope import may_open

PAGE, MOST_PAGES = 25, 40


if TYPE_CHECKING:  # generic for the type checker only
    _Pages = Paginator[Any]
else:
    _Pages = Paginator


def me(request: HttpRequest) -> Account:
    """Who is at the window; the site lets nobody through who has not signed in."""
    assert isinstance(request.user, Account)
    return request.user


class Bounded(_Pages):
    """Counts no further than anybody turns pages: a list of any length opens in the same time; what lies behind is searched for."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return len(rows.values_list("pk")[: MOST_PAGES * PAGE])


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """New reports, clocks running down, open cases. Who does not sit at the desk sees the cases."""
    projection.catch_up()
    if not queries.may_desk(me(request), clock.today()):
        return redirect("incidents:cases")
    held = look(seen_by=me(request), on=clock.today(), now=clock.now())
    rings = alarms.ringing(seen_by=me(request), on=clock.today(), now=clock.now())
    shift = shifts.current(queries.desk_body(clock.today()))
    context = {"desk": held, "now": clock.now(), "rings": rings, "loud": alarms.loud(rings), "rung_at": clock.now()}
    context["shift"] = shifts.lines([shift])[0] if shift else None
    return render(request, "incidents/desk.html", {**context, "active": "incidents"})


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Cases one may read, searched without regard to marks."""
    projection.catch_up()
    powers = scope.powers(me(request), clock.today())
    seen = held_cases.listed_for(me(request), clock.today(), powers)
    asked = {name: request.GET.get(name, "") for name in ("type", "from", "to", "done")}
    seen = narrowed(seen, *asked.values())
    shelf = queries.Shelf(seen, request.GET.get("show", "open"), request.GET.get("q", "")[:80])
    page = Bounded(shelf.shown, PAGE).get_page(request.GET.get("page"))
    rows = held_cases.listed(list(page.object_list), clock.now())
    shows = [("open", _("Đang mở")), ("serious", _("Nghiêm trọng")), ("closed", _("Đã khép lại")), ("all", _("Tất cả"))]
    context = {
        "page": page,
        "rows": rows,
        "shelf": shelf,
        "shows": shows,
        "asked": asked,
        "may_open": scope.OPEN in powers or may_open(me(request), clock.today()),
        "at_desk": scope.DESK in powers,
    }
    return render(request, "incidents/cases.html", {**context, "active": "incidents"})


@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """The ten rows of Form 05 by period, months, times; every figure opens the cases it counts."""
    projection.catch_up()
    found = figures(queries.incidents(seen_by=me(request), on=clock.today()), clock.today())
    names = {"this": _("Tháng này"), "last": _("Tháng trước"), "year_ago": _("Cùng tháng năm trước"), "year": _("Từ đầu năm")}
    return render(request, "incidents/figures.html", {"found": found, "names": names, "active": "incidents"})
