"""What the chair asks of bodies and what comes back; what bodies ask to be excused from and still wait for."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from luytre.site.world.bodies import COORDINATOR, PROVINCE, Body
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import ZONE, Deed
from luytre.site.world.land import LAST_DAY, Land
from luytre.site.world.source import tree

GIVEN_ON = (  # the last three are still running on the world's last day
    date(2025, 9, 8),
    date(2025, 12, 2),
    date(2026, 3, 16),
    date(2026, 6, 1),
    date(2026, 8, 24),
    date(2026, 10, 30),
    date(2026, 11, 9),
    date(2026, 11, 16),
)
ASKED = 9  # requests for a waiver nobody has decided yet


def tell(land: Land) -> Iterator[Deed]:
    numbers: dict[int, int] = {}
    for on, said in zip(GIVEN_ON, tree("events.yaml")["instructions"], strict=True):
        numbers[on.year] = numbers.get(on.year, 0) + 1
        yield from _instruction(land, on, f"YK-{on.year}-{numbers[on.year]:03}", said)
    yield from _requests(land)


def _instruction(land: Land, on: date, number: str, said: dict[str, str | int]) -> Iterator[Deed]:
    chance = Chance("instruction", number)
    able = [body for body in land.of_type[str(said["of"])] if body.lives(on) and body.lives(LAST_DAY)]
    bodies = _some(chance, able, int(said["count"]))
    due = on + timedelta(days=int(said["days"]))
    about = tuple(body.ref for body in bodies)
    detail = {"instruction": number, "due_on": due.isoformat(), "duty": said["duty"]}
    yield Deed("instruction.given", about, on, _at(chance, on, 8), PROVINCE, detail, note=str(said["says"]))
    for body in bodies:
        yield from _answers(land, Chance("instruction", number, body.place), body, number, on, due)


def _some(chance: Chance, able: list[Body], count: int) -> list[Body]:
    left, found = list(able), []
    for _ in range(min(count, len(left))):
        found.append(left.pop(chance.whole(0, len(left) - 1)))
    return found


def _answers(land: Land, chance: Chance, body: Body, number: str, on: date, due: date) -> Iterator[Deed]:
    late = min(0.9, 0.15 + 2 * float(land.tempers[body.ref]["late"]))
    done = due + timedelta(days=1 + chance.delay(14)) if chance.yes(late) else on + timedelta(days=chance.whole(2, (due - on).days))
    if done > LAST_DAY:
        return
    detail = {"number": f"{chance.whole(20, 900)}/BC-{land.body[body.ref].short}", "signed_on": done.isoformat(), "instruction": number}
    says = chance.pick(["Đã thực hiện xong theo chỉ đạo, có biên bản kèm theo.", "Đã hoàn thành, không phát sinh vướng mắc."])
    yield Deed("instruction.answered", (body.ref,), done, _at(chance, done, 9), body.ref, detail, note=says)
    looked = done + timedelta(days=chance.whole(1, 6))
    if looked > LAST_DAY:
        return
    if chance.yes(0.15):
        returned = {"instruction": number}
        reason = "Chưa nêu số liệu cụ thể; đề nghị bổ sung và gửi lại."
        yield Deed("instruction.returned", (body.ref,), looked, _at(chance, looked, 14), COORDINATOR, returned, note=reason)
        done = looked + timedelta(days=chance.whole(2, 8))
        again = {**detail, "signed_on": done.isoformat()}
        if done <= LAST_DAY:
            yield Deed(
                "instruction.answered", (body.ref,), done, _at(chance, done, 10), body.ref, again, note="Đã bổ sung số liệu theo yêu cầu."
            )
        looked = done + timedelta(days=3)
    if looked <= LAST_DAY:
        yield Deed("instruction.accepted", (body.ref,), looked, _at(chance, looked, 15), COORDINATOR, {"instruction": number})


def _requests(land: Land) -> Iterator[Deed]:
    """Bodies that ask to be excused; the newest wait for the chair."""
    asked = tree("events.yaml")["requests"]
    for number in range(ASKED):
        chance = Chance("request", number)
        on = LAST_DAY - timedelta(days=2 + number * 3)
        body = chance.pick([body for body in land.dutiful if body.lives(on)])
        said = asked[number % len(asked)]
        detail = {"duty": said["duty"], "until_on": (on + timedelta(days=chance.whole(60, 200))).isoformat()}
        detail |= {"number": f"{chance.whole(20, 900)}/TTr-{body.short}", "signed_on": on.isoformat()}
        yield Deed("waiver.requested", (body.ref,), on, _at(chance, on, 10), body.ref, detail, note=said["says"])


def _at(chance: Chance, on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour, chance.whole(0, 59)), ZONE)
