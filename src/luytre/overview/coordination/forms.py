"""The form for deciding a number or a reading: its value, from which day, by which paper."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.rooms.duties.queries import Opening
from luytre.ui.fields import Day, Text, plain_input


class DecisionForm(forms.Form):
    """What was decided. A reading has no day of its own: it binds as the text itself does."""

    value = Text(max_length=40, error_messages={"required": _("Ghi giá trị được quyết định.")})
    from_on = Day(label=_("Áp dụng từ ngày"), error_messages={"required": _("Ghi ngày bắt đầu áp dụng.")})
    number = Text(
        label=_("Số văn bản quyết định"),
        max_length=60,
        widget=plain_input("w-20", placeholder="120/QĐ-UBND"),
        error_messages={"required": _("Ghi số văn bản: chưa có văn bản thì chưa ghi được quyết định.")},
    )
    signed_on = Day(label=_("Ngày ký"), error_messages={"required": _("Ghi ngày ký văn bản.")})

    def __init__(self, data: Any = None, *, opening: Opening, today: date) -> None:
        super().__init__(data)
        self.today = today
        if opening.choices:
            label = _("Cách hiểu được chọn") if opening.is_reading else _("Chu kỳ")
            select = forms.Select(attrs={"class": "inp"})
            self.fields["value"] = forms.ChoiceField(label=label, choices=opening.choices, initial=opening.value, widget=select)
        else:
            self.fields["value"].label = opening.unit_word.capitalize() or str(_("Giá trị"))
            self.fields["value"].widget = plain_input("w-10 num", inputmode="numeric")
        if opening.is_reading:
            del self.fields["from_on"]

    def clean_signed_on(self) -> date:
        signed: date = self.cleaned_data["signed_on"]
        if signed > self.today:
            raise forms.ValidationError(_("Ngày ký còn ở phía trước. Kiểm tra lại văn bản."))
        return signed
