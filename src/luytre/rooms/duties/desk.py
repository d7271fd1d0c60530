"""Windows of the duties room for officers: file evidence, look at it, waivers, delegations, model texts, the matrix as a workbook."""

import hashlib
from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.fold import written
from luytre.core.paper.word import docx
from luytre.core.refusal import Refusal
from luytre.journal import clock, serving
from luytre.register.models import Account
from luytre.register.reads import read, reads, tell
from luytre.rooms.duties import actions, forms, projection, queries

PAGE = 50
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
T = TypeVar("T")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# -- filing --


@get_or_post
def file(request: HttpRequest) -> HttpResponse:
    """File one paper for one or several duties of a body."""
    desk = _desk(request)
    form = forms.file_form(request, desk, clock.today(), queries.case_of(request.GET.get("event"), seen_by=_me(request), on=clock.today()))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        entries = actions.file(by=_me(request), at=clock.now(), items=form.items(), on=said["on"], attachments=form.kept, note=said["note"])
        messages.success(request, _("Đã nộp lúc %(time)s. Cơ quan đầu mối sẽ xem.") % {"time": f"{timezone.localtime(clock.now()):%H:%M}"})
        return redirect("duties:evidence", entries[0].pk)
    return render(request, "duties/file.html", {"form": form, "back": "/desk/mine/"}, status=422 if form.errors else 200)


def _desk(request: HttpRequest) -> queries.Desk:
    """The desk asked for; a body that is absent or none of the person's business is not found, a person without a post is refused."""
    asked = [written(ref) for ref in request.POST.getlist("body") or request.GET.getlist("about")]
    desk = queries.desk(request.user, clock.today(), asked)
    if desk is None and not asked:
        raise Refusal(_("Tài khoản này chưa giữ vị trí nào được nộp minh chứng. Đề nghị liên hệ quản trị hệ thống."), status=403)
    return _found(desk)


# -- evidence --


@require_GET
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """One piece of evidence: what it says, its files, what became of it."""
    return _evidence(request, number)


def _evidence(request: HttpRequest, number: int, form: forms.RejectForm | forms.RetractForm | None = None) -> HttpResponse:
    held = _found(queries.evidence(number, seen_by=_me(request), on=clock.today()))
    offer = queries.offer(held, request.user, clock.today())
    blank = {"rejection": forms.RejectForm, "retraction": forms.RetractForm}.get(offer.reason_for or "")
    seen = queries.seen_of(number, seen_by=_me(request), on=clock.today())
    if held.verb.startswith("incident."):
        tell(request, "incident.read", seen, entry=number)
    context = {
        "evidence": held,
        "tlp": queries.label_words(number, clock.today()),
        "may_label": queries.may_label(request.user, seen, clock.today()),
        "may_review": offer.may_accept,
        "reason_form": form or (blank() if blank else None),
        "reason_url": reverse(f"duties:{offer.reason_for}", args=[number]) if offer.reason_for else "",
        "reason_button": _("Không chấp nhận") if offer.reason_for == "rejection" else _("Rút lại minh chứng"),
    }
    return render(request, "duties/evidence.html", context, status=422 if form else 200)


@require_POST
def acceptance(request: HttpRequest, number: int) -> HttpResponse:
    _found(queries.evidence(number, seen_by=_me(request), on=clock.today()))
    actions.accept(by=_me(request), at=clock.now(), entries=[number])
    messages.success(request, _("Đã chấp nhận minh chứng."))
    return redirect("duties:evidence", number)


