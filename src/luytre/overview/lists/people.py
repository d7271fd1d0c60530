"""The list of people: who holds which post where on the day, and, for whoever may look people up, how to reach them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import tokens
from luytre.overview.asked import Asked
from luytre.overview.bodies import in_force
from luytre.overview.links import thing_url
from luytre.overview.lists.shape import Cell, Column, Filter, Row, Said, Spec
from luytre.overview.reader import Reader
from luytre.register.models import Post, Role

SALUTATIONS = ("ong", "ba")  # typed along with a name
ORDERS = {"name": "of__sorting", "body": "organisation__sorting", "role": "role", "since": "from_on"}


def columns(asked: Asked) -> Sequence[Column]:
    return (
        Column("name", _("Họ và tên"), "pri", width=30),
        Column("role", _("Vai trò"), width=24),
        Column("title", _("Chức danh"), sorts=False, width=36),
        Column("body", _("Đơn vị"), width=40),
        Column("since", _("Từ ngày"), "nw r", falls=True, width=12),
        Column("phone", _("Điện thoại"), "nw", sorts=False, width=16),
        Column("email", _("Thư điện tử"), sorts=False, width=30),
    )


def filters(asked: Asked, who: Reader) -> Sequence[Filter]:
    return (Filter("role", _("Vai trò"), [(str(key), str(label)[:1].upper() + str(label)[1:]) for key, label in Role.choices]),)


def chosen(asked: Asked, who: Reader, said: Said) -> Any:
    query = _filtered(asked, who, said)
    column = next(one for one in columns(asked) if one.key == said["sort"])
    sign = "-" if column.falls != bool(said["turned"]) else ""
    return query.order_by(f"{sign}{ORDERS[column.key]}", "of__sorting", "pk").values_list("pk", flat=True)


def _filtered(asked: Asked, who: Reader, said: Said) -> QuerySet[Post]:
    same = {name: OuterRef(name) for name in ("of", "organisation", "role", "from_on")}
    later = Post.objects.filter(pk__gt=OuterRef("pk"), **same)  # a row that ends or corrects an earlier one
    later = later.filter(Q(known_at=None) | Q(known_at__lte=asked.known)) if asked.known else later
    query = Post.objects.filter(~Exists(later), in_force(asked.on, asked.known))
    if who.sees is not None:
        query = query.filter(organisation__code__in=[ref.removeprefix("org:") for ref in who.sees if ref.startswith("org:")])
    if said["role"]:
        query = query.filter(role=said["role"])
    words = tokens(said["q"])
    for word in [word for word in words if word not in SALUTATIONS] or words:
        query = query.filter(Q(of__folded__contains=word) | Q(organisation__folded__contains=word))
    return query


def rows(numbers: Sequence[int], asked: Asked, who: Reader) -> list[Row]:
    held = Post.objects.select_related("of", "organisation").in_bulk(list(numbers))
    return [_row(held[number], asked, who.may_look_up(held[number])) for number in numbers if number in held]


def _row(post: Post, asked: Asked, contacts: bool) -> Row:
    url, role = thing_url(post.organisation.ref, asked.tail), str(Role(post.role).label)
    cells = [
        Cell(post.of.called),
        Cell(role[:1].upper() + role[1:], "quiet"),
        Cell(post.title, "quiet"),
        Cell(post.organisation.name, "link", url),
        Cell(post.from_on, "day"),
        Cell(post.of.phone if contacts else "", "phone"),
        Cell(post.of.email if contacts else "", "mail"),
    ]
    tells = contacts and bool(post.of.phone or post.of.email)
    return Row(post.of.ref, url, cells, post.organisation.ref if tells else "")


SPEC = Spec(
    "people",
    _("Cán bộ"),
    _("Ai giữ vai trò nào, ở đâu, liên hệ thế nào."),
    "lists:people",
    "lists:people-book",
    columns,
    filters,
    chosen,
    rows,
    "name",
    _("Tên cán bộ hoặc đơn vị"),
    _("Sổ đăng ký chưa ghi cán bộ nào vào ngày này."),
)
