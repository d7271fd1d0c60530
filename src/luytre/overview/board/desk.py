"""Windows: the board on any day, and Vì sao? of one cell (a panel by htmx, a page of its own without)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.core.duty.standings import Standings
from luytre.journal import clock
from luytre.overview.asked import Asked, asked
from luytre.overview.board import brief as briefs
from luytre.overview.board import comparison, kept, page, queries, reasons
from luytre.overview.board.sources import as_known, changes, day_before, known_at, month_earlier, nameless, province, settle, trend
from luytre.overview.law_words import language
from luytre.overview.reader import reader
from luytre.rooms.duties import projection
from luytre.rooms.instructions import queries as instructions

LADDER = {
    "contact": _("nhắc cán bộ đầu mối"),
    "head": _("báo người đứng đầu"),
    "coordinator": _("chuyển cơ quan đầu mối đôn đốc"),
    "chair": _("trình Chủ tịch UBND tỉnh"),
}
KEPT = ("on", "known", "type", "sort", "show", "q", "duty")


def board(request: HttpRequest) -> HttpResponse:
    """The board of a day. What it shows is drawn once for all who see the same bodies, until something new is known."""
    said, sees = asked(request), reader(request).sees
    held = settle(said)
    content = kept.PAGES.get(_key(request, said, sees), lambda: _board(request, said, sees, held).encode())
    return kept.framed(request, {"active": "board", **said.shown}, content)


def _board(request: HttpRequest, said: Asked, sees: frozenset[str] | None, held: Standings) -> str:
    sieve = queries.Sieve(request.GET.get("type", ""), request.GET.get("q", "").strip()[:80], request.GET.get("sort", "late"))
    now, before = province(said, sees, held), nameless(page.month_before(said), sees, held)
    shown = page.Board(now, before, sieve, _page(request), request.GET.get("duty", ""), trend(said, sees, held))
    carried = [(name, request.GET[name]) for name in KEPT if request.GET.get(name)]
    context = {"board": shown, "kept": carried, "presets": page.presets(said.today), "may_brief": True, **said.shown}
    return render_to_string("board/content.html", context, request)


def _key(request: HttpRequest, said: Asked, sees: frozenset[str] | None) -> kept.Version:
    """Everything the drawn page depends on."""
    asked_for = tuple(sorted((name, tuple(values)) for name, values in request.GET.lists()))
    may = reader(request).may_instruct
    return (request.path, asked_for, said.on, said.known, said.today, sees, may, get_language(), kept.version())


def brief(request: HttpRequest) -> HttpResponse:
    """The chair's brief of a day, drawn once like the board."""
    said, sees = asked(request), reader(request).sees
    held = settle(said)
    person = reader(request).person  # papers are named: what one may read of them differs from person to person
    key = (*_key(request, said, sees), person.ref if person else "")
    content = kept.PAGES.get(key, lambda: _brief(request, said, held).encode())
    return kept.framed(request, {"active": "brief", **said.shown}, content)


def _brief(request: HttpRequest, said: Asked, held: Standings) -> str:
    who = reader(request)
    now, before = province(said, who.sees, held), nameless(as_known(month_earlier(said)), who.sees, held)
    shown = page.Board(now, before, queries.Sieve(), 1, "", trend(said, who.sees, held))
    periods = [
        briefs.Period(str(title), first, changes(first, said, now.bodies, who.sees, held, who.person))
        for title, first in ((_("Từ hôm trước"), day_before(said)), (_("Từ tháng trước"), month_earlier(said)))
    ]
    told = instructions.all_of(seen_by=who.person, on=said.on, known=known_at(said))
    brief = briefs.Brief(shown, now, before, periods, told, who.may_instruct)
    context = {"brief": brief, "board": shown, "presets": page.presets(said.today), **said.shown}
    return render_to_string("board/brief.html", context, request)


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isdecimal() and len(said) < 6 else 1


def compare(request: HttpRequest) -> HttpResponse:
    """Two days side by side, with the cause of every cell that changed."""
    who, pair = reader(request), comparison.pair(request, clock.today())
    then, now = pair.of(pair.first), pair.of(pair.last)
    held = settle(now)
    before, after = nameless(as_known(then), who.sees, held), province(as_known(now), who.sees, held)
    shown = comparison.Comparison(
        pair, before, after, changes(then, now, after.bodies, who.sees, held, who.person), *comparison.wanted(request)
    )
    return render(request, "board/compare.html", {"compared": shown, "active": "compare"})


def why(request: HttpRequest, duty: str, ref: str) -> HttpResponse:
    """One cell explained; a stranger's cell and an absent one look alike."""
    said, who = asked(request), reader(request)
    found = projection.why(duty, ref, said.on, said.known, request.GET.get("window"), language()) if who.may_see(ref) else None
    if found is None:
        raise Http404
    panel = reasons.panel(found, said, ref, who)
    instruct = panel.instruct_url if who.may_instruct else ""
    ask = panel.ask_waiver_url if who.working else ""
    context = {
        "panel": panel,
        "instruct_url": instruct,
        "ask_waiver_url": ask,
        "ladder": LADDER,
        "back": reverse("board:board"),
        **said.shown,
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "board/why.html", {**context, "fragment": True, "heading": "h2", "under": "h3"})
    return render(request, "board/why_page.html", {**context, "fragment": False, "heading": "h1", "under": "h2"})
