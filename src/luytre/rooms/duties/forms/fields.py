"""Fields of the filing form: months as Vietnamese write them, and the details of a verb; the plain ones come from ui.fields."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from luytre.ui.fields import Day, Text, plain_input, text_lines
from luytre.verbs import Field

__all__ = ["Day", "Month", "Text", "detail_field", "in_language", "plain_input", "text_lines"]


def in_language(words: Mapping[str, str]) -> str:
    return words["en" if (get_language() or "vi").startswith("en") else "vi"]


def detail_field(field: Field, required: bool) -> forms.Field:
    """The form field for one detail of a verb."""
    label = in_language(field.label)
    asks = gettext("Ghi: %(label)s.") % {"label": label}
    common: dict[str, Any] = {"label": label, "required": required, "error_messages": {"required": asks}}
    match field.type:
        case "day":
            return Day(**common)
        case "year":
            return forms.IntegerField(min_value=2000, max_value=2100, widget=plain_input("w-10 num", inputmode="numeric"), **common)
        case "whole":
            return forms.IntegerField(min_value=0, max_value=10**9, widget=plain_input("w-10 num", inputmode="numeric"), **common)
        case "month":
            return Month(**common)
        case "flag":
            return forms.BooleanField(label=label, required=False)
        case "choice":
            options = [("", "–"), *((value, in_language(words)) for value, words in field.choices.items())]
            return forms.ChoiceField(choices=options, widget=forms.Select(attrs={"class": "inp w-20"}), **common)
        case _:
            return Text(max_length=200, widget=plain_input("w-20"), **common)


class Month(Text):
    """A month as mm/yyyy, kept as yyyy-mm."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=plain_input("w-10 num", placeholder="mm/yyyy", inputmode="numeric"), **options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return text
        first, _sep, last = text.replace("-", "/").partition("/")
        month, year = (last, first) if len(first) == 4 else (first, last)
        if not (month.isdecimal() and year.isdecimal() and len(month + year) < 7 and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2100):
            says = gettext("Tháng %(month)s không có trong lịch. Ghi theo tháng/năm, ví dụ 10/2026.")
            raise forms.ValidationError(says % {"month": text[:20]})
        return f"{int(year)}-{int(month):02}"
