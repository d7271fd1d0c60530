"""Forms of the rights room: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.ui.fields import Day, Text, plain_input
from luytre.verbs.label import LABELS

SELECT = forms.Select(attrs={"class": "inp"})


class LabelForm(forms.Form):
    """Which label, and for red whom by name."""

    tlp = forms.ChoiceField(label=_("Nhãn chia sẻ (TLP 2.0)"), widget=SELECT, error_messages={"required": _("Chọn một nhãn.")})
    to = Text(
        label=_("Người được đọc (mã cán bộ, cách nhau bằng dấu cách)"),
        required=False,
        max_length=250,
        widget=plain_input("w-20"),
        help_text=_("Ngoài những người nhãn đã mở. Với TLP:RED, chỉ người ghi, người được nêu ở đây và lãnh đạo UBND tỉnh đọc được."),
    )

    def __init__(self, data: Any = None, *, lang: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["tlp"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, words[lang]) for key, words in LABELS.items()]

    def clean_to(self) -> list[str]:
        return [f"person:{code.removeprefix('person:')}" for code in self.cleaned_data["to"].replace(",", " ").split()]


class PaperForm(forms.Form):
    """The decision by which something is done: number and day."""

    number = Text(
        label=_("Số văn bản"),
        max_length=60,
        widget=plain_input("w-20", placeholder="12/QĐ"),
        error_messages={"required": _("Ghi số văn bản quyết định.")},
    )
    signed_on = Day(label=_("Ngày ký"), error_messages={"required": _("Ghi ngày ký văn bản.")})


class ErasureForm(forms.Form):
    """The written request for erasure."""

    order = Text(
        label=_("Số văn bản yêu cầu xóa"),
        max_length=60,
        widget=plain_input("w-20", placeholder="15/CV"),
        help_text=_("Việc xóa không lấy lại được. Chuỗi nhật ký vẫn nguyên vẹn và ghi rõ đã xóa theo văn bản này."),
        error_messages={"required": _("Ghi số văn bản yêu cầu; không có yêu cầu bằng văn bản thì không xóa.")},
    )
    sure = forms.BooleanField(
        label=_("Tôi đã đối chiếu văn bản yêu cầu với đúng người này."), error_messages={"required": _("Đánh dấu đã đối chiếu.")}
    )


class ShelfForm(forms.Form):
    """What of the journal is asked for; what cannot be read is left out."""

    verb = Text(label=_("Việc"), required=False, max_length=64, widget=plain_input("", placeholder="incident, export.taken"))
    by = Text(label=_("Người ghi (mã)"), required=False, max_length=100, widget=plain_input(""))
    thing = Text(label=_("Về (mã đơn vị, hệ thống)"), required=False, max_length=100, widget=plain_input(""))
    from_on = Day(label=_("Từ ngày"), required=False)
    until_on = Day(label=_("Đến ngày"), required=False)
