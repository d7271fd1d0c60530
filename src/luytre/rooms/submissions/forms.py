"""Forms of the submissions room: a request with its paper and day; a line of the cooperation log."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.rooms.submissions import rules
from luytre.ui.fields import Day, Text, plain_input, text_lines
from luytre.ui.picking import PickForm

Bodies = Sequence[tuple[str, str, str]]
Groups = Sequence[tuple[str, str]]


class AskForm(PickForm):
    """What is to be reported, by when, by which letter, by whom."""

    text = Text(
        label=_("Nội dung báo cáo"), max_length=2000, widget=text_lines(4), error_messages={"required": _("Ghi nội dung phải báo cáo.")}
    )
    due_on = Day(label=_("Hạn báo cáo"), error_messages={"required": _("Ghi hạn báo cáo.")})
    number = Text(
        label=_("Số văn bản yêu cầu"),
        max_length=60,
        widget=plain_input("w-20", placeholder="215/CV"),
        error_messages={"required": _("Ghi số văn bản yêu cầu.")},
    )
    signed_on = Day(label=_("Ngày ký văn bản"), error_messages={"required": _("Ghi ngày ký văn bản.")})

    def __init__(self, data: Any = None, *, bodies: Bodies, groups: Groups, today: date, initial: Any = None) -> None:
        super().__init__(data, bodies=bodies, groups=groups, initial=initial)
        self.today = today

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError(_("Hạn báo cáo đã qua. Chọn từ hôm nay trở đi."))
        return due

    def clean_signed_on(self) -> date:
        return _not_ahead(self.cleaned_data["signed_on"], self.today)


class LogForm(PickForm):
    """With whom, when, what."""

    on = Day(label=_("Ngày phối hợp"), error_messages={"required": _("Ghi ngày phối hợp.")})
    note = Text(label=_("Việc đã phối hợp"), max_length=1000, widget=text_lines(3), error_messages={"required": _("Ghi việc đã phối hợp.")})
    number = Text(label=_("Số văn bản, biên bản"), max_length=60, required=False, widget=plain_input("w-20", placeholder="12/BB"))

    def __init__(self, data: Any = None, *, bodies: Bodies, groups: Groups, today: date, initial: Any = None) -> None:
        super().__init__(data, bodies=bodies, groups=groups, initial=initial)
        self.today = today

    def clean_on(self) -> date:
        return _not_ahead(self.cleaned_data["on"], self.today)


def _not_ahead(on: date, today: date) -> date:
    if on > today:
        raise forms.ValidationError(_("Ngày này còn ở phía trước. Kiểm tra lại."))
    return on


class DecisionForm(forms.Form):
    """What becomes of the reports chosen on the board."""

    step = forms.ChoiceField(choices=[("accept", ""), ("return", "")])
    kind = forms.ChoiceField(choices=[(name, "") for name in rules.KINDS])
    year = forms.IntegerField(min_value=2022, max_value=2100)
    reports = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Chọn ít nhất một báo cáo.")})
    points = Text(label=_("Điểm cần sửa"), max_length=2000, required=False, widget=text_lines(3))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        given = data.getlist("reports")[:1000] if data else []
        self.fields["reports"].choices = [(one, one) for one in given if one.isdecimal() and len(one) < 12]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("step") == "return" and not said.get("points"):
            self.add_error("points", _("Ghi điểm cần sửa, để đơn vị biết phải làm gì."))
        return said
