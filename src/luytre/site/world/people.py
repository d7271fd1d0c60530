"""Who works there: invented persons with trees, birds and rivers for names; heads change, contact officers too."""

from dataclasses import dataclass
from datetime import date, timedelta

from luytre.site.world.bodies import Body
from luytre.site.world.chance import Chance
from luytre.site.world.source import tree

HISTORY_BEGINS = date(2022, 1, 1)
INSPECTORATE = "org:thanh-tra-tinh"
ROLES = {"coordinator": "coordinator", "team": "response_team", "enterprise": "enterprise"}


@dataclass(frozen=True)
class Person:
    """One invented person in one post."""

    id: str
    name: str
    woman: bool
    title: str
    role: str
    body: str
    from_on: date
    until_on: date | None
    phone: str
    email: str

    @property
    def called(self) -> str:
        return f"{'Bà' if self.woman else 'Ông'} {self.name}"


def people(everyone: list[Body], last_day: date) -> list[Person]:
    """For each body the heads and contact officers one after another, without a day between."""
    found: list[Person] = []
    for body in everyone:
        for role, title, mean in _posts(body):
            for from_on, until_on in _terms(Chance("terms", body.place, role), body, mean, last_day):
                found.append(_person(len(found), body, role, title, from_on, until_on))
    return found


def _posts(body: Body) -> list[tuple[str, str, int]]:
    """(role, title, mean days in the post)."""
    title = tree("people/names.yaml")["titles"][body.type]
    if body.type == "province":
        return [("chair", title, 1400)]
    posts = [("head", title, 1100)]
    if body.ref == INSPECTORATE:
        posts.append(("auditor", "Thanh tra viên", 1500))
    worker = ROLES.get(body.type, "contact")
    label = {"coordinator": "Chuyên viên tổng hợp", "response_team": "Đội viên trực", "enterprise": "Cán bộ đầu mối"}
    return [*posts, (worker, label.get(worker, "Cán bộ đầu mối an toàn thông tin"), 900)]


def _terms(chance: Chance, body: Body, mean: int, last_day: date) -> list[tuple[date, date | None]]:
    terms: list[tuple[date, date | None]] = []
    start = max(body.from_on, HISTORY_BEGINS) if body.from_on > HISTORY_BEGINS else body.from_on
    end = body.until_on or last_day
    change = max(start, HISTORY_BEGINS) + timedelta(days=240 + chance.delay(mean))
    while change < end - timedelta(days=20):
        terms.append((start, change))
        start, change = change, change + timedelta(days=240 + chance.delay(mean))
    return [*terms, (start, body.until_on)]


def _person(number: int, body: Body, role: str, title: str, from_on: date, until_on: date | None) -> Person:
    chance = Chance("person", number)
    woman = chance.yes(0.42)
    pool = tree("people/names.yaml")
    names = pool["women" if woman else "men"]
    name = f"{chance.pick(pool['family'])} {chance.pick(names['middle'])} {chance.pick(names['given'])}"
    return Person(
        f"p{number:04}",
        name,
        woman,
        title,
        role,
        body.ref,
        from_on,
        until_on,
        f"0237 000 {number % 10000:04}",
        f"p{number:04}@{body.code}.example",
    )
