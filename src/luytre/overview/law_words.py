"""Words of the law for pages: names of groups, duties in the order of the directive, in the reader's language."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luytre.core.law.model import Duty
from luytre.rooms.duties import queries
from luytre.ui.figures import is_english

GROUPS = {
    "responsibility": _("Trách nhiệm"),
    "four_layers": _("Bốn lớp"),
    "level": _("Cấp độ"),
    "proactive": _("Chủ động phòng ngừa"),
    "people": _("Con người"),
    "secrets": _("Bí mật, thiết bị"),
    "infrastructure": _("Hạ tầng, kết nối"),
    "incidents": _("Sự cố"),
    "reporting": _("Báo cáo"),
    "enterprise": _("Doanh nghiệp"),
    "coordinator": _("Cơ quan đầu mối"),
}


def language() -> str:
    return "en" if is_english() else "vi"


def said(words: Mapping[str, str]) -> str:
    return words[language()]


def is_of_directive(duty: str) -> bool:
    """Duties of the directive are D01–D48; those of other instruments carry its short name and a point."""
    return "." not in duty


def clause_order(duty: Duty) -> tuple[int, list[int], str]:
    groups = list(GROUPS)
    place = groups.index(duty.group) if duty.group in GROUPS else len(groups)
    return place, [int(part) for part in duty.clause.split(".") if part.isdigit()], duty.id


def in_order(duties: Iterable[str]) -> list[Duty]:
    """The duties of the directive among these ids, by group and clause."""
    known = queries.law().duties
    return sorted((known[duty] for duty in duties if duty in known and is_of_directive(duty)), key=clause_order)