@require_POST
def rejection(request: HttpRequest, number: int) -> HttpResponse:
    form = forms.RejectForm(request.POST)
    if not form.is_valid():
        return _evidence(request, number, form)
    _found(queries.evidence(number, seen_by=_me(request), on=clock.today()))
    actions.reject(by=_me(request), at=clock.now(), entries=[number], reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi không chấp nhận. Đơn vị đọc được lý do."))
    return redirect("duties:evidence", number)


@require_POST
def retraction(request: HttpRequest, number: int) -> HttpResponse:
    form = forms.RetractForm(request.POST)
    if not form.is_valid():
        return _evidence(request, number, form)
    held = _found(queries.evidence(number, seen_by=_me(request), on=clock.today()))
    if held.filed and held.standing not in ("rejected", "retracted") and not queries.offer(held, _me(request), clock.today()).may_retract:
        raise Refusal(_("Chỉ người nộp hoặc đơn vị được nói đến mới rút lại được minh chứng này."), status=403)
    actions.retract(by=_me(request), at=clock.now(), entry=number, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã rút lại. Bản cũ vẫn lưu trong diễn biến."))
    return redirect("duties:evidence", number)


@require_GET
@reads("export.taken")
def attachment(request: HttpRequest, number: int, file: int) -> HttpResponse | FileResponse:
    """A file as it was sent, always as a download, never shown in place."""
    held = _found(queries.attachment(number, file, seen_by=_me(request), on=clock.today()))
    read(request, queries.seen_of(number, seen_by=_me(request), on=clock.today()), what="file", entry=number, sha256=held.sha256)
    return serving.download(held)


@get_or_post
def reviews(request: HttpRequest) -> HttpResponse:
    """What the coordinator has to look at; several at once."""
    days = next((days for days in queries.REVIEW_DAYS if request.GET.get("days") == str(days)), None)
    waiting = _found(queries.queue(seen_by=_me(request), now=clock.now(), days=days))
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    form = forms.ReviewForm(request.POST if request.method == "POST" else None, entries=[entry.pk for entry in page.object_list])
    if form.is_bound and form.is_valid():
        actions.review(by=_me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Đã ghi ý kiến với %(count)s minh chứng.") % {"count": len(form.cleaned_data["entries"])})
        return redirect(request.get_full_path())
    ticked = [int(number) for number in request.POST.getlist("entries") if number.isdecimal() and len(number) < 19]
    rows = queries.shown(list(page.object_list))
    context = {"page": page, "rows": rows, "form": form, "days": days, "spans": queries.REVIEW_DAYS, "ticked": ticked, "active": "reviews"}
    return render(request, "duties/reviews.html", context, status=422 if form.errors else 200)


# -- decisions --


@get_or_post
def waiver(request: HttpRequest) -> HttpResponse:
    """Grant a waiver by a decision with number and end."""
    if not queries.may_waive(request.user, clock.today()):
        raise Refusal(_("Chỉ người có thẩm quyền cho miễn mới ghi được quyết định miễn."), status=403)
    asked = _waiver_asked(request)
    initial = {"duty": asked.duty, "about": asked.about, "until_on": asked.until_on} if asked else request.GET.dict()
    form = forms.WaiverForm(request.POST or None, today=clock.today(), initial=initial, **queries.waiver_choices())
    if form.is_valid():
        actions.waive(by=_me(request), at=clock.now(), request=asked.entry if asked else None, **form.cleaned_data)
        messages.success(request, _("Đã ghi quyết định miễn."))
        return redirect("duties:waivers") if asked else redirect(request.get_full_path())
    return _decision(request, form, _("Ghi quyết định miễn"), reverse("duties:waivers"))


def _waiver_asked(request: HttpRequest) -> queries.WaiverAsked | None:
    """The request a decision answers, where the address names one."""
    number = request.GET.get("request", "")
    if not (number.isdecimal() and len(number) < 18):
        return None
    return queries.waiver_asked(int(number), seen_by=_me(request), on=clock.today())


@require_GET
def waivers(request: HttpRequest) -> HttpResponse:
    """Waivers asked for; whoever decides answers here."""
    held = queries.waivers_asked(seen_by=_me(request), on=clock.today())
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    may_ask = bool(queries.asking_choices(_me(request), clock.today())["things"])
    context = {
        "page": page,
        "may_decide": queries.may_waive(_me(request), clock.today()),
        "may_ask": may_ask,
        "form": forms.RefuseWaiverForm(),
    }
    return render(request, "duties/waivers.html", context)


@get_or_post
def ask_waiver(request: HttpRequest) -> HttpResponse:
    """A body asks to be excused, with its reason."""
    choices = queries.asking_choices(_me(request), clock.today())
    if not choices["things"]:
        raise Refusal(_("Tài khoản này chưa giữ vị trí nào được đề nghị miễn. Đề nghị liên hệ quản trị hệ thống."), status=403)
    form = forms.AskWaiverForm(request.POST or None, today=clock.today(), initial=request.GET.dict(), **choices)
    if form.is_valid():
        actions.ask_waiver(by=_me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Đã gửi đề nghị miễn. Nhiệm vụ vẫn phải làm cho đến khi có quyết định."))
        return redirect("duties:waivers")
    return _decision(request, form, _("Đề nghị miễn nhiệm vụ"), "/desk/mine/", _("Gửi đề nghị"))


@require_POST
def waiver_refusal(request: HttpRequest, number: int) -> HttpResponse:
    asked = _found(queries.waiver_asked(number, seen_by=_me(request), on=clock.today()))
    form = forms.RefuseWaiverForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Ghi lý do không cho miễn, để đơn vị biết. Quay lại và ghi lý do."), status=422)
    actions.refuse_waiver(by=_me(request), at=clock.now(), asked=asked, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi không cho miễn. Đơn vị đọc được lý do."))
    return redirect("duties:waivers")


@get_or_post
def delegation(request: HttpRequest) -> HttpResponse:
    """A head lets another body file for the own one."""
    choices = queries.delegation_choices(request.user, clock.today())
    if not choices["units"]:
        raise Refusal(_("Chỉ người đứng đầu đơn vị giao được việc nộp thay."), status=403)
    form = forms.DelegationForm(request.POST or None, **choices)
    if form.is_valid():
        actions.delegate(by=_me(request), at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Đã ghi văn bản giao nộp thay."))
        return redirect("duties:delegations")
    return _decision(request, form, _("Giao đơn vị khác nộp thay"), reverse("duties:delegations"))


@require_GET
def delegations(request: HttpRequest) -> HttpResponse:
    """The letters of delegation a person's bodies gave or hold, with what is over."""
    held = queries.letters(request.user, clock.today())
    may_give = bool(queries.delegation_choices(request.user, clock.today())["units"])
    return render(request, "duties/delegations.html", {"letters": held, "may_give": may_give, "active": "mine"})


@get_or_post
def delegation_end(request: HttpRequest, number: int) -> HttpResponse:
    """The head ends a delegation, in writing."""
    letter = _found(queries.letter(number, seen_by=request.user, on=clock.today()))
    if not letter.may_end:
        raise Refusal(_("Chỉ người đứng đầu đơn vị giao chấm dứt được, khi việc giao còn hiệu lực."), status=403)
    form = forms.EndForm(request.POST or None, given_on=letter.from_on, today=clock.today())
    if form.is_valid():
        actions.end_delegation(by=_me(request), at=clock.now(), unit=letter.unit, to=letter.to, **form.cleaned_data)
        messages.success(request, _("Đã chấm dứt việc giao. Quyền hết ngay với lần mở trang tiếp theo."))
        return redirect("duties:delegations")
    return _decision(request, form, _("Chấm dứt việc giao nộp thay"), reverse("duties:delegations"), sub=letter.says)


def _decision(
    request: HttpRequest,
    form: forms.WaiverForm | forms.DelegationForm | forms.AskWaiverForm | forms.EndForm,
    title: str,
    back: str,
    button: str = "",
    sub: str = "",
) -> HttpResponse:
    context = {"form": form, "title": title, "sub": sub, "button": button or _("Ghi quyết định"), "back": back}
    return render(request, "duties/decision.html", context, status=422 if form.errors else 200)


# -- papers and workbooks --


@require_GET
def model_text(request: HttpRequest, duty: str) -> HttpResponse:
    """A text to start from, as a Word file in administrative layout."""
    paper = _found(
        queries.model_text(duty, request.GET.get("about", ""), seen_by=_me(request), on=clock.today(), mark=settings.LUYTRE_MARK)
    )
    return _download(docx(paper), DOCX, f"{duty}-van-ban-mau.docx")


@require_GET
@reads("export.taken")
def matrix_xlsx(request: HttpRequest) -> HttpResponse:
    """The matrix of all bodies the person may see, on the day asked for."""
    on, known = projection.moments(request.GET, clock.today())
    book = projection.book_for(request.user, on, known, today=clock.today(), made=clock.now(), mark=settings.LUYTRE_MARK)
    read(request, _found(queries.seats(_me(request), clock.today()) or None), what="matrix", sha256=hashlib.sha256(book).hexdigest())
    return _download(book, XLSX, f"ma-tran-{on:%Y-%m-%d}.xlsx")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _me(request: HttpRequest) -> Account:
    """Who is at the window; the site lets nobody through who has not signed in."""
    assert isinstance(request.user, Account)
    return request.user


def _found(value: T | None) -> T:
    """What a query found; absent and foreign are the same to a stranger: not found."""
    if value is None:
        raise Http404
    return value
