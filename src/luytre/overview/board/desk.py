"""Windows: the board on any day, and Vì sao? of one cell (a panel by htmx, a page of its own without)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luytre.overview.asked import asked
from luytre.overview.board import page, queries, reasons
from luytre.overview.board.sources import nameless, province, trend
from luytre.overview.law_words import language
from luytre.overview.reader import reader
from luytre.rooms.duties import projection

LADDER = {
    "contact": _("nhắc cán bộ đầu mối"),
    "head": _("báo người đứng đầu"),
    "coordinator": _("chuyển cơ quan đầu mối đôn đốc"),
    "chair": _("trình Chủ tịch UBND tỉnh"),
}
KEPT = ("on", "known", "type", "sort", "show", "q", "duty")


def board(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    sieve = queries.Sieve(request.GET.get("type", ""), request.GET.get("q", "").strip()[:80], request.GET.get("sort", "late"))
    sees = reader(request).sees
    now, before = province(said, sees), nameless(page.month_before(said), sees)
    shown = page.Board(now, before, sieve, _page(request), request.GET.get("duty", ""), trend(said, sees))
    kept = [(name, request.GET[name]) for name in KEPT if request.GET.get(name)]
    context = {"board": shown, "kept": kept, "presets": page.presets(said.today), "active": "board", **said.shown}
    return render(request, "board/board.html", context)


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isdecimal() and len(said) < 6 else 1


def why(request: HttpRequest, duty: str, ref: str) -> HttpResponse:
    """One cell explained; a stranger's cell and an absent one look alike."""
    said, who = asked(request), reader(request)
    found = projection.why(duty, ref, said.on, said.known, request.GET.get("window"), language()) if who.may_see(ref) else None
    if found is None:
        raise Http404
    panel = reasons.panel(found, said, ref, who.sees)
    instruct = panel.instruct_url if who.may_instruct else ""
    context = {"panel": panel, "instruct_url": instruct, "ladder": LADDER, "back": reverse("board:board"), **said.shown}
    if request.headers.get("HX-Request") == "true":
        return render(request, "board/why.html", {**context, "fragment": True, "heading": "h2", "under": "h3"})
    return render(request, "board/why_page.html", {**context, "fragment": False, "heading": "h1", "under": "h2"})
