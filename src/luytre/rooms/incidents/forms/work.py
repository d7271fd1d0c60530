"""Forms of the work on a case: a step done, an asset, a cost, the minutes of a personal data breach."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.rooms.incidents.forms.desk import SELECT, said_in
from luytre.ui.fields import Text, plain_input, text_lines
from luytre.verbs.incident import ASSETS, COSTS, STATES


class StepForm(forms.Form):
    """What came of a step."""

    text = Text(label=_("Kết quả của bước"), max_length=2000, widget=text_lines(2), required=False)


class AssetForm(forms.Form):
    name = Text(
        label=_("Tên máy, tài khoản, dữ liệu"),
        max_length=150,
        widget=plain_input("w-full"),
        error_messages={"required": _("Ghi tên máy, tài khoản hoặc dữ liệu.")},
    )
    kind = forms.ChoiceField(label=_("Loại"), widget=SELECT)
    state = forms.ChoiceField(label=_("Trạng thái"), widget=SELECT)
    system = forms.ChoiceField(label=_("Hệ thống"), widget=SELECT, required=False)

    def __init__(self, data: Any = None, *, systems: Sequence[tuple[str, str]], lang: str = "vi", **options: Any) -> None:
        super().__init__(data, **options)
        offered = {"kind": said_in(dict(ASSETS), lang), "state": said_in(dict(STATES), lang), "system": [("", "–"), *systems]}
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class CostForm(forms.Form):
    kind = forms.ChoiceField(label=_("Khoản chi"), widget=SELECT)
    amount = forms.IntegerField(
        label=_("Số tiền (nghìn đồng)"),
        min_value=1,
        max_value=10**9,
        widget=plain_input("w-20 num", inputmode="numeric"),
        error_messages={"required": _("Ghi số tiền lớn hơn 0, tính bằng nghìn đồng.")},
    )
    text = Text(label=_("Cho việc gì"), max_length=300, required=False, widget=plain_input("w-full"))

    def __init__(self, data: Any = None, *, lang: str = "vi", **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = said_in(dict(COSTS), lang)


class BreachForm(forms.Form):
    """What the minutes of a personal data breach ask beyond what is known of the case; numbers come from the register first."""

    subjects = forms.IntegerField(
        label=_("Số chủ thể dữ liệu bị ảnh hưởng"),
        min_value=0,
        max_value=200_000_000,
        widget=plain_input("w-20 num", inputmode="numeric"),
        error_messages={"required": _("Ghi số chủ thể dữ liệu bị ảnh hưởng; chưa rõ thì ghi số ước tính.")},
    )
    sensitive = forms.BooleanField(label=_("Có dữ liệu cá nhân nhạy cảm"), required=False)
    told = forms.BooleanField(label=_("Đã thông báo cho chủ thể dữ liệu"), required=False)
    notice = Text(label=_("Số thông báo đã gửi cơ quan chuyên trách (nếu có)"), max_length=60, required=False, widget=plain_input("w-20"))
