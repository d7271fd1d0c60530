"""The public form and what follows it: seven questions, two of them required; every word kept through an error."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from luytre.journal.store import Upload
from luytre.journal.uploads import StoredUpload
from luytre.rooms.incidents.rules import forms as rules
from luytre.rooms.incidents.rules.photos import cleaned
from luytre.ui import marks
from luytre.ui.fields import Text, text_lines

LARGEST, MOST = 20 * 1024 * 1024, 5
KINDS = (
    ("fraud", _("Bị lừa hoặc bị giả mạo"), _("Tin nhắn, cuộc gọi, trang web, tài khoản giả")),
    ("takeover", _("Mất quyền vào tài khoản hoặc máy"), _("Bị đổi mật khẩu, bị người khác dùng")),
    ("locked", _("Tệp bị khóa, bị đòi tiền chuộc"), ""),
    ("malware", _("Máy có mã độc, chạy bất thường"), ""),
    ("site", _("Trang web, dịch vụ bị sửa hoặc không vào được"), ""),
    ("leak", _("Lộ, mất thông tin hoặc dữ liệu"), ""),
    ("other", _("Việc khác, hoặc tôi không chắc"), ""),
)
HAPPENED = (("now", _("Đang xảy ra")), ("today", _("Hôm nay")), ("week", _("Trong 7 ngày qua")), ("long", _("Lâu hơn, không rõ")))
DAMAGE = (("yes", _("Có")), ("no", _("Chưa")), ("unsure", _("Không rõ")))


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each looked at for marks of state secrets before anything else."""

    widget = ManyFiles(attrs={"accept": "image/*,.pdf,.eml,.msg,.txt,.log,.zip,.doc,.docx,.xlsx"})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > MOST:
            raise forms.ValidationError(_("Gửi tối đa 5 tệp một lần; gửi thêm ở trang theo dõi."))
        return [super(Files, self).clean(one, initial) for one in files if self._is_good(one)]

    def _is_good(self, file: "UploadedFile[Any]") -> bool:
        if (file.size or 0) > LARGEST:
            said = _("Tệp “%(name)s” lớn hơn 20 MB. Hãy chọn tệp nhỏ hơn hoặc chụp ảnh.")
            raise forms.ValidationError(said % {"name": str(file.name)[-60:]})
        content = file.read()
        file.seek(0)
        if fault := marks.fault_of_file(str(file.name), content):
            raise forms.ValidationError(fault)
        return bool(content)


class EvidenceFiles(Files):
    """Of any size: large ones lie in the store already and were looked at on their way (journal/uploads.py)."""

    def _is_good(self, file: "UploadedFile[Any]") -> bool:
        if isinstance(file, StoredUpload):
            return True
        if fault := marks.fault_of_file(str(file.name), file.read()):
            raise forms.ValidationError(fault)
        file.seek(0)
        return bool(file.size)


def photos(files: "Sequence[UploadedFile[Any]]", *, whole: bool) -> list[Upload]:
    """What a citizen sends: pictures without where they were taken, unless the citizen asks that they be kept whole as evidence."""
    if whole:
        return uploads(files)
    named = [(one, str(one.name)[-150:], one.content_type or "application/octet-stream") for one in files]
    return [Upload(name, kind, cleaned(one.read())) for one, name, kind in named]


def uploads(files: "Sequence[UploadedFile[Any]]") -> list[Upload]:
    return [Upload(str(one.name)[-150:], one.content_type or "application/octet-stream", one) for one in files]


class ReportForm(forms.Form):
    """What anyone tells. Shape only: no name, no address, no identity number is asked."""

    kind = forms.ChoiceField(
        choices=[(key, says) for key, says, _more in KINDS],
        widget=forms.RadioSelect,
        label=_("Chuyện gì đang xảy ra?"),
        error_messages={"required": _("Hãy chọn một việc; nếu không rõ, chọn “Việc khác”."), "invalid_choice": _("Hãy chọn một việc.")},
    )
    text = Text(
        label=_("Kể lại ngắn gọn"),
        max_length=5000,
        widget=text_lines(5),
        error_messages={"required": _("Hãy kể lại ngắn gọn chuyện đã xảy ra."), "max_length": _("Viết ngắn lại, tối đa 5.000 chữ.")},
    )
    where = Text(label=_("Trang web, số điện thoại hoặc cơ quan liên quan"), max_length=300, required=False)
    happened = forms.ChoiceField(choices=HAPPENED, widget=forms.RadioSelect, required=False, label=_("Xảy ra khi nào?"))
    damage = forms.ChoiceField(choices=DAMAGE, widget=forms.RadioSelect, required=False, label=_("Đã có thiệt hại chưa?"))
    attached = Files(label=_("Ảnh chụp màn hình, tệp"), required=False)
    contact = Text(label=_("Số điện thoại hoặc thư điện tử của bạn"), max_length=200, required=False)

    def clean_contact(self) -> str:
        said: str = self.cleaned_data["contact"].strip()
        if said and not rules.contact_kind(said):
            raise forms.ValidationError(_("Chưa nhận ra số điện thoại hay thư. Sửa lại hoặc để trống."))
        return said


class FollowForm(forms.Form):
    """Code and words; one message for both."""

    code = Text(label=_("Mã biên nhận"), max_length=40, error_messages={"required": _("Ghi mã biên nhận, ví dụ 7K4M-92QX.")})
    words = Text(label=_("Bốn từ bí mật"), max_length=120, error_messages={"required": _("Ghi bốn từ trên biên nhận.")})


class AddForm(forms.Form):
    """More of the same report."""

    text = Text(label=_("Bổ sung, trả lời"), max_length=5000, required=False, widget=text_lines(4))
    attached = Files(label=_("Ảnh chụp màn hình, tệp"), required=False)
    whole = forms.BooleanField(label=_("Giữ nguyên ảnh gốc, kể cả vị trí nơi chụp, để làm chứng cứ"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("text") or cleaned.get("attached") or self.errors):
            self.add_error("text", _("Viết điều muốn bổ sung hoặc gửi kèm tệp."))
        return cleaned
