"""Choosing bodies in a form: whole types by one tick, single ones from a list that filters as one types. Template: ui/pick.html."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]


class PickForm(forms.Form):
    """`bodies`: (ref, name, type) of every body that may be chosen; cleaned_data["bodies"] holds the refs chosen, in that order."""

    groups = forms.MultipleChoiceField(label=_("Gửi cả loại đơn vị"), widget=forms.CheckboxSelectMultiple, required=False)
    to = forms.MultipleChoiceField(label=_("Gửi từng đơn vị"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: Any = None, *, bodies: Sequence[tuple[str, str, str]], groups: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.bodies = bodies
        self._offer("groups", groups)
        self._offer("to", [(ref, name) for ref, name, _type in bodies])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    @property
    def ticked(self) -> set[str]:
        return set(self["to"].value() or ())

    @property
    def first_choices(self) -> Choices:
        """The bodies ticked so far, shown first."""
        return [(ref, name) for ref, name, _type in self.bodies if ref in self.ticked]

    @property
    def other_choices(self) -> Choices:
        return [(ref, name) for ref, name, _type in self.bodies if ref not in self.ticked]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = {*cleaned.get("to", ()), *(ref for ref, _name, kind in self.bodies if kind in cleaned.get("groups", ()))}
        cleaned["bodies"] = [ref for ref, _name, _kind in self.bodies if ref in chosen]
        if not chosen and "to" not in self.errors:
            self.add_error("to", _("Chọn ít nhất một đơn vị."))
        return cleaned
