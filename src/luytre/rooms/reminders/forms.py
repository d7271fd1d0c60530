"""Forms of the reminders room: what the coordinator asks to be reminded of."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.ui.fields import Text


class AskForm(forms.Form):
    """Matters ticked, and a word to those who are reminded."""

    matters = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Chọn ít nhất một việc để đôn đốc."),
            "invalid_choice": _("Có việc vừa xong hoặc không còn trong trang này. Mời xem lại danh sách."),
        },
    )
    note = Text(required=False, max_length=1000, error_messages={"max_length": _("Viết gọn trong 1.000 chữ cái.")})

    def __init__(self, data: object = None, *, matters: Collection[int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["matters"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(number, str(number)) for number in matters]
