"""Windows of the search: the page that works without script, and the few hits shown while one types."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luytre.journal import clock
from luytre.overview.reader import reader
from luytre.overview.search import groups

MOST = 80  # letters of what is typed that are read
PAGE = 50


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every group with its first hits; one kind alone with all of them, page by page."""
    typed, kind = _typed(request), request.GET.get("kind", "")
    wide = kind in groups.KINDS
    found = groups.find(typed, reader(request), clock.today(), kinds=[kind] if wide else None, most=groups.MOST if wide else groups.SHOWN)
    context = {"typed": typed, "kind": kind if wide else "", "found": found, "active": "search"}
    if wide and found:
        context["page"] = Paginator(found[0].hits, PAGE).get_page(request.GET.get("page"))
    return render(request, "search/page.html", context)


@require_GET
def hits(request: HttpRequest) -> HttpResponse:
    """A fragment for the palette."""
    typed = _typed(request)
    return render(request, "search/hits.html", {"typed": typed, "found": groups.find(typed, reader(request), clock.today())})


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:MOST]
