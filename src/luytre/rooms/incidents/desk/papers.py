"""Papers of a case: the draft in Word, and the issue with its number."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.journal import clock
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.desk.case import held_case
from luytre.rooms.incidents.rules.papers import FORMS

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def draft(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The form as it would go out now, to look at and sign by hand."""
    from luytre.core.paper.word import docx

    held = held_case(request, code)
    if form not in FORMS:
        raise Http404
    content = docx(actions.draft(incident=held, form=form, at=clock.now()))
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{held.code}-{form}.docx"'})


@require_POST
def issue(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Numbered, frozen, and told as the notice, the report or the end of the incident."""
    held = held_case(request, code)
    issued = actions.issue(by=me(request), at=clock.now(), incident=held, form=form)
    messages.success(request, _("Đã phát hành văn bản số %(number)s.") % {"number": issued.number})
    return redirect("incidents:incident", code)
