"""A body adds one of its systems to the register: name, level, phase and since when; nothing else is asked at first."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import fold, written
from luytre.core.when import EARLIEST
from luytre.register import actions
from luytre.register import queries as register
from luytre.register.models import Organisation, Person, Phase, System
from luytre.ui.fields import Text

LEVELS = [("", _("Chưa xác định")), *((str(level), str(level)) for level in range(1, 6))]


def _input(css: str = "", **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"inp {css}", "autocomplete": "off", **attrs})


def _choice() -> forms.Select:
    return forms.Select(attrs={"class": "inp w-20"})


class SystemForm(forms.Form):
    name = Text(
        label=_("Tên hệ thống"),
        max_length=300,
        widget=_input(),
        help_text=_("Ví dụ: Trang thông tin điện tử, Một cửa điện tử, Mạng nội bộ, Camera an ninh."),
        error_messages={"required": _("Ghi tên hệ thống, ví dụ Trang thông tin điện tử.")},
    )
    phase = forms.ChoiceField(label=_("Hệ thống đang ở giai đoạn nào"), choices=Phase.choices, widget=_choice())
    from_on = forms.DateField(
        label=_("Từ ngày"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=_input("w-10 num", inputmode="numeric", placeholder="dd/mm/yyyy"),
        help_text=_("Ngày bắt đầu giai đoạn này; không nhớ chính xác thì ghi ngày gần đúng."),
        error_messages={
            "required": _("Ghi ngày bắt đầu, ví dụ 01/07/2025."),
            "invalid": _("Ngày này không có trong lịch. Ghi ngày/tháng/năm, ví dụ 01/07/2025."),
        },
    )
    level = forms.ChoiceField(label=_("Cấp độ đã được phê duyệt"), choices=LEVELS, required=False, widget=_choice())

    def __init__(self, data: Any = None, *, owner: Organisation, today: date) -> None:
        super().__init__(data)
        self.owner, self.today = owner, today

    def clean_name(self) -> str:
        """The name in one form; the same name twice at one body is a second click, not a second system."""
        name = " ".join(written(self.cleaned_data["name"]).split())
        if fold(name) in {fold(system.name) for system in register.systems_owned(self.owner.ref, self.today)}:
            raise forms.ValidationError(_("Đơn vị đã có hệ thống tên này trong sổ đăng ký. Hệ thống khác thì ghi tên phân biệt được."))
        return name

    def clean_from_on(self) -> date:
        on: date = self.cleaned_data["from_on"]
        if on > self.today:
            raise forms.ValidationError(_("Ngày này còn ở phía trước. Ghi ngày việc đã xảy ra, muộn nhất là hôm nay."))
        if on < EARLIEST:
            raise forms.ValidationError(_("Ngày này quá xa. Kiểm tra lại năm đã ghi."))
        return on


def add(*, by: Person, at: datetime, owner: Organisation, said: dict[str, Any]) -> System:
    """Write the system with its owner, phase and level from one day on."""
    level = int(said["level"]) if said["level"] else None
    return actions.register_system(
        by=by, at=at, organisation=owner, name=said["name"], level=level, phase=said["phase"], from_on=said["from_on"]
    )
