"""The frame of every page: the bar by role, who is signed in, where home is. A context processor for ui/base.html."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.overview.reader import Reader, reader
from luytre.register.models import Role


@dataclass(frozen=True)
class Item:
    key: str
    title: Promise
    icon: str
    view: str
    short: Promise | str = ""

    @property
    def url(self) -> str:
        return reverse(self.view)


@dataclass(frozen=True)
class Who:
    name: str
    body: str
    role: str


ITEMS = {
    item.key: item
    for item in (
        Item("brief", _("Tóm tắt ngày"), "news", "board:brief", _("Tóm tắt")),
        Item("board", _("Bảng điều hành"), "layout-grid", "board:board", _("Điều hành")),
        Item("reports", _("Báo cáo"), "chart-line", "reports:months", _("Báo cáo")),
        Item("own", _("Báo cáo"), "files", "reports:own-list", _("Báo cáo")),
        Item("coordination", _("Điều phối"), "checks", "coordination:desk", _("Điều phối")),
        Item("instructions", _("Ý kiến chỉ đạo"), "writing", "instructions:list", _("Chỉ đạo")),
        Item("incidents", _("Sự cố"), "urgent", "incidents:desk", _("Sự cố")),
        Item("hunting", _("Săn lùng"), "radar-2", "hunting:list"),
        Item("mine", _("Việc cần làm"), "checklist", "things:mine", _("Việc")),
        Item("organisations", _("Đơn vị"), "building-community", "things:organisations"),
        Item("systems", _("Hệ thống"), "server", "things:systems"),
        Item("reviews", _("Duyệt minh chứng"), "clipboard-check", "duties:reviews", _("Duyệt")),
        Item("reminders", _("Đôn đốc"), "bell", "reminders:reminders", _("Đôn đốc")),
        Item("told", _("Nhắc việc"), "bell", "reminders:reminders", _("Nhắc")),
        Item("file", _("Nộp minh chứng"), "file-plus", "duties:file", _("Nộp")),
        Item("journal", _("Nhật ký"), "history", "rights:journal"),
        Item("accounts", _("Tài khoản"), "users", "doors:bodies"),
        Item("keys", _("Khóa máy gửi"), "key", "register:keys", _("Khóa")),
        Item("import", _("Nhập sổ"), "file-spreadsheet", "register:import", _("Nhập sổ")),
    )
}
BARS = {
    Role.CHAIR: ("brief", "board", "incidents", "instructions", "reports", "reminders", "organisations", "systems"),
    Role.COORDINATOR: ("board", "coordination", "incidents", "hunting", "reports", "reminders", "instructions", "organisations", "systems"),
    Role.ADMINISTRATOR: ("accounts", "import", "keys"),
    Role.AUDITOR: ("board", "journal", "instructions", "reminders", "organisations", "systems"),
    Role.ENTERPRISE: ("mine", "file", "told", "incidents"),
    Role.RESPONSE_TEAM: ("incidents", "hunting", "mine", "file", "told", "organisations", "systems"),
}
OWN = ("mine", "file", "own", "told", "incidents", "hunting", "organisations", "systems")  # heads, contacts, officers, appraisers


def frame(request: HttpRequest) -> dict[str, Any]:
    who = reader(request)
    return {"frame": {"nav": _bar(who), "who": _who(who), "place": _("UBND tỉnh Thanh Hóa"), "home": "/"}}


def _bar(who: Reader) -> list[Item]:
    if who.post is None:
        return []
    return [ITEMS[key] for key in BARS.get(Role(who.post.role), OWN) if _is_built(ITEMS[key])]


def _is_built(item: Item) -> bool:
    try:
        return bool(item.url)
    except NoReverseMatch:
        return False


def _who(who: Reader) -> Who | None:
    if who.person is None or who.post is None:
        return None
    return Who(who.person.called, who.post.organisation.name, str(Role(who.post.role).label))
