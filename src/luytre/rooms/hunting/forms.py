"""Forms of the room: which systems and period; a file; a judgement; the conclusion."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from luytre.rooms.hunting.models import Hunt
from luytre.ui.fields import Day, Text, plain_input, text_lines

DAYS = 30


def _many(data: Any, name: str) -> list[str]:
    """All values of a name that may be ticked several times."""
    found: list[str] = data.getlist(name)
    return found


class StartForm(forms.Form):
    """Which systems, with the hosts of each; which period."""

    from_on = Day(label=_("Nhật ký từ ngày"), error_messages={"required": _("Ghi ngày đầu của kỳ.")})
    to_on = Day(label=_("Đến hết ngày"), error_messages={"required": _("Ghi ngày cuối của kỳ.")})
    weakness = Text(
        label=_("Trả lời điểm yếu số"),
        max_length=60,
        required=False,
        widget=plain_input("w-20", placeholder="DY-2026-001"),
        help_text=_("Chỉ ghi khi săn lùng đi cùng việc khắc phục một điểm yếu (khoản 1.9)."),
    )

    def __init__(self, data: Any = None, *, systems: Sequence[tuple[str, str]], today: date, chosen: Sequence[str] = ()) -> None:
        first = {"from_on": f"{today - timedelta(DAYS - 1):%d/%m/%Y}", "to_on": f"{today:%d/%m/%Y}"}
        super().__init__(data, initial=first)
        self.today, self.systems, self.chosen = today, systems, chosen

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A line for each system: to tick, and the names of its hosts."""
        ticked = _many(self.data, "system") if self.is_bound else [ref for ref, _name in self.systems if ref in self.chosen]
        return [
            {"ref": ref, "name": name, "on": ref in ticked, "hosts": self.data.get(f"hosts-{ref}", "") if self.is_bound else ""}
            for ref, name in self.systems
        ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        known = dict(self.systems)
        chosen = [ref for ref in _many(self.data, "system") if ref in known]
        if not chosen:
            self.add_error(None, said("Chọn ít nhất một hệ thống để săn lùng."))
        found["systems"] = {ref: _hosts(self.data.get(f"hosts-{ref}", "")) for ref in chosen}
        for ref in chosen:
            if not found["systems"][ref]:
                self.add_error(None, said("%(name)s: ghi tên từng máy của hệ thống, mỗi dòng một máy.") % {"name": known[ref]})
        start, end = found.get("from_on"), found.get("to_on")
        if start and end and end < start:
            self.add_error("to_on", said("Ngày cuối đứng trước ngày đầu."))
        if end and end > self.today:
            self.add_error("to_on", said("Ngày này còn ở phía trước. Kiểm tra lại."))
        return found


def _hosts(typed: str) -> list[str]:
    return [line.strip() for line in typed.replace(",", "\n").replace(";", "\n").splitlines() if line.strip()]


class JudgeForm(forms.Form):
    """True, benign or suppressed."""

    verdict = forms.ChoiceField(
        label=_("Kết luận"),
        choices=[
            ("true", _("Xác nhận: đúng là dấu hiệu của kẻ xấu, mở sự cố")),
            ("benign", _("Lành: việc bình thường của đơn vị")),
            ("suppressed", _("Tạm bỏ qua: không nêu lại cho tới một ngày")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một kết luận.")},
    )
    reason = Text(label=_("Lý do, ghi chú"), max_length=1000, required=False, widget=text_lines(3))
    scope = forms.ChoiceField(
        label=_("Bỏ qua ở đâu"),
        choices=[("host", _("chỉ máy này")), ("body", _("mọi máy của đơn vị"))],
        required=False,
        widget=forms.Select(attrs={"class": "inp w-20"}),
    )
    until_on = Day(label=_("Bỏ qua đến trước ngày"), required=False)


class ConcludeForm(forms.Form):
    """Hypothesis and conclusion in words; which systems are recorded, and why one not looked at whole counts."""

    hypothesis = Text(
        label=_("Giả thuyết đã kiểm tra"), max_length=2000, widget=text_lines(3), error_messages={"required": _("Ghi giả thuyết.")}
    )
    conclusion = Text(label=_("Kết luận"), max_length=4000, widget=text_lines(4), error_messages={"required": _("Ghi kết luận.")})

    def __init__(self, data: Any = None, *, result: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.result = result
        for ref, _name in result.targets:
            self.fields[f"gap-{ref}"] = Text(max_length=1000, required=False, widget=text_lines(2))

    @property
    def rows(self) -> list[dict[str, Any]]:
        ticked = _many(self.data, "system") if self.is_bound else [ref for ref, one in self.result.coverage.items() if one.is_whole]
        return [
            {"ref": ref, "name": name, "one": self.result.coverage[ref], "on": ref in ticked, "gap": self[f"gap-{ref}"]}
            for ref, name in self.result.targets
        ]

    @property
    def chosen(self) -> list[str]:
        return [ref for ref in _many(self.data, "system") if ref in dict(self.result.targets)]

    @property
    def gaps(self) -> dict[str, str]:
        return {ref: self.cleaned_data.get(f"gap-{ref}", "") for ref in self.chosen}


def first_words(result: Any, hunt: Hunt) -> dict[str, str]:
    """What the conclusion says before anybody changes it: no more than was measured."""
    guess = said("Kẻ xấu đã vào hệ thống hoặc đang hoạt động trong đó mà chưa bị phát hiện trong kỳ %(from)s – %(to)s.")
    period = {"from": f"{hunt.from_on:%d/%m/%Y}", "to": f"{hunt.until_on - timedelta(1):%d/%m/%Y}"}
    return {"hypothesis": guess % period, "conclusion": result.sentences[1]}
