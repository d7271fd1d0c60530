"""Windows of the instructions room: the list, giving one, one with its answers, answering, judging the answer, the announcement."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock, sent, serving
from luytre.register import choices
from luytre.register.models import Account, Organisation
from luytre.register.reads import read, reads
from luytre.rooms.instructions import actions, forms, queries

PAGE = 30
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def instructions(request: HttpRequest) -> HttpResponse:
    """What the chair has asked for: open ones first, those with red charges on top."""
    shelf = queries.Shelf(queries.all_of(seen_by=_me(request), on=clock.today()), request.GET.get("show", ""))
    page = Paginator(shelf.shown, PAGE).get_page(request.GET.get("page"))
    may = queries.may_give(_me(request), clock.today())
    context = {"page": page, "counts": shelf.counts, "all": len(shelf.held), "show": shelf.show, "may_give": may, "active": "instructions"}
    return render(request, "instructions/list.html", context)


@get_or_post
def give(request: HttpRequest) -> HttpResponse:
    """The chair's word, from wherever a red cell was seen: bodies, duty and system come with the address."""
    me, today = _me(request), clock.today()
    issuer = queries.province_of(me, today) if queries.may_give(me, today) else None
    if issuer is None:
        raise Refusal(_("Chỉ người lãnh đạo UBND tỉnh cho ý kiến chỉ đạo ở đây."), status=403)
    asked = {"to": request.GET.getlist("to"), "duty": request.GET.get("duty", ""), "thing": request.GET.get("thing", "")}
    form = forms.GiveForm(
        request.POST or None,
        bodies=choices.body_choices(today),
        groups=choices.group_choices(),
        duties=queries.duty_choices(),
        today=today,
        initial=asked,
    )
    thing = request.POST.get("thing", "") or asked["thing"]
    system = queries.system_name(str(thing), seen_by=me, on=today) if thing else ""
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("bodies", "text", "due_on", "duty")}
        told = actions.give(by=me, at=clock.now(), issuer=issuer, thing=str(thing) if system else "", **said)
        messages.success(request, _("Đã gửi ý kiến chỉ đạo %(number)s.") % {"number": told.result})
        return redirect("instructions:instruction", told.result)
    context = {"form": form, "system": system, "active": "instructions"}
    return render(request, "instructions/give.html", context, status=422 if form.errors else 200)


@require_GET
def instruction(request: HttpRequest, number: str) -> HttpResponse:
    return _instruction(request, _held(request, number))


def _instruction(request: HttpRequest, held: queries.Instruction, fault: dict[str, object] | None = None) -> HttpResponse:
    """One instruction with what each body did about it; `fault`: a form that did not go through, with its place."""
    me, today = _me(request), clock.today()
    may_give, may_judge = queries.may_give(me, today), queries.may_judge(me, today)
    context = {
        "held": held,
        "may_give": may_give,
        "may_judge": may_judge,
        "mine": queries.answerable(held, by=me, on=today),
        "paper": queries.announced(held),
        "return_form": forms.ReturnForm(),
        "extend_form": forms.ExtendForm(),
        "withdraw_form": forms.WithdrawForm(),
        "active": "instructions",
        **(fault or {}),
    }
    return render(request, "instructions/instruction.html", context, status=422 if fault else 200)


@get_or_post
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """A body answers."""
    held = _held(request, number)
    mine = queries.answerable(held, by=_me(request), on=clock.today())
    if not mine:
        raise Refusal(_("Không có phần việc nào của đơn vị ông/bà đang chờ trả lời ở ý kiến chỉ đạo này."), status=403)
    form = forms.AnswerForm(
        request.POST or None,
        request.FILES or None,
        bodies=[(charge.ref, charge.name) for charge in mine],
        today=clock.today(),
        kept=sent.brought_back(request),
        sender=sent.sender(request),
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("body", "note", "number", "signed_on")}
        actions.answer(by=_me(request), at=clock.now(), held=held, attachments=form.kept, **said)
        messages.success(request, _("Đã gửi trả lời. Văn phòng và cơ quan đầu mối sẽ xem."))
        return redirect("instructions:instruction", number)
    context = {"form": form, "held": held, "charge": mine[0], "active": "instructions"}
    return render(request, "instructions/answer.html", context, status=422 if form.errors else 200)


