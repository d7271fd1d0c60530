"""One line a hit: what a body, system, person, paper or duty is called, what tells it from others, where its page is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from luytre.core.fold import tokens
from luytre.journal.models import Findable
from luytre.overview import law_words
from luytre.overview.bodies import in_force, values_on
from luytre.overview.law_words import said
from luytre.overview.links import entry_url, thing_url, why_url
from luytre.overview.reader import Reader
from luytre.register.models import OrganisationKind, OrganisationType, Post, Role, SystemLevel, SystemOwner
from luytre.rooms.duties import queries


@dataclass(frozen=True)
class Hit:
    title: str
    says: str
    url: str


def _codes(rows: Sequence[Findable]) -> list[str]:
    return [row.thing.partition(":")[2] for row in rows]


def organisations(rows: Sequence[Findable], who: Reader, today: date) -> list[Hit]:
    kinds, labels = values_on(OrganisationKind, today, of=_codes(rows)), dict(OrganisationType.choices)
    there = sorted(rows, key=lambda row: row.thing[4:] not in kinds)  # those that still are stand first
    return [
        Hit(row.title, _capital(str(labels.get(kinds.get(row.thing[4:], ""), _("đã kết thúc")))), thing_url(row.thing)) for row in there
    ]


def systems(rows: Sequence[Findable], who: Reader, today: date) -> list[Hit]:
    codes = _codes(rows)
    owners, levels = values_on(SystemOwner, today, of=codes, value="value__name"), values_on(SystemLevel, today, of=codes)
    found = []
    for row, code in zip(rows, codes, strict=True):
        level = _("Cấp độ %(level)s") % {"level": levels[code]} if levels.get(code) else _("Chưa có cấp độ")
        found.append(Hit(row.title, " · ".join(part for part in (level, owners.get(code)) if part), thing_url(row.thing)))
    return found


def people(rows: Sequence[Findable], who: Reader, today: date) -> list[Hit]:
    """With the posts held today at bodies the reader may see."""
    posts: dict[str, list[Post]] = {}
    for post in Post.objects.filter(in_force(today, None), of__code__in=_codes(rows)).select_related("of", "organisation"):
        if who.may_see(post.organisation.ref):
            posts.setdefault(post.of.ref, []).append(post)
    serving = sorted(rows, key=lambda row: row.thing not in posts)
    return [_person(row, posts.get(row.thing, [])) for row in serving]


def _person(row: Findable, posts: Sequence[Post]) -> Hit:
    held = [f"{post.title or _capital(str(Role(post.role).label))}, {post.organisation.name}" for post in posts]
    url = thing_url(posts[0].organisation.ref) if posts else thing_url(row.about[0]) if row.about else reverse("things:organisations")
    return Hit(posts[0].of.called if posts else row.title, "; ".join(held) or _("Không còn giữ chức vụ"), url)


def entries(rows: Sequence[Findable], who: Reader, today: date) -> list[Hit]:
    """Papers and facts; of the things they concern only those the reader may see are named."""
    numbers = [int(code) for code in _codes(rows)]
    held = {one.id: one for one in queries.shown_of(numbers, seen=who.sees)}
    found = []
    for number in numbers:
        if one := held.get(number):
            title = f"{one.paper}, {_('số')} {one.number}" if one.number else one.paper
            found.append(Hit(title, f"{one.on:%d/%m/%Y} · {one.about} · {one.standing_word}", entry_url(str(number))))
    return found


def others(rows: Sequence[Findable], who: Reader, today: date) -> list[Hit]:
    """What later rooms put down, with the address they gave."""
    return [Hit(row.title, f"{row.on:%d/%m/%Y}" if row.on else "", row.path or "/") for row in rows]


READ: dict[str, Callable[[Sequence[Findable], Reader, date], list[Hit]]] = {
    "org": organisations,
    "system": systems,
    "person": people,
    "entry": entries,
    "other": others,
}


def duties(typed: str, who: Reader) -> list[Hit]:
    """Duties of the directive whose words begin with every word typed: by number, clause, name."""
    sought = tokens(typed)
    found = []
    for duty in law_words.in_order(queries.law().duties):
        words = _words(f"{duty.id} {duty.clause} {' '.join(duty.name.values())} {' '.join(duty.title.values())}")
        if all(any(word.startswith(one) for word in words) for one in sought):
            clause = _("điểm %(clause)s") % {"clause": duty.clause}
            found.append(Hit(f"{duty.id} · {said(duty.name)}", f"{clause} · {said(duty.title)}", _duty_url(duty.id, duty.subject, who)))
    return found


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(tokens(text))


def _duty_url(duty: str, subject: str, who: Reader) -> str:
    """How one's own body stands; for those who look at the province, where it is not done."""
    if who.working is not None and not who.leads:
        return why_url(duty, who.working.organisation.ref)
    name = "systems" if subject == "system" else "organisations"
    return f"{reverse(f'things:{name}')}?{urlencode({'duty': duty})}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
