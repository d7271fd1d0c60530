"""The monthly report to the chair: its figures for this month, last month, the same month last year and the year so far, in tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from luytre.core.paper.model import Chart, Series
from luytre.overview.reports import figures, spans
from luytre.overview.reports.figures import Value
from luytre.overview.reports.figures.incidents import LEVELS, TYPES_IN_ORDER
from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span
from luytre.overview.reports.tables import CHANGE, RATE, SPANS, Cell, Line, Table, difference, rate, rate_of
from luytre.verbs.incident import TYPES
from luytre.verbs.shape import Words, words

MAIN = (
    "incidents",
    "incidents.serious",
    "incidents.still_open",
    "time.notified_at",
    "time.restored_at",
    "time.closed_at",
    "clock.D30",
    "clock.ND331.31.2d",
    "clock.L91.23",
    "clock.D31",
    "orders",
    "duties",
    "duties.late",
)
PREVENTION = (
    "warnings",
    "warnings.tasks",
    "warnings.late",
    "hunts",
    "hunts.systems",
    "scans",
    "scans.systems",
    "plans.issued",
    "plans.updated",
    "drills",
    "campaigns",
    "teams",
    "contacts",
    "spending",
)
WEAKNESSES = ("grave", "plain")
WHICH = ("start", "found", "fixed", "end")
SYSTEM_LEVELS = ("1", "2", "3", "4", "5", "none")
LAYERS = ("D03", "D04", "D05", "D06")
DUTIES = ("D07", "D08", "D09", "D10", "D11", "D13", "D14", "D15", "D17", "D34", *LAYERS, "D27", "D36")
NO_LEVEL = words("Chưa có cấp độ", "No level")
TOTAL = words("Tổng số", "Total")
ALL = ("this", "last", "year_ago", "year")


@dataclass
class Monthly:
    """The report of a month as known at the moment of its ground."""

    first: date
    ground: Ground
    spans: dict[str, Span] = field(init=False)
    _values: dict[tuple[str, str], Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spans = {one.name: one for one in spans.beside(self.first, self.ground.today)}

    @property
    def period(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def known(self) -> datetime:
        return self.ground.known

    @property
    def on(self) -> date:
        """The last day of the month that is looked at."""
        return self.spans["this"].on

    @property
    def is_running(self) -> bool:
        return self.on < self.spans["this"].last

    def value(self, name: str, span: str = "this") -> Value:
        key = (name, span)
        if key not in self._values:
            self._values[key] = figures.value(self.ground, name, self.spans[span])
        return self._values[key]

    def row(self, name: str, spans_: Sequence[str] = ALL) -> list[Value]:
        return [self.value(name, span) for span in spans_]

    # -- tables --

    @cached_property
    def tables(self) -> dict[str, Table]:
        made = (self._main(), self._types(), self._levels(), self._weaknesses(), self._prevention(), self._systems(), self._duties())
        return {table.id: table for table in made}

    def _compared(self, id_: str, title: Words, names: Sequence[str]) -> Table:
        lines = [Line(figures.CATALOGUE[name].words, self.row(name)) for name in names]
        return Table(id_, title, words("Chỉ số", "Figure"), [SPANS[name] for name in ALL], lines)

    def _main(self) -> Table:
        return self._compared("main", words("Chỉ số chính của tháng", "Main figures of the month"), MAIN)

    def _prevention(self) -> Table:
        return self._compared("prevention", words("Phòng ngừa, cảnh báo, ứng cứu", "Prevention, warnings, response"), PREVENTION)

    def _types(self) -> Table:
        heads = [words("Số lượng", "Number"), words("Tự xử lý", "By self"), words("Có hỗ trợ", "With help"), words("Đang xử lý", "Open")]
        heads += [SPANS["last"], CHANGE, SPANS["year_ago"], SPANS["year"]]
        lines = [self._type(f"incidents.{type_}", _capital(TYPES[type_])) for type_ in TYPES_IN_ORDER]
        lines.append(self._type("incidents", TOTAL, is_total=True))
        title = words("Số lượng sự cố và cách thức xử lý", "Incidents and how they were handled")
        return Table("types", title, words("Loại sự cố, tấn công mạng", "Type"), heads, lines, words("Đơn vị tính: vụ", "Unit: incidents"))

    def _type(self, name: str, label: Words, *, is_total: bool = False) -> Line:
        now, last = self.value(name), self.value(name, "last")
        handled = [self.value(f"{name}.{how}") for how in ("self", "helped", "open")]
        cells: list[Cell] = [now, *handled, last, difference(now, last), self.value(name, "year_ago"), self.value(name, "year")]
        return Line(label, cells, is_total)

    def _levels(self) -> Table:
        lines = [Line(_level(number), self.row(f"incidents.level.{number}")) for number in LEVELS]
        lines.append(Line(TOTAL, self.row("incidents"), is_total=True))
        title = words("Sự cố theo cấp độ của hệ thống bị ảnh hưởng", "Incidents by level of the system")
        return Table("levels", title, words("Cấp độ", "Level"), [SPANS[name] for name in ALL], lines)

    def _weaknesses(self) -> Table:
        heads = [
            words("Tồn đầu tháng", "At start"),
            words("Phát hiện mới", "Found"),
            words("Đã khắc phục", "Fixed"),
            words("Còn lại", "Left"),
        ]
        kinds = {"grave": words("Cho phép xâm nhập, kiểm soát", "Allow intrusion"), "plain": words("Khác", "Other")}
        lines = [Line(kinds[kind], [self.value(f"weaknesses.{kind}.{which}") for which in WHICH]) for kind in WEAKNESSES]
        lines.append(Line(TOTAL, [self.value(f"weaknesses.{which}") for which in WHICH], is_total=True))
        return Table("weaknesses", words("Điểm yếu, lỗ hổng", "Weaknesses"), words("Loại", "Kind"), heads, lines)

    def _systems(self) -> Table:
        heads = [words("Số hệ thống", "Systems"), words("Chưa phê duyệt", "Not approved"), words("Đã phê duyệt", "Approved")]
        heads += [words("Tỷ lệ phê duyệt", "Share approved"), words("Đã triển khai phương án", "Plan deployed")]
        lines = [self._system_level(f"systems.{number}", _level(number)) for number in SYSTEM_LEVELS]
        lines.append(self._system_level("systems", TOTAL, is_total=True))
        title = words("Hệ thống thông tin theo cấp độ và tình trạng", "Systems by level and state")
        return Table("systems", title, words("Cấp độ", "Level"), heads, lines)

    def _system_level(self, name: str, label: Words, *, is_total: bool = False) -> Line:
        whole, waiting, approved = (self.value(part) for part in (name, f"{name}.waiting", f"{name}.approved"))
        return Line(label, [whole, waiting, approved, rate_of(approved, whole), self.value(f"{name}.deployed")], is_total)

    def _duties(self) -> Table:
        heads = [words("Đã làm / phải làm", "Done of owed"), RATE, SPANS["last"], SPANS["year_ago"]]
        lines = [self._duty(f"duty.{duty}") for duty in DUTIES]
        title = words("Kết quả thực hiện một số nhiệm vụ", "Some duties")
        return Table("duties", title, words("Nhiệm vụ", "Duty"), heads, lines)

    def _duty(self, name: str) -> Line:
        now, last, year_ago = self.row(name, ("this", "last", "year_ago"))
        return Line(figures.CATALOGUE[name].words, [now, rate(now), last, year_ago])

    def every_value(self) -> Iterator[Value]:
        """Each figure of the report once for each period it is shown for."""
        seen = set()
        for value in (
            *(v for table in self.tables.values() for v in table.values),
            self.value("bodies.clean"),
            self.value("bodies.behind"),
        ):
            key = (value.figure.id, value.span.name)
            if value.asked and key not in seen:
                seen.add(key)
                yield value

    # -- charts --

    @cached_property
    def months(self) -> list[tuple[date, Value]]:
        thirteen = spans.thirteen(self.first, self.ground.today)
        return [(span.first, figures.value(self.ground, "incidents", span)) for span in thirteen]

    @property
    def chart_of_months(self) -> Chart:
        labels = tuple(f"{first.month}/{first:%y}" for first, _value in self.months)
        counts = tuple(float(value.count) for _first, value in self.months)
        return Chart(shape="columns", caption="Số sự cố theo tháng, 13 tháng", labels=labels, series=(Series(name="Sự cố", values=counts),))

    @property
    def chart_of_levels(self) -> Chart | None:
        shown = [number for number in SYSTEM_LEVELS if self.value(f"systems.{number}").count]
        if not shown:
            return None
        named = {"waiting": "Chưa phê duyệt", "approved": "Đã phê duyệt"}
        series = tuple(
            Series(name=said, values=tuple(float(self.value(f"systems.{number}.{state}").count) for number in shown))
            for state, said in named.items()
        )
        labels = tuple(_level(number)["vi"] for number in shown)
        return Chart(shape="bars", caption="Tình trạng phê duyệt theo cấp độ", labels=labels, series=series)


def _level(number: str) -> Words:
    return NO_LEVEL if number == "none" else words(f"Cấp độ {number}", f"Level {number}")


def _capital(said: Words) -> Words:
    return {lang: text[:1].upper() + text[1:] for lang, text in said.items()}
