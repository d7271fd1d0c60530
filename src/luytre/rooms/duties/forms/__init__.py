"""Forms of the duties room: they check shape and keep what was typed; rules and actions decide."""

from luytre.rooms.duties.forms.decisions import (
    AskWaiverForm,
    DelegationForm,
    EndForm,
    RefuseWaiverForm,
    RejectForm,
    RetractForm,
    ReviewForm,
    WaiverForm,
)
from luytre.rooms.duties.forms.filing import FileForm, file_form

__all__ = [
    "AskWaiverForm",
    "DelegationForm",
    "EndForm",
    "FileForm",
    "RefuseWaiverForm",
    "RejectForm",
    "RetractForm",
    "ReviewForm",
    "WaiverForm",
    "file_form",
]
