"""The administrator's page of machine keys: issued, shown once, ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register import access, keys
from luytre.register.models import Organisation
from luytre.ui.fields import Day, Text, plain_input


class KeyForm(forms.Form):
    """A key for a machine: whose, for what, until when."""

    body = Text(
        label=gettext_lazy("Mã đơn vị"),
        max_length=80,
        widget=plain_input("w-20", placeholder="so-y-te"),
        error_messages={"required": gettext_lazy("Ghi mã đơn vị như trong sổ đăng ký.")},
    )
    purpose = Text(
        label=gettext_lazy("Máy nào, việc gì"),
        max_length=120,
        widget=plain_input("w-full"),
        error_messages={"required": gettext_lazy("Ghi khóa dùng cho máy nào, việc gì.")},
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Phạm vi"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một phạm vi của khóa.")},
    )
    until_on = Day(label=gettext_lazy("Dùng đến hết ngày"), error_messages={"required": gettext_lazy("Ghi ngày hết hạn.")})
    per_minute = forms.IntegerField(
        label=gettext_lazy("Số lượt tối đa một phút"),
        min_value=1,
        max_value=6000,
        initial=60,
        widget=plain_input("w-10 num", inputmode="numeric"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = "en" if (get_language() or "vi").startswith("en") else "vi"
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, scope.says[lang][:1].upper() + scope.says[lang][1:]) for name, scope in keys.SCOPES.items()]

    def clean_body(self) -> Organisation:
        code = self.cleaned_data["body"].removeprefix("org:").lower()
        found = Organisation.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("Không có đơn vị mã “%(code)s” trong sổ đăng ký.") % {"code": code})
        return found


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """All keys, those in use first; a new one, shown this once."""
    _administrator(request)
    form, issued = KeyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            issued = keys.issue(by=request.user, at=clock.now(), organisation=said.pop("body"), **said)  # type: ignore[arg-type]
            form = KeyForm()
        except Refusal as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.says)
    page = {"form": form, "issued": issued, "rows": _rows(), "today": clock.today(), "active": "keys"}
    return render(request, "register/keys.html", page, status=422 if form.errors else 200)


def _rows() -> list[keys.ApiKey]:
    today = clock.today()
    rows = list(keys.ApiKey.objects.select_related("organisation"))
    for row in rows:
        row.good = row.is_good(today)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: not row.is_good(today))


@require_POST
def ending(request: HttpRequest, name: str) -> HttpResponse:
    _administrator(request)
    key = keys.named(name)
    if key is None:
        raise Http404
    keys.end(by=request.user, at=clock.now(), key=key)  # type: ignore[arg-type]
    messages.success(request, _("Đã thu hồi khóa %(name)s; từ bây giờ khóa không mở được gì.") % {"name": key.name})
    return redirect("register:keys")


def _administrator(request: HttpRequest) -> None:
    if not access.has_verb(request.user, "key.issued", clock.today()):
        raise Refusal(_("Khóa máy gửi do quản trị hệ thống cấp."), status=403)
