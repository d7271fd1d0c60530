"""Forms of the duties room: they check shape and keep what was typed; rules and actions decide."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luytre.rooms.duties.rules import Proof
from luytre.verbs import Field

EARLIEST = date(2000, 1, 1)
DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class Text(forms.CharField):
    """Text in one Unicode form (NFC), without control characters, so that what is typed on any phone or machine is found again."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


class Day(forms.DateField):
    """A day as dd/mm/yyyy; a day that no calendar has is said back to the person as typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"class": "inp w-10 num", "inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}
        )
        super().__init__(input_formats=DAYS, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            said = unicodedata.normalize("NFC", str(value))[:40]
            says = gettext("%(label)s %(day)s không có trong lịch. Ghi theo ngày/tháng/năm, ví dụ 12/01/2026.")
            raise forms.ValidationError(says % {"label": self.label, "day": said}) from None


def _input(css: str, **attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"inp {css}", "autocomplete": "off", **attrs})


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "inp", "rows": rows})


def in_language(words: Mapping[str, str]) -> str:
    return words["en" if (get_language() or "vi").startswith("en") else "vi"]


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files at once; what each is, the journal's store decides."""

    widget = ManyFiles(attrs={"class": "inp", "accept": "application/pdf,image/*,.docx,.xlsx", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(Files, self).clean(one, initial) for one in given]


class FileForm(forms.Form):
    """Evidence for what a body did outside the system. Built for the proofs, bodies and systems the person may choose from."""

    body = forms.ChoiceField(label=_("Nộp cho đơn vị"))
    proofs = forms.MultipleChoiceField(
        label=_("Văn bản này chứng minh việc gì"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một nhiệm vụ mà văn bản này chứng minh.")},
    )
    systems = forms.MultipleChoiceField(label=_("Về các hệ thống"), widget=forms.CheckboxSelectMultiple, required=False)
    number = Text(
        label=_("Số, ký hiệu"),
        max_length=60,
        required=False,
        widget=_input("w-20", placeholder="41/QĐ-UBND"),
        help_text=_("Ghi đúng như trên văn bản."),
    )
    on = Day(
        label=_("Ngày ký hoặc ngày làm xong"),
        help_text=_("Ngày/tháng/năm, ví dụ 12/01/2026."),
        error_messages={"required": _("Ghi ngày ký văn bản hoặc ngày làm xong việc.")},
    )
    files = Files(label=_("Bản quét hoặc ảnh chụp văn bản"), required=False)
    note = Text(label=_("Ghi chú"), max_length=2000, required=False, widget=_lines(3))
    declared = forms.BooleanField(
        label=_("Tôi đã xem và xác nhận nội dung, tệp gửi không chứa bí mật nhà nước."),
        error_messages={"required": _("Đánh dấu xác nhận tệp không chứa bí mật nhà nước.")},
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        choices: Sequence[Proof],
        bodies: Sequence[tuple[str, str]],
        systems: Sequence[tuple[str, str]],
        today: date,
        kept: int = 0,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self.by_key = {proof.key: proof for proof in choices}
        self.today, self.kept = today, kept
        self._choices("body", bodies)
        self._choices("systems", systems)
        self._choices("proofs", [(proof.key, proof_label(proof)) for proof in choices])
        self.detail_names: dict[str, tuple[str, str]] = {}
        for proof in self._ticked():
            self._add_details(proof)

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def _ticked(self) -> list[Proof]:
        """The proofs chosen so far: their details are what the form goes on to ask."""
        ticked = self.data.getlist(self.add_prefix("proofs")) if self.is_bound else self.initial.get("proofs", [])
        return [self.by_key[key] for key in ticked if key in self.by_key]

    def _add_details(self, proof: Proof) -> None:
        for name, field in proof.asked.items():
            full = f"{proof.verb}.{name}"
            required = name in proof.required
            if full not in self.fields:
                self.fields[full] = detail_field(field, required)
                self.detail_names[full] = (proof.verb, name)
            elif required:
                self.fields[full].required = True

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Ngày này còn ở phía trước. Ghi ngày việc đã xảy ra, muộn nhất là hôm nay."))
        if on < EARLIEST:
            raise forms.ValidationError(_("Ngày này quá xa. Kiểm tra lại năm đã ghi."))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [self.by_key[key] for key in cleaned.get("proofs", [])]
        if any(proof.on_systems for proof in chosen) and not cleaned.get("systems"):
            self.add_error("systems", _("Chọn ít nhất một hệ thống mà văn bản nói đến."))
        if any(proof.needs_number for proof in chosen) and not cleaned.get("number"):
            self.add_error("number", _("Ghi số, ký hiệu của văn bản, ví dụ 41/QĐ-UBND."))
        elif not (cleaned.get("number") or cleaned.get("files") or self.kept or self._has_address(cleaned)) and "number" not in self.errors:
            self.add_error("number", _("Ghi số, ký hiệu của văn bản, hoặc gửi bản quét, ảnh chụp."))
        return cleaned

    def _has_address(self, cleaned: Mapping[str, Any]) -> bool:
        return any(cleaned.get(full) for full, (_verb, name) in self.detail_names.items() if name == "address")

    def chosen(self) -> list[Proof]:
        return [self.by_key[key] for key in self.cleaned_data["proofs"]]

    def details(self) -> dict[str, dict[str, Any]]:
        """What was filled in, by verb."""
        said: dict[str, dict[str, Any]] = {}
        for full, (verb, name) in self.detail_names.items():
            value = self.cleaned_data.get(full)
            if value not in (None, "", False):
                said.setdefault(verb, {})[name] = value.isoformat() if isinstance(value, date) else value
        return said


def proof_label(proof: Proof) -> str:
    return f"{proof.duty.id} · {in_language(proof.duty.name)}"


def detail_field(field: Field, required: bool) -> forms.Field:
    """The form field for one detail of a verb."""
    label = in_language(field.label)
    asks = gettext("Ghi: %(label)s.") % {"label": label}
    common: dict[str, Any] = {"label": label, "required": required, "error_messages": {"required": asks}}
    match field.type:
        case "day":
            return Day(**common)
        case "year":
            return forms.IntegerField(min_value=2000, max_value=2100, widget=_input("w-10 num", inputmode="numeric"), **common)
        case "whole":
            return forms.IntegerField(min_value=0, max_value=10**9, widget=_input("w-10 num", inputmode="numeric"), **common)
        case "month":
            return Month(**common)
        case "flag":
            return forms.BooleanField(label=label, required=False)
        case "choice":
            options = [("", "–"), *((value, in_language(words)) for value, words in field.choices.items())]
            return forms.ChoiceField(choices=options, widget=forms.Select(attrs={"class": "inp w-20"}), **common)
        case _:
            return Text(max_length=200, widget=_input("w-20"), **common)


class Month(Text):
    """A month as mm/yyyy, kept as yyyy-mm."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_input("w-10 num", placeholder="mm/yyyy", inputmode="numeric"), **options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return text
        first, _sep, last = text.replace("-", "/").partition("/")
        month, year = (last, first) if len(first) == 4 else (first, last)
        if not (month.isdigit() and year.isdigit() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2100):
            says = gettext("Tháng %(month)s không có trong lịch. Ghi theo tháng/năm, ví dụ 10/2026.")
            raise forms.ValidationError(says % {"month": text[:20]})
        return f"{int(year)}-{int(month):02}"


class RejectForm(forms.Form):
    """Why evidence is not accepted."""

    reason = Text(
        label=_("Lý do không chấp nhận"),
        max_length=1000,
        widget=_lines(3),
        help_text=_("Đơn vị đọc được lý do này. Nói rõ còn thiếu gì và cần làm gì."),
        error_messages={"required": _("Ghi lý do, để đơn vị biết cần bổ sung gì.")},
    )


class RetractForm(forms.Form):
    """Why one's own evidence is taken back."""

    reason = Text(
        label=_("Lý do rút lại"), max_length=1000, widget=_lines(3), error_messages={"required": _("Ghi lý do rút lại minh chứng.")}
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

    duty = forms.ChoiceField(label=_("Nhiệm vụ được miễn"), widget=forms.Select(attrs={"class": "inp"}))
    about = forms.ChoiceField(label=_("Đơn vị hoặc hệ thống"), widget=forms.Select(attrs={"class": "inp"}))
    number = Text(
        label=_("Số quyết định"),
        max_length=60,
        widget=_input("w-20", placeholder="41/QĐ-UBND"),
        error_messages={"required": _("Ghi số quyết định cho miễn; không có quyết định thì không miễn được.")},
    )
    signed_on = Day(label=_("Ngày ký quyết định"), error_messages={"required": _("Ghi ngày ký quyết định.")})
    until_on = Day(
        label=_("Miễn đến hết ngày"), error_messages={"required": _("Ghi ngày hết miễn: miễn không có ngày cuối thì không nhận.")}
    )
    reason = Text(label=_("Lý do"), max_length=1000, required=False, widget=_lines(2))

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


class DelegationForm(forms.Form):
    """A body lets another file for it, in writing."""

    unit = forms.ChoiceField(label=_("Đơn vị giao"), widget=forms.Select(attrs={"class": "inp"}))
    to = forms.ChoiceField(label=_("Giao cho"), widget=forms.Select(attrs={"class": "inp"}))
    number = Text(
        label=_("Số văn bản giao"),
        max_length=60,
        widget=_input("w-20", placeholder="12/CV"),
        error_messages={"required": _("Ghi số văn bản giao nộp thay.")},
    )
    on = Day(label=_("Giao từ ngày"), error_messages={"required": _("Ghi ngày bắt đầu giao.")})
    until_on = Day(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu giao đến khi có văn bản chấm dứt."))

    def __init__(
        self, data: Any = None, *, units: Sequence[tuple[str, str]], bodies: Sequence[tuple[str, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        for name, choices in (("unit", units), ("to", bodies)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("unit") and cleaned.get("unit") == cleaned.get("to"):
            self.add_error("to", _("Đơn vị không tự giao cho mình. Chọn đơn vị nộp thay."))
        start, until = cleaned.get("on"), cleaned.get("until_on")
        if start and until and until < start:
            self.add_error("until_on", _("Ngày kết thúc đứng trước ngày bắt đầu."))
        return cleaned
