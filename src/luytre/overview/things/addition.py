"""A body adds one of its systems to the register: name, level, phase and since when; nothing else is asked at first."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import fold
from luytre.register import actions
from luytre.register.book import Book
from luytre.register.models import Organisation, Person, Phase, System

LEVELS = [("", _("Chưa xác định")), *((str(level), str(level)) for level in range(1, 6))]


def _input(css: str = "", **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"inp {css}", "autocomplete": "off", **attrs})


def _choice() -> forms.Select:
    return forms.Select(attrs={"class": "inp w-20"})


class SystemForm(forms.Form):
    name = forms.CharField(
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

    def clean_name(self) -> str:
        return " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())


def add(*, by: Person, at: datetime, owner: Organisation, said: dict[str, Any]) -> System:
    """Write the system with its owner, phase and level from one day on."""
    code, start = _code(owner, said["name"]), said["from_on"]
    book = Book()
    book.put("system", code)
    book.add("system.name", code, said["name"], from_on=start)
    book.add("system.owner", code, owner.code, from_on=start)
    book.add("system.operator", code, owner.code, from_on=start)
    book.add("system.phase", code, said["phase"], from_on=start)
    if said["level"]:
        book.add("system.level", code, int(said["level"]), from_on=start)
    actions.change(by=by, at=at, about=[owner.ref, f"system:{code}"], attribute="system", book=book)
    return System.objects.get(code=code)


def _code(owner: Organisation, name: str) -> str:
    """A code people can read: that of the owner and the first words of the name, with a number where it is taken."""
    stem = f"{owner.code}-{re.sub(r'[^a-z0-9]+', '-', fold(name)).strip('-')}"[:50].strip("-")
    taken = set(System.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if code not in taken)
