"""Forms for decisions about evidence: turning back, taking back, waivers, delegations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.rooms.duties.forms.fields import Day, Text, in_language, plain_input, text_lines
from luytre.verbs.delegation import SCOPES

SELECT = forms.Select(attrs={"class": "inp"})


class RejectForm(forms.Form):
    """Why evidence is not accepted."""

    reason = Text(
        label=_("Lý do không chấp nhận"),
        max_length=1000,
        widget=text_lines(3),
        help_text=_("Đơn vị đọc được lý do này. Nói rõ còn thiếu gì và cần làm gì."),
        error_messages={"required": _("Ghi lý do, để đơn vị biết cần bổ sung gì.")},
    )


class RetractForm(forms.Form):
    """Why one's own evidence is taken back."""

    reason = Text(
        label=_("Lý do rút lại"), max_length=1000, widget=text_lines(3), error_messages={"required": _("Ghi lý do rút lại minh chứng.")}
    )


class ReviewForm(forms.Form):
    """Several pieces of evidence accepted, or turned back for one reason."""

    entries = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Chọn ít nhất một minh chứng để xem xét.")})
    verdict = forms.ChoiceField(choices=[("accept", ""), ("reject", "")])
    reason = Text(required=False, max_length=1000)

    def __init__(self, data: Any = None, *, entries: Sequence[int] = ()) -> None:
        super().__init__(data)
        field = self.fields["entries"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(entry, str(entry)) for entry in entries]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == "reject" and not cleaned.get("reason"):
            self.add_error("reason", _("Ghi lý do, để đơn vị biết cần bổ sung gì."))
        return cleaned


class WaiverForm(forms.Form):
    """A waiver: which duty, whom, by which decision, until when."""

    duty = forms.ChoiceField(label=_("Nhiệm vụ được miễn"), widget=SELECT)
    about = forms.ChoiceField(label=_("Đơn vị hoặc hệ thống"), widget=SELECT)
    number = Text(
        label=_("Số quyết định"),
        max_length=60,
        widget=plain_input("w-20", placeholder="41/QĐ-UBND"),
        error_messages={"required": _("Ghi số quyết định cho miễn; không có quyết định thì không miễn được.")},
    )
    signed_on = Day(label=_("Ngày ký quyết định"), error_messages={"required": _("Ghi ngày ký quyết định.")})
    until_on = Day(
        label=_("Miễn đến hết ngày"), error_messages={"required": _("Ghi ngày hết miễn: miễn không có ngày cuối thì không nhận.")}
    )
    reason = Text(label=_("Lý do"), max_length=1000, required=False, widget=text_lines(2))

    def __init__(
        self, data: Any = None, *, duties: Sequence[tuple[str, str]], things: Sequence[tuple[str, str]], today: date, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        for name, choices in (("duty", duties), ("about", things)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        signed, until = cleaned.get("signed_on"), cleaned.get("until_on")
        if signed and signed > self.today:
            self.add_error("signed_on", _("Ngày ký còn ở phía trước. Kiểm tra lại quyết định."))
        if signed and until and until < signed:
            self.add_error("until_on", _("Ngày hết miễn đứng trước ngày ký. Kiểm tra lại quyết định."))
        return cleaned


class AskWaiverForm(forms.Form):
    """A body asks to be excused: from which duty, for itself or a system, until when, and why."""

    duty = forms.ChoiceField(label=_("Nhiệm vụ xin miễn"), widget=SELECT)
    about = forms.ChoiceField(label=_("Đơn vị hoặc hệ thống"), widget=SELECT)
    until_on = Day(label=_("Xin miễn đến hết ngày"), error_messages={"required": _("Ghi ngày cuối xin miễn.")})
    number = Text(
        label=_("Số, ký hiệu văn bản đề nghị"), max_length=60, required=False, widget=plain_input("w-20", placeholder="15/TTr-UBND")
    )
    signed_on = Day(label=_("Ngày ký văn bản đề nghị"), required=False)
    reason = Text(label=_("Lý do"), max_length=1000, widget=text_lines(4), error_messages={"required": _("Ghi lý do xin miễn.")})

    def __init__(
        self, data: Any = None, *, duties: Sequence[tuple[str, str]], things: Sequence[tuple[str, str]], today: date, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        for name, choices in (("duty", duties), ("about", things)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        until, signed = cleaned.get("until_on"), cleaned.get("signed_on")
        if until and until < self.today:
            self.add_error("until_on", _("Ngày này đã qua. Chọn từ hôm nay trở đi."))
        if signed and signed > self.today:
            self.add_error("signed_on", _("Ngày ký còn ở phía trước. Kiểm tra lại văn bản."))
        return cleaned


class RefuseWaiverForm(forms.Form):
    """Why a waiver is refused."""

    reason = Text(label=_("Lý do không cho miễn"), max_length=1000, widget=text_lines(2))


class DelegationForm(forms.Form):
    """A body lets another file for it, in writing."""

    unit = forms.ChoiceField(label=_("Đơn vị giao"), widget=SELECT)
    to = forms.ChoiceField(label=_("Giao cho"), widget=SELECT)
    number = Text(
        label=_("Số văn bản giao"),
        max_length=60,
        widget=plain_input("w-20", placeholder="12/CV"),
        error_messages={"required": _("Ghi số văn bản giao nộp thay.")},
    )
    scope = forms.ChoiceField(label=_("Phạm vi giao"), widget=SELECT, required=False, initial="all")
    on = Day(label=_("Giao từ ngày"), error_messages={"required": _("Ghi ngày bắt đầu giao.")})
    until_on = Day(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu giao đến khi có văn bản chấm dứt."))

    def __init__(
        self, data: Any = None, *, units: Sequence[tuple[str, str]], bodies: Sequence[tuple[str, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        scopes = [(key, in_language(words)) for key, words in SCOPES.items()]
        for name, choices in (("unit", units), ("to", bodies), ("scope", scopes)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("unit") and cleaned.get("unit") == cleaned.get("to"):
            self.add_error("to", _("Đơn vị không tự giao cho mình. Chọn đơn vị nộp thay."))
        cleaned["scope"] = cleaned.get("scope") or "all"  # a letter that names no scope entrusts all
        start, until = cleaned.get("on"), cleaned.get("until_on")
        if start and until and until < start:
            self.add_error("until_on", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        return cleaned


class EndForm(forms.Form):
    """A delegation ends, in writing."""

    number = Text(
        label=_("Số văn bản chấm dứt"),
        max_length=60,
        widget=plain_input("w-20", placeholder="13/CV"),
        error_messages={"required": _("Ghi số văn bản chấm dứt việc giao.")},
    )
    on = Day(label=_("Chấm dứt từ ngày"), error_messages={"required": _("Ghi ngày chấm dứt.")})

    def __init__(self, data: Any = None, *, given_on: date, today: date) -> None:
        super().__init__(data)
        self.given_on, self.today = given_on, today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not self.given_on <= on <= self.today:
            raise forms.ValidationError(_("Ngày chấm dứt nằm từ ngày giao đến hôm nay."))
        return on
