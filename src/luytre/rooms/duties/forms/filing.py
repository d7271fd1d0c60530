"""The form for filing evidence: one paper, several duties, several systems; what was typed or sent is kept while faults are mended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.journal import sent
from luytre.journal.store import Stored
from luytre.rooms.duties import rules
from luytre.rooms.duties.forms.fields import Day, Text, detail_field, in_language, plain_input, text_lines
from luytre.rooms.duties.queries import Desk
from luytre.rooms.duties.rules import Proof
from luytre.ui.files import Files
from luytre.verbs import VOCABULARY

EARLIEST = date(2000, 1, 1)
MANY = ("proofs", "systems")


@dataclass(frozen=True)
class Choice:
    """A proof as a tick box."""

    key: str
    id: str
    label: str
    paper: str


class FileForm(forms.Form):
    """Evidence for what a body did outside the system. Built for the proofs, bodies and systems the person may choose from."""

    body = forms.ChoiceField(label=_("Nộp cho đơn vị"), widget=forms.Select(attrs={"class": "inp"}))
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
        widget=plain_input("w-20", placeholder="41/QĐ-UBND"),
        help_text=_("Ghi đúng như trên văn bản. Việc không có văn bản thì gửi ảnh chụp, bản quét."),
    )
    on = Day(
        label=_("Ngày ký hoặc ngày làm xong"),
        help_text=_("Ngày/tháng/năm, ví dụ 12/01/2026."),
        error_messages={"required": _("Ghi ngày ký văn bản hoặc ngày làm xong việc.")},
    )
    scans = Files(label=_("Bản quét hoặc ảnh chụp văn bản"), required=False)
    note = Text(label=_("Ghi chú"), max_length=2000, required=False, widget=text_lines(3))
    declared = forms.BooleanField(
        label=_("Tôi đã xem và xác nhận nội dung, tệp gửi không chứa bí mật nhà nước."),
        error_messages={"required": _("Đánh dấu xác nhận tệp không chứa bí mật nhà nước.")},
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        desk: Desk,
        today: date,
        kept: Iterable[Stored] = (),
        initial: Any = None,
        sender: str = "",
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.desk, self.today, self.kept, self.sender = desk, today, list(kept), sender
        self.by_key = {proof.key: proof for proof in desk.proofs}
        self._choices("body", desk.bodies)
        self._choices("systems", desk.systems)
        self._choices("proofs", [(proof.key, _label(proof)) for proof in desk.proofs])
        self.detail_names: dict[str, tuple[str, str]] = {}
        for proof in self.ticked:
            self._add_details(proof)

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def _add_details(self, proof: Proof) -> None:
        for name, field in proof.asked.items():
            full, required = f"{proof.verb}.{name}", name in proof.required
            if full not in self.fields:
                self.fields[full] = detail_field(field, required)
                self.detail_names[full] = (proof.verb, name)
            elif required:
                self.fields[full].required = True

    # -- what the page shows --

    @property
    def ticked(self) -> list[Proof]:
        """The proofs chosen so far: their details are what the form goes on to ask."""
        keys = self.data.getlist("proofs") if isinstance(self.data, QueryDict) else self.initial.get("proofs", [])
        return [proof for key, proof in self.by_key.items() if key in keys]

    @property
    def ticked_choices(self) -> list[Choice]:
        return [_choice(proof) for proof in self.ticked]

    @property
    def other_choices(self) -> list[Choice]:
        chosen = {proof.key for proof in self.ticked}
        return [_choice(proof) for key, proof in self.by_key.items() if key not in chosen]

    @property
    def model_texts(self) -> list[tuple[str, str]]:
        """The duties ticked: id and name, each with a text to start from."""
        return list({proof.duty.id: in_language(proof.duty.name) for proof in self.ticked}.items())

    @property
    def asks_systems(self) -> bool:
        return any("system" in VOCABULARY[proof.verb].about for proof in self.ticked)

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[full] for full in self.detail_names]

    @property
    def kept_files(self) -> list[sent.Kept]:
        return sent.shown(self.kept, self.sender)

    @property
    def limit(self) -> int:
        return int(settings.LUYTRE_MAX_UPLOAD)

    @property
    def title(self) -> str:
        duties = {proof.duty.id: proof.duty for proof in self.ticked}
        return in_language(next(iter(duties.values())).action) if len(duties) == 1 else gettext("Nộp minh chứng")

    @property
    def sub(self) -> str:
        return gettext("%(body)s. Khoảng 5 phút, cần có văn bản hoặc ảnh chụp văn bản.") % {"body": self.desk.body_name}

    # -- what was filled in --

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Ngày này còn ở phía trước. Ghi ngày việc đã xảy ra, muộn nhất là hôm nay."))
        if on < EARLIEST:
            raise forms.ValidationError(_("Ngày này quá xa. Kiểm tra lại năm đã ghi."))
        return on

    def clean_scans(self) -> "list[UploadedFile[Any]]":
        """What was sent is put by at once: a fault elsewhere in the form does not lose it."""
        given: list[UploadedFile[Any]] = self.cleaned_data["scans"]
        there = {file.sha256 for file in self.kept}
        self.kept += [file for file in sent.keep(given) if file.sha256 not in there]
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [self.by_key[key] for key in cleaned.get("proofs", [])]
        if any(proof.wants_systems for proof in chosen) and not cleaned.get("systems"):
            self.add_error("systems", _("Chọn ít nhất một hệ thống mà văn bản nói đến."))
        if "number" not in self.errors and not cleaned.get("number"):
            self._check_number(chosen, cleaned)
        return cleaned

    def _check_number(self, chosen: Sequence[Proof], cleaned: Mapping[str, Any]) -> None:
        if any(proof.needs_number for proof in chosen):
            self.add_error("number", _("Ghi số, ký hiệu của văn bản, ví dụ 41/QĐ-UBND."))
        elif not self.kept and not any(cleaned.get(full) for full, (_verb, name) in self.detail_names.items() if name == "address"):
            self.add_error("number", _("Ghi số, ký hiệu của văn bản, hoặc gửi bản quét, ảnh chụp."))

    def items(self) -> list[rules.Item]:
        """The entries this paper makes."""
        said: dict[str, dict[str, Any]] = {}
        for full, (verb, name) in self.detail_names.items():
            value = self.cleaned_data.get(full)
            if value not in (None, "", False):
                said.setdefault(verb, {})[name] = value
        cleaned = self.cleaned_data
        paper = {"number": cleaned["number"], "signed_on": cleaned["on"].isoformat() if cleaned["number"] else None}
        chosen = [self.by_key[key] for key in cleaned["proofs"]]
        return rules.items(chosen, cleaned["body"], cleaned["systems"], said, paper)


def _label(proof: Proof) -> str:
    return f"{proof.duty.id} · {in_language(proof.duty.name)}"


def _choice(proof: Proof) -> Choice:
    return Choice(
        proof.key, proof.key.replace(":", "-").replace(".", "-"), _label(proof), _capital(in_language(VOCABULARY[proof.verb].paper))
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- from a request --


def file_form(request: HttpRequest, desk: Desk, today: date, case: Mapping[str, str] | None = None) -> FileForm:
    """The form as asked for by the address, as typed so far (`step=choose`: another duty was ticked), or as sent."""
    if request.method != "POST":
        return FileForm(desk=desk, today=today, initial=_from_address(request, desk, case or {}))
    kept, sender = sent.brought_back(request), sent.sender(request)
    if request.POST.get("step") != "choose":
        return FileForm(request.POST, request.FILES, desk=desk, today=today, kept=kept, sender=sender)
    typed: dict[str, Any] = {name: request.POST.getlist(name) if name in MANY else value for name, value in request.POST.items()}
    return FileForm(desk=desk, today=today, kept=[*kept, *_sent(request)], initial=typed, sender=sender)


def _from_address(request: HttpRequest, desk: Desk, case: Mapping[str, str]) -> dict[str, Any]:
    duties, about = request.GET.getlist("duty"), request.GET.getlist("about")
    proofs = [proof for proof in desk.proofs if proof.duty.id in duties]
    linked = {f"{proof.verb}.{name}": value for proof in proofs for name, value in case.items() if name in proof.asked}
    only = [desk.systems[0][0]] if len(desk.systems) == 1 else []
    systems = [ref for ref in about if ref.startswith("system:")] or only
    return {"proofs": [proof.key for proof in proofs], "systems": systems, "body": desk.body, **linked}


def _sent(request: HttpRequest) -> list[Stored]:
    try:
        return sent.keep(Files(required=False).clean(request.FILES.getlist("scans")))
    except forms.ValidationError:
        return []
