"""Forms of the register: shape only."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.ui import marks

SALT = "luytre.register.import"


class WorkbookForm(forms.Form):
    """A workbook to look at."""

    file = forms.FileField(
        label=gettext_lazy("Tệp sổ tính (.xlsx)"),
        allow_empty_file=False,
        error_messages={
            "required": gettext_lazy("Chưa chọn tệp. Đề nghị chọn tệp .xlsx đã điền."),
            "empty": gettext_lazy("Tệp trống. Đề nghị chọn lại tệp đã điền."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx", "class": "form-control"}),
    )

    declared = forms.BooleanField(
        label=gettext_lazy("Tôi đã xem và xác nhận tệp này không chứa bí mật nhà nước."),
        error_messages={"required": gettext_lazy("Đánh dấu xác nhận tệp không chứa bí mật nhà nước.")},
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.LUYTRE_MAX_UPLOAD:
            limit = settings.LUYTRE_MAX_UPLOAD // (1024 * 1024)
            raise forms.ValidationError(_("Tệp lớn hơn %(limit)s MB. Đề nghị chia nhỏ rồi tải lại.") % {"limit": limit})
        fault = marks.fault_of_file(file.name or "", file.read())
        file.seek(0)
        if fault:
            raise forms.ValidationError(fault)
        return file


class ConfirmForm(forms.Form):
    """The workbook looked at a moment ago, named by its signed digest."""

    ticket = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, sender: str) -> None:
        super().__init__(data)
        self.sender = sender

    def clean_ticket(self) -> str:
        try:
            digest: Any = signing.loads(self.cleaned_data["ticket"], salt=f"{SALT}.{self.sender}", max_age=24 * 3600)
        except signing.BadSignature:
            raise forms.ValidationError(_("Bản xem trước đã hết hạn. Đề nghị tải tệp lên lại.")) from None
        return str(digest)


def ticket(sha256: str, sender: str) -> str:
    """Names a kept workbook to whoever sent it, and to nobody else."""
    return signing.dumps(sha256, salt=f"{SALT}.{sender}")