@require_GET
@reads("export.taken")
def attachment(request: HttpRequest, number: str, file: int) -> HttpResponse | FileResponse:
    """A file of an answer as it was sent, always as a download, never shown in place."""
    found = queries.attachment(_held(request, number), file)
    if found is None:
        raise Http404
    held, about = found
    read(request, [about], what="file", entry=held.entry_id, sha256=held.sha256)
    return serving.download(held)


@require_POST
def acceptance(request: HttpRequest, number: str, answer: int) -> HttpResponse:
    actions.accept(by=_me(request), at=clock.now(), held=_held(request, number), entry=answer)
    messages.success(request, _("Đã chấp nhận kết quả."))
    return redirect("instructions:instruction", number)


@require_POST
def return_(request: HttpRequest, number: str, answer: int) -> HttpResponse:
    held, form = _held(request, number), forms.ReturnForm(request.POST)
    if not form.is_valid():
        return _instruction(request, held, {"return_form": form, "returned": answer})
    actions.return_(by=_me(request), at=clock.now(), held=held, entry=answer, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã yêu cầu làm lại. Đơn vị đọc được lý do."))
    return redirect("instructions:instruction", number)


@require_POST
def extension(request: HttpRequest, number: str) -> HttpResponse:
    held, form = _held(request, number), forms.ExtendForm(request.POST)
    if not form.is_valid():
        return _instruction(request, held, {"extend_form": form})
    actions.extend(by=_me(request), at=clock.now(), held=held, due_on=form.cleaned_data["due_on"])
    messages.success(request, _("Đã lùi hạn cho các đơn vị chưa xong."))
    return redirect("instructions:instruction", number)


@require_POST
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    held, form = _held(request, number), forms.WithdrawForm(request.POST)
    if not form.is_valid():
        return _instruction(request, held, {"withdraw_form": form})
    actions.withdraw(by=_me(request), at=clock.now(), held=held, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã rút ý kiến chỉ đạo đối với các đơn vị chưa xong."))
    return redirect("instructions:instruction", number)


@require_POST
def announcement(request: HttpRequest, number: str) -> HttpResponse:
    """Issue Thông báo ý kiến chỉ đạo: numbered and frozen by the records office."""
    held = _held(request, number)
    done = actions.announce(by=_me(request), at=clock.now(), held=held, issuer=_issuer(request), signer=_name(request))
    messages.success(request, _("Đã ban hành Thông báo số %(number)s.") % {"number": done.result.number})
    return redirect("instructions:instruction", number)


@require_GET
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """The announcement as a draft in Word, without number or day."""
    from luytre.core.paper.word import docx

    held = _held(request, number)
    content = docx(queries.paper(held, _issuer(request), _name(request), on=None))
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{held.number}.docx"'})


def _issuer(request: HttpRequest) -> Organisation:
    issuer = queries.province_of(_me(request), clock.today()) if queries.may_give(_me(request), clock.today()) else None
    if issuer is None:
        raise Refusal(_("Chỉ người lãnh đạo UBND tỉnh ban hành thông báo này."), status=403)
    return issuer


def _name(request: HttpRequest) -> str:
    person = _me(request).person
    return person.name if person else ""


def _held(request: HttpRequest, number: str) -> queries.Instruction:
    found = queries.one(number, seen_by=_me(request), on=clock.today())
    if found is None:
        raise Http404
    return found


def _me(request: HttpRequest) -> Account:
    """Who is at the window; the site lets nobody through who has not signed in."""
    assert isinstance(request.user, Account)
    return request.user
