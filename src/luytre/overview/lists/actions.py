"""The verbs of saved views: keep one, drop one. Personal, so nobody else is told and no journal is written."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luytre.core.fold import written
from luytre.core.refusal import Refusal
from luytre.overview.lists.models import SavedView
from luytre.register.models import Person

MOST = 30  # views of one list


def keep(*, by: Person, at: datetime, key: str, name: str, query: str) -> SavedView:
    """Keep a view under a name; the same name again takes its place."""
    named = " ".join(written(name).split())[:60]
    if not named:
        raise Refusal(_("Ghi tên cho cách xem này, ví dụ “Cấp độ 3 chưa săn lùng”."))
    held = SavedView.objects.filter(person=by, list=key)
    if held.count() >= MOST and not held.filter(name=named).exists():
        raise Refusal(_("Đã lưu %(n)d cách xem cho danh sách này. Bỏ bớt rồi lưu lại.") % {"n": MOST})
    view, _made = SavedView.objects.update_or_create(person=by, list=key, name=named, defaults={"query": query[:500], "made_at": at})
    return view


def drop(*, by: Person, view: SavedView) -> None:
    view.delete()


def forget(person: str, marks: Sequence[str], at: datetime) -> None:
    """A person is erased on request: the views kept go too."""
    SavedView.objects.filter(person__code=person.removeprefix("person:")).delete()
