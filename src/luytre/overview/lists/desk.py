"""Windows of the lists: the page, the workbook of exactly what is shown, views kept and dropped."""

import hashlib
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.overview.lists import actions, book, queries
from luytre.overview.lists.listing import listing
from luytre.overview.lists.organisations import SPEC as ORGANISATIONS
from luytre.overview.lists.papers import SPEC as PAPERS
from luytre.overview.lists.people import SPEC as PEOPLE
from luytre.overview.lists.shape import Spec
from luytre.overview.lists.systems import SPEC as SYSTEMS
from luytre.overview.reader import Reader, reader
from luytre.register import access
from luytre.register.reads import read, reads, tell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {spec.key: spec for spec in (ORGANISATIONS, SYSTEMS, PAPERS, PEOPLE)}


def _page(request: HttpRequest, spec: Spec) -> HttpResponse:
    shown = listing(spec, request)
    if about := {row.tells for row in shown.rows if row.tells}:
        tell(request, "personal_data.read", about)
    context = {"list": shown, "page": shown.page, "views": queries.of_person(shown.who.person, spec.key), "active": spec.key}
    return render(request, "lists/list.html", {**context, **shown.asked.shown})


def _book(request: HttpRequest, spec: Spec) -> HttpResponse:
    shown = listing(spec, request)
    content = book.workbook(shown, settings.LUYTRE_MARK, clock.now())
    read(request, _seats(shown.who), what="list", rows=shown.count, sha256=hashlib.sha256(content).hexdigest())
    name = f"{spec.key}-{shown.asked.on:%Y-%m-%d}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _seats(who: Reader) -> list[str]:
    """The bodies where the reader sits, for telling what was taken out; without one, nothing is given out."""
    found = access.seats(who.person, clock.today()) if who.person else []
    if not found:
        raise Refusal(_("Tài khoản này chưa giữ chức vụ nào nên chưa tải được danh sách."), status=403)
    return found


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    return _page(request, ORGANISATIONS)


@require_GET
def systems(request: HttpRequest) -> HttpResponse:
    return _page(request, SYSTEMS)


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    return _page(request, PAPERS)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return _page(request, PEOPLE)


@require_GET
@reads("export.taken")
def organisations_book(request: HttpRequest) -> HttpResponse:
    return _book(request, ORGANISATIONS)


@require_GET
@reads("export.taken")
def systems_book(request: HttpRequest) -> HttpResponse:
    return _book(request, SYSTEMS)


@require_GET
@reads("export.taken")
def papers_book(request: HttpRequest) -> HttpResponse:
    return _book(request, PAPERS)


@require_GET
@reads("export.taken")
def people_book(request: HttpRequest) -> HttpResponse:
    return _book(request, PEOPLE)


@require_POST
def keeping(request: HttpRequest) -> HttpResponse:
    """Keep what is asked for now under a name."""
    who, spec = reader(request), LISTS.get(request.POST.get("list", ""))
    if who.person is None:
        raise Refusal(_("Tài khoản này chưa gắn với một cán bộ nên chưa lưu được cách xem."), status=403)
    if spec is None:
        raise Http404
    query = _known(request.POST.get("query", ""))
    view = actions.keep(by=who.person, at=clock.now(), key=spec.key, name=request.POST.get("name", ""), query=query)
    messages.success(request, _("Đã lưu cách xem “%(name)s”.") % {"name": view.name})
    return redirect(reverse(spec.view) + (f"?{query}" if query else ""))


def _known(query: str) -> str:
    """A query as kept: pairs only, no page."""
    pairs = parse_qsl(query[:500], max_num_fields=20) if query else []
    return urlencode(sorted((key, value) for key, value in pairs if key not in ("page", "on", "known")))


@require_POST
def dropping(request: HttpRequest, number: int) -> HttpResponse:
    who = reader(request)
    view = queries.mine(who.person).filter(pk=number).first()
    if view is None or who.person is None:
        raise Http404
    actions.drop(by=who.person, view=view)
    messages.success(request, _("Đã bỏ cách xem “%(name)s”.") % {"name": view.name})
    return redirect(LISTS[view.list].view if view.list in LISTS else "things:home")
