"""Form fields as officers fill them in: text in one Unicode form, days as Vietnamese write them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

from luytre.core.fold import written
from luytre.core.when import EARLIEST, LATEST
from luytre.ui import marks

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class Text(forms.CharField):
    """Text in one Unicode form (NFC), without control characters, so that what is typed on any phone or machine is found again;
    refused where it bears a mark of state secrets."""

    def to_python(self, value: Any) -> str:
        return written(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        fault = marks.fault_of_text(value)
        if fault:
            raise forms.ValidationError(fault)


class Day(forms.DateField):
    """A day as dd/mm/yyyy; a day that no calendar has is said back to the person as typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"class": "inp w-10 num", "inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}
        )
        super().__init__(input_formats=DAYS, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        try:
            day = super().to_python(value)
        except forms.ValidationError:
            said = written(str(value))[:40]
            says = gettext("Ngày %(day)s không có trong lịch. Ghi theo ngày/tháng/năm, ví dụ 12/01/2026.")
            raise forms.ValidationError(says % {"day": said}) from None
        if day is None or EARLIEST <= day <= LATEST:
            return day
        raise forms.ValidationError(gettext("Ngày này quá xa. Kiểm tra lại năm đã ghi."))


def plain_input(css: str, **attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"inp {css}", "autocomplete": "off", **attrs})


def text_lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "inp", "rows": rows})
