"""The heat map, bodies × duties: which columns, which rows, in which order; drawn by Jinja2 because it has thousands of cells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from luytre.ui import fast
from luytre.ui.statuses import LOOKS

PAGE = 200  # bodies a page: with 48 duties that stays under 300 KB gzip
TEMPLATES = Path(__file__).parent / "templates/board"


@dataclass(frozen=True)
class Column:
    duty: str
    clause: str
    name: str


@dataclass(frozen=True)
class Group:
    """Columns that belong together, in the order of the directive's clauses."""

    title: str
    columns: Sequence[Column]


@dataclass(frozen=True)
class Row:
    """One body: its statuses in the order of the columns; "" where there is no line that day."""

    ref: str
    name: str
    url: str
    statuses: Sequence[str]
    late: int


@dataclass(frozen=True)
class Block:
    """Rows of one type of body."""

    title: str
    rows: Sequence[Row]
    bodies: int = 0
    with_late: int = 0

    @property
    def sub(self) -> str:
        return _("%(late)s trên %(all)s đơn vị có việc quá hạn") % {"late": self.with_late, "all": self.bodies}


@dataclass(frozen=True)
class Heat:
    """`tail` is what links of cells carry on (`?on=…`)."""

    groups: Sequence[Group]
    blocks: Sequence[Block]
    tail: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return 2 + sum(len(group.columns) for group in self.groups)

    def html(self) -> SafeString:
        said = {"body": _("Đơn vị"), "late": _("Quá hạn"), "caption": _("Tình trạng thực hiện Chỉ thị theo đơn vị và nhiệm vụ")}
        return fast.render(TEMPLATES, "heat.jinja", heat=self, cells=self._cells(), said=said)

    def _cells(self) -> Callable[[Row], Markup]:
        """Draws the cells of a row: what stands around the ref of the body is the same all down a column, so it is escaped once."""
        words = {status: escape(str(look.word)) for status, look in LOOKS.items()}
        duties = [column.duty for group in self.groups for column in group.columns]
        opens = ['<td class="gs">' if begins else "<td>" for begins in self.columns_by_group()]
        around: list[dict[str, tuple[str, str]]] = []
        for duty, td in zip(duties, opens, strict=True):
            links = {
                status: (f'{td}<a data-status="{status}" href="../why/{escape(duty)}/', f'/{escape(self.tail)}">{word}</a>')
                for status, word in words.items()
            }
            around.append(links)

        def draw(row: Row) -> Markup:
            ref, drawn = escape(row.ref), []
            for number, status in enumerate(row.statuses):
                before, after = around[number][status] if status else (opens[number], "")
                drawn.append(f"{before}{ref}{after}" if status else before)
            return Markup("".join(drawn))  # noqa: S704 (every part was escaped above)

        return draw

    def columns_by_group(self) -> Iterable[bool]:
        """For every column whether a group begins there (but the first)."""
        for number, group in enumerate(self.groups):
            for place, _column in enumerate(group.columns):
                yield bool(number) and place == 0
