"""Windows of the reminders room: what one was told, acknowledging it; for those who lead: silences, gaps, letters, asking again."""

from typing import TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.fold import written
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register import access
from luytre.register.models import Account
from luytre.register.reads import tell
from luytre.rooms.reminders import actions, forms, queries

PAGE, ABOUT = 50, 20
T = TypeVar("T")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def reminders(request: HttpRequest) -> HttpResponse:
    """Who was told what: one's own notices; for those who lead, the province's silences and gaps, with a button to remind again."""
    if not queries.leads(_me(request), clock.today()):
        return _own(request)
    today = clock.today()
    counts = queries.counts(today)
    show = request.GET.get("show") or ("silent" if counts["silent"] else "late")
    held = {"gaps": queries.gaps, "late": queries.late}.get(show, queries.silent)(today)
    page = Paginator(queries.matching(held, written(request.GET.get("q", ""))[:80]), PAGE).get_page(request.GET.get("page"))
    form = forms.AskForm(request.POST if request.method == "POST" else None, matters=[matter.pk for matter in page.object_list])
    may = queries.may_ask(_me(request), today)
    if form.is_bound and form.is_valid():
        return _ask(request, form, may=may)
    rows = queries.rows_of(list(page.object_list), today)
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "show": show,
        "counts": queries.counts(today),
        "may_ask": may,
        "active": "reminders",
    }
    return render(request, "reminders/province.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, form: forms.AskForm, *, may: bool) -> HttpResponse:
    if not may:
        raise Refusal(_("Chỉ cơ quan đầu mối đôn đốc ở đây."), status=403)
    matters = queries.open_of(form.cleaned_data["matters"])
    people = actions.ask(by=_me(request), at=clock.now(), matters=matters, note=form.cleaned_data["note"])
    messages.success(request, _("Đã gửi đôn đốc tới %(people)s người, về %(count)s việc.") % {"people": people, "count": len(matters)})
    return redirect(request.get_full_path())


def _own(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.notices(seen_by=_me(request), on=clock.today()), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": queries.shown(list(page.object_list)), "active": "told"}
    return render(request, "reminders/own.html", context)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Every notice of the province, latest first, with what became of its letter."""
    if not queries.leads(_me(request), clock.today()):
        raise Http404
    page = Paginator(queries.notices(seen_by=_me(request), on=clock.today()), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.shown(list(page.object_list)),
        "show": "sent",
        "counts": queries.counts(clock.today()),
        "active": "reminders",
    }
    return render(request, "reminders/sent.html", context)


@require_GET
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One notice: what was told, what of it is still open, the button that says: received."""
    held = _found(queries.notice(number, seen_by=_me(request), on=clock.today()))
    rows = queries.rows_of(queries.told_in(held), clock.today())
    mine = held.person == _me(request).ref
    context = {"sent": queries.shown([held])[0], "rows": rows, "mine": mine, "active": "told" if mine else "reminders"}
    return render(request, "reminders/notice.html", context)


@require_POST
def acknowledgement(request: HttpRequest, number: int) -> HttpResponse:
    held = _found(queries.notice(number, seen_by=_me(request), on=clock.today()))
    actions.acknowledge(by=_me(request), at=clock.now(), notice=held)
    messages.success(request, _("Đã ghi: ông/bà đã nhận và đang xử lý."))
    return redirect("reminders:notice", number)


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The outbox: what waits, what did not arrive and why, what went out."""
    if not queries.leads(_me(request), clock.today()):
        raise Http404
    show = request.GET.get("show", "waiting")
    page = Paginator(queries.shown_letters(show), PAGE).get_page(request.GET.get("page"))
    addresses = queries.may_look_up(_me(request), clock.today())
    if addresses and page.object_list:
        tell(request, "personal_data.read", queries.seats(_me(request), clock.today()))
    context = {
        "page": page,
        "addresses": addresses,
        "show": show,
        "counts": queries.counts(clock.today()),
        "ways": queries.ways(),
        "active": "reminders",
    }
    return render(request, "reminders/letters.html", context)


@require_GET
def about(request: HttpRequest, ref: str) -> HttpResponse:
    """Who was told about a body or system, when, and who answered: a part of other pages, or a page of its own."""
    if ref not in access.visible_refs(_me(request), clock.today()):
        raise Http404
    matters = queries.about(ref, request.GET.get("duty", ""))[:ABOUT]
    context = {"rows": queries.rows_of(list(matters), clock.today()), "ref": ref, "name": queries.name_of(ref), "active": "reminders"}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "reminders/about.html" if part else "reminders/about_page.html", context)


def _me(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _found(thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing
