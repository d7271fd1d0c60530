"""What goes wrong with papers: some are rejected and filed again, some withdrawn; and some bodies are excused by decision."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from luytre.site.world.bodies import COORDINATOR, PROVINCE
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import ZONE, Deed
from luytre.site.world.land import LAST_DAY, Land

WAIVABLE = ("D05", "D06", "D26", "D16", "D34", "D24")
WAIVABLE_FOR_SYSTEMS = ("D08", "D09", "D10", "D11")


def tell(land: Land, told: list[Deed]) -> Iterator[Deed]:
    for number, deed in enumerate(told):
        if deed.paper:
            yield from _second_thoughts(land, Chance("upset", number), deed)
    yield from _waivers(land)


def _second_thoughts(land: Land, chance: Chance, deed: Deed) -> Iterator[Deed]:
    fate = chance.share()
    if fate < 0.010:
        yield _rejected(chance, deed)
        if chance.yes(0.7):
            yield _again(chance, deed, 12)
    elif fate < 0.014:
        later = deed.known_at + timedelta(days=chance.whole(0, 12), hours=chance.whole(1, 7))
        yield Deed("entry.retracted", deed.about, later.date(), later, deed.by, {}, retracts=deed)
        yield _again(chance, deed, 1, later)


def _rejected(chance: Chance, deed: Deed) -> Deed:
    later = deed.known_at + timedelta(days=chance.whole(2, 11), minutes=chance.whole(1, 300))
    reason = chance.pick(["chưa có chữ ký", "sai kỳ", "bản chụp không đọc được", "chưa đúng hệ thống"])
    return Deed("evidence.rejected", deed.about, later.date(), later, COORDINATOR, {}, retracts=deed, note=reason)


def _again(chance: Chance, deed: Deed, days: int, after: datetime | None = None) -> Deed:
    """The same deed filed again, right this time."""
    later = (after or deed.known_at) + timedelta(days=days + chance.delay(9), minutes=chance.whole(5, 200))
    return Deed(deed.verb, deed.about, deed.on, later, deed.by, dict(deed.detail), deed.at, deed.paper)


def _waivers(land: Land) -> Iterator[Deed]:
    """Decisions that excuse a body or a system from one duty until a day; some have run out, some still hold."""
    for number in range(190):
        chance = Chance("waiver", number)
        on = chance.day(date(2023, 2, 1), date(2026, 11, 10))
        bodies = [body for body in land.dutiful if body.lives(on)]
        systems = [system for system in land.systems if system.operates(on)]
        about, duty = (
            (chance.pick(systems).ref, chance.pick(WAIVABLE_FOR_SYSTEMS))
            if chance.yes(0.5)
            else (chance.pick(bodies).ref, chance.pick(WAIVABLE))
        )
        until = on + timedelta(days=chance.whole(200, 1000))
        known = datetime(on.year, on.month, on.day, 15, chance.whole(0, 59), tzinfo=ZONE)
        detail = {"duty": duty, "until_on": until.isoformat(), "number": f"{chance.whole(100, 4900)}/QĐ-UBND"}
        if on <= LAST_DAY:
            yield Deed("waiver.granted", (about,), on, known, PROVINCE, detail, paper="QĐ")
