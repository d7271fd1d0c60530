"""What the coordinator, the provincial team and the enterprises do among themselves."""

from collections.abc import Iterator
from datetime import date, timedelta

from luytre.core.when import nth_month
from luytre.site.world.bodies import COORDINATOR, TEAM, Body
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import Deed, done_on, filed
from luytre.site.world.land import BEGIN, LAST_DAY, Land
from luytre.site.world.source import tree


def tell(land: Land) -> Iterator[Deed]:
    yield from _syntheses(land)
    yield from _monthly(land)
    yield from _threats(land)
    yield from _orders(land)
    yield from _help(land)


def _syntheses(land: Land) -> Iterator[Deed]:
    chance = Chance("synthesis")
    about = (COORDINATOR,)
    yield land.deed(chance, "synthesis.issued", COORDINATOR, about, date(2022, 12, 22), "BC", of="plans", year=2022)
    for year in range(2022, LAST_DAY.year):
        on = date(year, 12, 12) + timedelta(days=chance.whole(6, 30))
        yield land.deed(chance, "synthesis.issued", COORDINATOR, about, on, "BC", of="annual_reports", year=year)
        spent = {"year": year, "percent": f"{8 + year - 2022 + chance.share():.1f}".replace(".", ","), "enough": year >= 2024}
        yield land.deed(chance, "spending.reported", COORDINATOR, about, on + timedelta(days=9), "BC", **spent)


def _monthly(land: Land) -> Iterator[Deed]:
    """A report for every month; two months around the change of hands were forgotten."""
    for number in range(49):
        first = nth_month(date(2022, 11, 1), number)
        if first in (date(2025, 2, 1), date(2025, 3, 1)):
            continue
        chance = Chance("monthly", number)
        on = nth_month(first, 1) + timedelta(days=chance.whole(-4, 6))
        if on <= LAST_DAY:
            yield land.deed(chance, "monthly_report.issued", COORDINATOR, (COORDINATOR,), on, "BC", month=f"{first:%Y-%m}")


def _threats(land: Land) -> Iterator[Deed]:
    """A wide-scale risk about every four months; each enterprise warns its customers."""
    for number in range(13):
        chance = Chance("threat", number)
        on = BEGIN + timedelta(days=30 + number * 112 + chance.whole(0, 40))
        threat = f"NC-{on.year}-{number + 1:02}"
        told = [firm for firm in land.of_type["enterprise"] if firm.lives(on)]
        if on <= LAST_DAY:
            subject = chance.pick(tree("events.yaml")["threats"])
            refs = tuple(firm.ref for firm in told)
            yield Deed("threat.announced", refs, on, filed(chance, on, 0.2), TEAM, {"threat": threat}, note=subject)
            yield from _answers(land, told, "customers.warned", on, 4, f"threat-{number}", threat=threat)


def _answers(land: Land, firms: list[Body], verb: str, on: date, days: int, key: str, **detail: object) -> Iterator[Deed]:
    for firm in firms:
        chance = Chance(key, firm.place)
        done = done_on(chance, land.tempers[firm.ref], on, on + timedelta(days=days), 2)
        if done <= LAST_DAY:
            yield land.deed(chance, verb, firm.ref, (firm.ref,), done, None, **detail)


def _orders(land: Land) -> Iterator[Deed]:
    """Coordination orders of the provincial team to enterprises."""
    for number in range(44):
        chance = Chance("order", number)
        on = BEGIN + timedelta(days=18 + number * 33 + chance.whole(0, 20))
        firms = [firm for firm in land.of_type["enterprise"] if firm.lives(on)]
        if on > LAST_DAY or not firms:
            continue
        firm, order, due = chance.pick(firms), f"LĐP-{on.year}-{number + 1:03}", on + timedelta(days=3)
        detail = {"order": order, "due_on": due.isoformat()}
        yield Deed("order.issued", (firm.ref,), on, filed(chance, on, 0.1), TEAM, dict(detail))
        yield Deed("order.received", (firm.ref,), on, filed(chance, on, 0.3), firm.ref, dict(detail))
        yield from _answers(land, [firm], "order.answered", on, 3, f"order-{number}", order=order)


def _help(land: Land) -> Iterator[Deed]:
    """Customers who ask an enterprise for help with an incident."""
    for firm in land.of_type["enterprise"]:
        for number in range(9):
            chance = Chance("help", firm.place, number)
            on = firm.from_on if firm.from_on > BEGIN else BEGIN
            on += timedelta(days=60 + number * 155 + chance.whole(0, 60))
            request = f"HT-{on.year}-{firm.place:03}{number}"
            if on <= LAST_DAY:
                yield Deed("help.requested", (firm.ref,), on, filed(chance, on, 0.3), firm.ref, {"request": request})
                yield from _answers(land, [firm], "customer.helped", on, 5, f"help-{firm.place}-{number}", request=request)
