"""What a table of routes says of one address: by which door it is reached, and whether one must just have shown who one is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from luytre.doors.rules import DUTY, STAFF

ENTRY = "entry"  # signing in and one's own account: by the staff door and by the duty door
ANY = "any"  # what pages of every door need
NEVER, WRITING, ALWAYS, PROVINCE = "never", "writing", "always", "province"
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Route:
    """`fresh`: ask again who is there before any request, before one that writes, or before any by someone who sees the province."""

    door: str
    fresh: str = NEVER

    def wants_fresh(self, method: str | None, sees_all: Callable[[], bool]) -> bool:
        if self.fresh == PROVINCE:
            return sees_all()
        return self.fresh == ALWAYS or (self.fresh == WRITING and method not in SAFE)

    def is_reached_by(self, doors: frozenset[str]) -> bool:
        if self.door == ENTRY:
            return bool(doors & {STAFF, DUTY})
        if self.door == ANY:
            return bool(doors)
        return STAFF in doors or self.door in doors


def table() -> Mapping[str, Route]:
    """View name → route: site/routes.py. What does not stand there is reached by the staff door only."""
    found: Mapping[str, Route] = import_string(settings.DOORS_ROUTES)
    return found


def route(name: str) -> Route:
    return table().get(name, Route(STAFF))


def may_pass(path: str, doors: frozenset[str]) -> bool:
    """Is there an address of this path behind one of these doors? Looks of pages (static files) go with any of them."""
    if path.startswith(settings.STATIC_URL):
        return bool(doors)
    try:
        return route(resolve(path).view_name).is_reached_by(doors)
    except Resolver404:
        return False
