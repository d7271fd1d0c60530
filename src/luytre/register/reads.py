"""For windows that show something sensitive: the reading becomes an entry of the journal, or the page is not shown.

@reads("incident.read")
def incident(request, number):
    held = ...                                  # through queries.…(seen_by=…), 404 where foreign or absent
    read(request, [held.system_ref], incident=held.number)      # of what: refs the reader may see; detail as in verbs/
    return render(...)
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from luytre import journal
from luytre.journal import clock
from luytre.register.models import Account
from luytre.verbs import READS

P = ParamSpec("P")
Window = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
SHOWN = (200, 422)  # answers that carry the page: as asked for, or with a faulty form on it


def reads(verb: str) -> Callable[[Window[P]], Window[P]]:
    """Mark a window as reading: an answer that shows its page is told to the journal under the verb, before it goes out."""
    assert verb in READS, f"{verb}: no verb of reading (verbs/: reads=True)"

    def wrap(window: Window[P]) -> Window[P]:
        @wraps(window)
        def reading(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
            answer = window(request, *args, **given)
            if answer.status_code in SHOWN:
                said: tuple[list[str], dict[str, Any]] | None = getattr(request, "luytre_read", None)
                if not said or not said[0]:
                    raise RuntimeError(f"{verb}: the window shows something and has not said of what: read(request, about)")
                tell(request, verb, said[0], **said[1])
            return answer

        reading.reads = verb  # type: ignore[attr-defined]  # for the test that walks the addresses
        return reading

    return wrap


def read(request: HttpRequest, about: Iterable[str], **detail: Any) -> None:
    """Say, within a window marked so, what is being shown: things by ref, and more detail."""
    request.luytre_read = (sorted(set(about)), detail)  # type: ignore[attr-defined]


def tell(request: HttpRequest, verb: str, about: Iterable[str], **detail: Any) -> None:
    """Write a reading down at once, for windows that show something sensitive only now and then."""
    assert isinstance(request.user, Account)
    journal.record(by=request.user, at=clock.now(), verb=verb, about=sorted(set(about)), on=clock.today(), detail=detail)
