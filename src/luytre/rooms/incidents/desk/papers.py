"""Papers of a case: the draft in Word, and the issue with its number."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.journal import clock
from luytre.register.reads import read, reads
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.desk.case import held_case, lang, page
from luytre.rooms.incidents.forms import work
from luytre.rooms.incidents.queries import histories
from luytre.rooms.incidents.rules.papers import FORMS, Breach

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


@require_GET
@reads("incident.read")
def changes(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What each issue of a form changed against the one before, and what a new issue would change today."""
    held = held_case(request, code)
    if form not in FORMS:
        raise Http404
    read(request, held.refs, incident=held.code)
    found = histories.history(held, form, actions.versions(held, form), actions.draft(incident=held, form=form, at=clock.now()))
    says = FORMS[form][1][int(lang() == "en")]
    context = {"held": held, "form": form, "says": says, "found": found, "active": "incidents"}
    return render(request, "incidents/changes.html", context)


@require_POST
@reads("incident.read")
def issue(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Numbered, frozen, and told as the notice, the report or the end of the incident."""
    held, breach = held_case(request, code), None
    if form == "L91.23":
        asked = work.BreachForm(request.POST, prefix="vi-pham")
        if not asked.is_valid():
            return page(request, code, {"breach_form": asked})
        breach = Breach(**asked.cleaned_data)
    issued = actions.issue(by=me(request), at=clock.now(), incident=held, form=form, breach=breach)
    messages.success(request, _("Đã phát hành văn bản số %(number)s.") % {"number": issued.number})
    return redirect("incidents:incident", code)
