"""The form of a handover."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.ui.fields import Text, text_lines


class HandForm(forms.Form):
    """What the next one must know; to whom."""

    text = Text(
        label=_("Việc còn dở, cần theo dõi tiếp"),
        max_length=4000,
        widget=text_lines(5),
        error_messages={"required": _("Ghi việc còn dở, việc cần theo dõi tiếp; nếu không có, ghi “Không”.")},
    )
    to = forms.ChoiceField(label=_("Giao cho"), required=False, widget=forms.Select(attrs={"class": "inp"}))

    def __init__(self, data: Any = None, *, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Người nhận ca tiếp theo")), *people]
