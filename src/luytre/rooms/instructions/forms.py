"""Forms of the instructions room: whom, by when, what; the answer; why it is returned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luytre.journal import sent
from luytre.journal.store import Stored
from luytre.ui.fields import Day, Text, plain_input, text_lines
from luytre.ui.files import Files
from luytre.ui.picking import PickForm

SELECT = forms.Select(attrs={"class": "inp"})


class GiveForm(PickForm):
    """The chair's word: to bodies one by one or by type, by a day, about a duty where one is meant."""

    text = Text(
        label=_("Nội dung chỉ đạo"),
        max_length=4000,
        widget=text_lines(6),
        help_text=_("Viết rõ việc phải làm và kết quả phải báo cáo. Không ghi nội dung bí mật nhà nước."),
        error_messages={"required": _("Ghi nội dung chỉ đạo.")},
    )
    due_on = Day(label=_("Hạn thực hiện"), error_messages={"required": _("Ghi hạn thực hiện.")})
    duty = forms.ChoiceField(label=_("Nhiệm vụ liên quan"), widget=SELECT, required=False)
    thing = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: Sequence[tuple[str, str, str]],
        groups: Sequence[tuple[str, str]],
        duties: Sequence[tuple[str, str]],
        today: date,
        initial: Any = None,
    ) -> None:
        super().__init__(data, bodies=bodies, groups=groups, initial=initial)
        self.today = today
        self._offer("duty", [("", "–"), *duties])

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError(_("Hạn thực hiện đã qua. Chọn từ hôm nay trở đi."))
        return due


class AnswerForm(forms.Form):
    """What the body did, with its paper."""

    body = forms.ChoiceField(label=_("Trả lời thay mặt đơn vị"), widget=SELECT)
    note = Text(
        label=_("Kết quả thực hiện"),
        max_length=4000,
        required=False,
        widget=text_lines(5),
        help_text=_("Đã làm gì, khi nào, kết quả ra sao."),
    )
    number = Text(
        label=_("Số, ký hiệu văn bản trả lời"), max_length=60, required=False, widget=plain_input("w-20", placeholder="120/BC-UBND")
    )
    signed_on = Day(label=_("Ngày ký văn bản"), required=False)
    scans = Files(label=_("Bản quét hoặc ảnh chụp văn bản"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        bodies: Sequence[tuple[str, str]],
        today: date,
        kept: Sequence[Stored] = (),
        sender: str = "",
    ) -> None:
        super().__init__(data, files)
        self.today, self.kept, self.sender = today, list(kept), sender
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(bodies)

    @property
    def kept_files(self) -> list[sent.Kept]:
        return sent.shown(self.kept, self.sender)

    @property
    def limit(self) -> int:
        return int(settings.LUYTRE_MAX_UPLOAD)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All but the files, which have a part of their own."""
        return [field for field in self if field.name != "scans"]

    def clean_scans(self) -> list[Any]:
        """What was sent is put by at once: a fault elsewhere in the form does not lose it."""
        given: list[Any] = self.cleaned_data["scans"]
        there = {file.sha256 for file in self.kept}
        self.kept += [file for file in sent.keep(given) if file.sha256 not in there]
        return given

    def clean_signed_on(self) -> date | None:
        signed: date | None = self.cleaned_data["signed_on"]
        if signed and signed > self.today:
            raise forms.ValidationError(_("Ngày ký còn ở phía trước. Kiểm tra lại văn bản."))
        return signed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("note") or cleaned.get("number") or self.kept) and "scans" not in self.errors:
            self.add_error("note", _("Ghi kết quả thực hiện, số văn bản trả lời hoặc gửi kèm tệp."))
        if cleaned.get("number") and not cleaned.get("signed_on") and "signed_on" not in self.errors:
            self.add_error("signed_on", _("Ghi ngày ký văn bản trả lời."))
        return cleaned


class ReturnForm(forms.Form):
    """Why an answer is not enough."""

    reason = Text(
        label=_("Lý do yêu cầu làm lại"),
        max_length=1000,
        widget=text_lines(2),
        error_messages={"required": _("Ghi lý do, để đơn vị biết cần làm thêm gì.")},
    )


class WithdrawForm(forms.Form):
    """Why the word is taken back."""

    reason = Text(
        label=_("Lý do rút"), max_length=1000, widget=text_lines(2), error_messages={"required": _("Ghi lý do rút ý kiến chỉ đạo.")}
    )


class ExtendForm(forms.Form):
    """A later day."""

    due_on = Day(label=_("Hạn mới"), error_messages={"required": _("Ghi hạn mới.")})
