"""Forms of the duties room: they check shape and keep what was typed; rules and actions decide."""

from luytre.rooms.duties.forms.decisions import DelegationForm, RejectForm, RetractForm, ReviewForm, WaiverForm
from luytre.rooms.duties.forms.filing import FileForm, file_form

__all__ = ["DelegationForm", "FileForm", "RejectForm", "RetractForm", "ReviewForm", "WaiverForm", "file_form"]
