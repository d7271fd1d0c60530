"""Forms of the desk and the case."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.rooms.incidents.forms.public import KINDS, EvidenceFiles, Files
from luytre.ui.fields import Day, Text, plain_input, text_lines
from luytre.verbs.incident import SEVERITIES, STAGES, TYPES, WHAT
from luytre.verbs.incident_report import REASONS

SELECT = forms.Select(attrs={"class": "inp"})
ANSWERS = (
    ("interrupted", _("Dịch vụ bị gián đoạn")),
    ("grave_interruption", _("Hoạt động của hệ thống bị gián đoạn nghiêm trọng")),
    ("secret_leaks", _("Thông tin quan trọng có thể bị lộ")),
    ("integrity_lost", _("Dữ liệu quan trọng sai lệch, chưa khôi phục được")),
    ("control_lost", _("Mất quyền điều khiển hệ thống")),
    ("spreads", _("Có thể lan rộng sang hệ thống khác")),
    ("beyond_ability", _("Đơn vị không tự kiểm soát, xử lý được")),
    ("order_harmed", _("Có dấu hiệu xâm hại an ninh quốc gia, trật tự, an toàn xã hội")),
    ("personal_data", _("Liên quan dữ liệu cá nhân")),
    ("damage", _("Đã có thiệt hại")),
)


def said_in(words: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    return [(key, said[lang][:1].upper() + said[lang][1:]) for key, said in words.items()]


class Hour(forms.TimeField):
    """A time of day as 08:41."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "inp w-10 num", "inputmode": "numeric", "autocomplete": "off", "placeholder": "08:41"})
        formats = ["%H:%M", "%Hh%M", "%H.%M"]
        super().__init__(input_formats=formats, widget=widget, **options)


def moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, timezone.get_default_timezone())


class FindingForm(forms.Form):
    """An incident as an officer records it; severity is computed from the answers unless chosen with a reason."""

    body = forms.ChoiceField(label=_("Đơn vị bị sự cố"), widget=SELECT)
    system = forms.ChoiceField(label=_("Hệ thống"), widget=SELECT, required=False)
    title = Text(
        label=_("Sự cố trong một dòng"),
        max_length=150,
        widget=plain_input("w-full"),
        error_messages={"required": _("Ghi sự cố trong một dòng.")},
    )
    text = Text(label=_("Mô tả"), max_length=5000, widget=text_lines(4), required=False)
    type = forms.ChoiceField(label=_("Loại sự cố"), widget=SELECT)
    what = forms.ChoiceField(label=_("Là"), widget=SELECT, required=False)
    on = Day(label=_("Ngày phát hiện"), error_messages={"required": _("Ghi ngày phát hiện.")})
    hour = Hour(label=_("Giờ phát hiện"), error_messages={"required": _("Ghi giờ phát hiện."), "invalid": _("Ghi giờ như 08:41.")})
    answers = forms.MultipleChoiceField(
        label=_("Điều gì đúng với sự cố này?"), widget=forms.CheckboxSelectMultiple, choices=ANSWERS, required=False
    )
    severity = forms.ChoiceField(label=_("Mức độ"), widget=SELECT, required=False)
    reason = Text(label=_("Lý do chọn mức khác"), max_length=500, required=False, widget=plain_input("w-full"))

    def __init__(
        self, data: Any = None, *, bodies: Sequence[tuple[str, str]], systems: Sequence[tuple[str, str]], lang: str = "vi", **options: Any
    ) -> None:
        super().__init__(data, **options)
        self._offer("body", bodies)
        self._offer("system", [("", "–"), *systems])
        self._offer("type", said_in(dict(TYPES), lang))
        self._offer("what", said_in(dict(WHAT), lang))
        self._offer("severity", [("", _("Theo câu trả lời")), *said_in(dict(SEVERITIES), lang)])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def moment(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["hour"])


class TextForm(forms.Form):
    """A note, an answer."""

    text = Text(label=_("Nội dung"), max_length=5000, widget=text_lines(3), required=False)
    attached = Files(label=_("Tệp"), required=False)


class DismissForm(forms.Form):
    reason = forms.ChoiceField(label=_("Lý do"), widget=SELECT, choices=said_in(dict(REASONS), "vi"))
    text = Text(label=_("Viết cho người báo"), max_length=2000, widget=text_lines(3), required=False)


class AttachForm(forms.Form):
    """Whose matter a report is."""

    body = forms.ChoiceField(label=_("Đơn vị"), widget=SELECT)
    incident = Text(label=_("Số sự cố đã có"), max_length=40, required=False, widget=plain_input("w-20", placeholder="SC-2026-0137"))

    def __init__(self, data: Any = None, *, bodies: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *bodies]


class IntoForm(forms.Form):
    into = Text(
        label=_("Gộp vào"), max_length=40, widget=plain_input("w-20"), error_messages={"required": _("Ghi mã báo cáo hoặc số sự cố.")}
    )


class RestoreForm(forms.Form):
    on = Day(label=_("Ngày khôi phục"), error_messages={"required": _("Ghi ngày khôi phục.")})
    hour = Hour(label=_("Giờ khôi phục"), error_messages={"required": _("Ghi giờ khôi phục."), "invalid": _("Ghi giờ như 08:41.")})
    text = Text(label=_("Đã khôi phục thế nào"), max_length=2000, widget=text_lines(2), required=False)


class ExplainForm(forms.Form):
    """Typed once; the 72-hour report and the final report read it."""

    cause = Text(label=_("Nguyên nhân gốc"), max_length=4000, widget=text_lines(3), error_messages={"required": _("Ghi nguyên nhân gốc.")})
    scope = Text(label=_("Phạm vi ảnh hưởng"), max_length=4000, widget=text_lines(2), required=False)
    remedy = Text(label=_("Biện pháp khắc phục"), max_length=4000, widget=text_lines(3), required=False)
    lesson = Text(label=_("Bài học, đề xuất"), max_length=4000, widget=text_lines(2), required=False)
    cost = forms.IntegerField(
        label=_("Thiệt hại ước tính (nghìn đồng)"),
        required=False,
        min_value=0,
        max_value=10**9,
        widget=plain_input("w-20 num", inputmode="numeric"),
    )


class TaskForm(forms.Form):
    stage = forms.ChoiceField(label=_("Giai đoạn"), widget=SELECT, choices=said_in(dict(STAGES), "vi"))
    text = Text(
        label=_("Việc phải làm"), max_length=300, widget=plain_input("w-full"), error_messages={"required": _("Ghi việc phải làm.")}
    )
    on = Day(label=_("Hạn"), required=False)


class EvidenceForm(forms.Form):
    text = Text(
        label=_("Chứng cứ là gì, lấy ở đâu"),
        max_length=500,
        widget=plain_input("w-full"),
        error_messages={"required": _("Ghi chứng cứ là gì.")},
    )
    attached = EvidenceFiles(label=_("Tệp"), required=False)


class PhoneForm(forms.Form):
    """What is heard on the telephone, in half a minute."""

    kind = forms.ChoiceField(label=_("Chuyện gì"), widget=SELECT, choices=[(key, says) for key, says, _more in KINDS])
    text = Text(
        label=_("Người gọi nói gì"), max_length=5000, widget=text_lines(3), error_messages={"required": _("Ghi điều người gọi nói.")}
    )
    where = Text(label=_("Trang web, số điện thoại, cơ quan liên quan"), max_length=300, required=False, widget=plain_input("w-full"))
    contact = Text(label=_("Gọi lại số nào"), max_length=60, required=False, widget=plain_input("w-20"))
    token = forms.CharField(widget=forms.HiddenInput, required=False)
