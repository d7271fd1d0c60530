"""Who there is: the province, departments, districts until 30/6/2025, communes since, units, enterprises, coordinator and team."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from luytre.core.fold import fold
from luytre.site.world.chance import Chance
from luytre.site.world.source import day, table, tree

PROVINCE = "org:ubnd-tinh"
COORDINATOR = "org:co-quan-dau-moi"
TEAM = "org:doi-ung-cuu"
# What lay on a district's desk when it ended went to the commune that bears its name; the rest to the province.
ON_THE_DESK = ("D27", "D30", "D31", "D36", "D37")
LONG_AGO = date(1990, 1, 1)
MERGER = date(2025, 3, 1)  # departments merged; the coordinating function passed to the provincial police
COMMUNES_BEGIN = date(2025, 7, 1)
Span = tuple[str, date, date | None]


@dataclass
class Body:
    """One organisation with its dated parents; `place` is its number in the list, the only thing chance is drawn by."""

    ref: str
    type: str
    name: str
    short: str
    from_on: date
    until_on: date | None
    parents: list[Span]
    successors: list[str] = field(default_factory=list)
    names: list[Span] = field(default_factory=list)
    certainty: str = "seen"
    stem: str = ""
    place: int = 0

    @property
    def code(self) -> str:
        return self.ref.removeprefix("org:")

    def lives(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


def bodies() -> list[Body]:
    """Every organisation of the demo, numbered in a fixed order."""
    everyone = list(chain(_functions(), _departments(), _districts(), _communes(), _named_units(), _sample_units(), _enterprises()))
    for place, body in enumerate(everyone):
        body.place = place
    return everyone


def _functions() -> list[Body]:
    seat_of_coordination: list[Span] = [("org:so-tttt", date(2008, 4, 1), MERGER), ("org:cong-an-tinh", MERGER, None)]
    names: list[Span] = [
        ("Cơ quan đầu mối tổng hợp (Sở Thông tin và Truyền thông)", date(2008, 4, 1), MERGER),
        ("Cơ quan đầu mối tổng hợp (Công an tỉnh)", MERGER, None),
    ]
    coordinator = Body(COORDINATOR, "coordinator", names[-1][0], "CQĐM", date(2008, 4, 1), None, seat_of_coordination, names=names)
    team = Body(TEAM, "team", "Đội ứng cứu sự cố tỉnh", "ĐƯCSC", date(2017, 11, 1), None, [(COORDINATOR, date(2017, 11, 1), None)])
    province = Body(PROVINCE, "province", "Ủy ban nhân dân tỉnh Thanh Hóa", "UBND", LONG_AGO, None, [])
    return [province, coordinator, team]


def _departments() -> list[Body]:
    return [_department(row) for row in table("bodies/departments.csv")]


def _department(row: dict[str, str]) -> Body:
    from_on, until_on = day(row["from_on"]) or LONG_AGO, day(row["until_on"])
    successors = [f"org:{row['successor']}"] if row["successor"] else []
    parents: list[Span] = [(PROVINCE, from_on, until_on)]
    return Body(
        f"org:{row['code']}", "department", row["name"], row["short"], from_on, until_on, parents, successors, certainty=row["certainty"]
    )


def _districts() -> list[Body]:
    """The 27 districts of 2024: 26 in the conversion table, and Đông Sơn, which joined Thanh Hóa city on 1/1/2025."""
    names = {row["old_district_code"]: row["old_district_name"].replace("Thị Xã", "Thị xã") for row in table(_CONVERSION)}
    ended = [_district(code, name, COMMUNES_BEGIN, heirs(code, name)) for code, name in sorted(names.items())]
    return [*ended, _district("405", "Huyện Đông Sơn", date(2025, 1, 1), ["org:h380"])]


_CONVERSION = "units/thanh-hoa-conversion-2025.csv"


def heirs(code: str, name: str) -> list[str]:
    """The communes that took over a district: first the one that bears its name, else the one that took most of its communes."""
    took = Counter(row["new_code"] for row in table(_CONVERSION) if row["old_district_code"] == code)
    called = {row["new_code"]: row["new_name"] for row in table(_CONVERSION)}
    seat = fold(name).split(" ", 1)[1].removeprefix("xa ").removeprefix("pho ")
    first = max(took, key=lambda new: (fold(called[new]).split(" ", 1)[1] == seat, took[new], new))
    return [f"org:{new}" for new in [first, *sorted(set(took) - {first})]]


def _district(code: str, name: str, until_on: date, successors: list[str]) -> Body:
    return Body(
        f"org:h{code}", "district", f"UBND {_lower(name)}", "UBND", LONG_AGO, until_on, [(PROVINCE, LONG_AGO, until_on)], successors
    )


def _communes() -> list[Body]:
    rows = table("units/thanh-hoa-communes-2025.csv")
    return [
        Body(
            f"org:{row['code']}",
            "commune",
            f"UBND {_lower(row['full_name'])}",
            "UBND",
            COMMUNES_BEGIN,
            None,
            [(PROVINCE, COMMUNES_BEGIN, None)],
        )
        for row in rows
    ]


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _named_units() -> list[Body]:
    return [_named_unit(unit) for unit in tree("bodies/units.yaml")["named"]]


def _named_unit(unit: dict[str, Any]) -> Body:
    parents = [(f"org:{parent}", from_on, until_on) for parent, from_on, until_on in unit["parent"]]
    return Body(f"org:{unit['code']}", "unit", unit["name"], "ĐV", parents[0][1], None, parents, certainty=unit["certainty"])


def _sample_units() -> list[Body]:
    return [_sample_unit(kind, number) for kind in tree("bodies/units.yaml")["sample"] for number in range(1, kind["count"] + 1)]


def _sample_unit(kind: dict[str, Any], number: int) -> Body:
    then, moved = kind.get("then", (None, None))
    parents: list[Span] = [(f"org:{kind['parent']}", kind["from"], moved)]
    if then:
        parents.append((f"org:{then}", moved, None))
    ref = f"org:{kind['stem']}-{number:02}"
    return Body(ref, "unit", kind["name"].format(n=number), "ĐV", kind["from"], None, parents, certainty="sample", stem=kind["stem"])


def _enterprises() -> list[Body]:
    return [
        Body(f"org:{row['code']}", "enterprise", row["name"], row["short"], day(row["from_on"]) or LONG_AGO, None, [], certainty="sample")
        for row in table("bodies/enterprises.csv")
    ]


def tempers(everyone: list[Body]) -> dict[str, dict[str, Any]]:
    """A temper for each body, drawn by its place in the list."""
    choices = [(temper, temper["share"]) for temper in tree("habits.yaml")["tempers"]]
    return {body.ref: Chance("temper", body.place).weighted(choices) for body in everyone}
