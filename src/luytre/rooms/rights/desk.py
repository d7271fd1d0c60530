"""Windows of the rights room: why one sees what one sees, labels, the journal for who may read it, a person's own data."""

import tempfile
from pathlib import Path
from typing import TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.core.fold import written
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.bundle import Wanted, write
from luytre.register.models import Account
from luytre.register.reads import read, reads
from luytre.rooms.rights import actions, forms, queries

PAGE = 50
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
T = TypeVar("T")


@require_GET
def why(request: HttpRequest) -> HttpResponse:
    """Vì sao tôi thấy, không thấy: about any code one types; what is foreign and what is absent are answered alike."""
    thing, verb = written(request.GET.get("thing", ""))[:100], request.GET.get("verb", "see")
    choices = queries.verb_choices()
    verb = verb if verb in dict(choices) else "see"
    decision = queries.decide(_me(request), thing, verb, clock.today())
    context = {"decision": decision, "thing": thing, "verb": verb, "choices": choices, "asked": bool(thing), "active": "rights"}
    return render(request, "rights/why.html", context)


@get_or_post
def label(request: HttpRequest) -> HttpResponse:
    """Put a TLP label on an entry one may see and label."""
    of, today = written(request.POST.get("of") or request.GET.get("of", ""))[:100], clock.today()
    about = _found(queries.labelled(of, seen_by=_me(request), on=today) or None)
    if not queries.may_label(_me(request), about, today):
        raise Refusal(_("Chỉ đơn vị được nói đến, cơ quan đầu mối hoặc đội ứng cứu gắn được nhãn."), status=403)
    held = queries.label_of(of, today)
    lang = "en" if (get_language() or "vi").startswith("en") else "vi"
    form = forms.LabelForm(request.POST or None, lang=lang, initial={"tlp": held.tlp if held else "green"})
    if form.is_valid():
        said = form.cleaned_data
        actions.label(by=_me(request), at=clock.now(), of=of, about=about, tlp=said["tlp"], to=said["to"])
        messages.success(request, _("Đã gắn nhãn. Nhãn có hiệu lực ngay với mọi người đọc."))
        return redirect("duties:evidence", int(of.removeprefix("entry:")))
    context = {"form": form, "title": _("Gắn nhãn chia sẻ"), "button": _("Gắn nhãn"), "of": of, "back": "/"}
    return render(request, "rights/form.html", context, status=422 if form.errors else 200)


@get_or_post
def storage(request: HttpRequest, code: str) -> HttpResponse:
    """Reference numbers only, or details again, for the weaknesses of one system."""
    today = clock.today()
    system = _found(queries.system(code, seen_by=_me(request), on=today))
    if not queries.may_restrict(_me(request), system.ref, today):
        raise Refusal(_("Chỉ người đứng đầu đơn vị có hệ thống hoặc lãnh đạo UBND tỉnh quyết định việc này."), status=403)
    narrow = queries.keeps_numbers_only(system.ref, today)
    form = forms.PaperForm(request.POST or None)
    if form.is_valid():
        act = actions.open_ if narrow else actions.restrict
        act(by=_me(request), at=clock.now(), about=[system.ref], **form.cleaned_data)
        messages.success(request, _("Đã ghi quyết định."))
        return redirect(request.path)
    title = _("Cho ghi lại chi tiết điểm yếu") if narrow else _("Chỉ ghi số tham chiếu điểm yếu")
    context = {"form": form, "title": title, "sub": system.name, "button": _("Ghi quyết định"), "back": "/", "about": "storage"}
    return render(request, "rights/form.html", context, status=422 if form.errors else 200)


# -- the journal --


@require_GET
@reads("journal.read")
def journal(request: HttpRequest) -> HttpResponse:
    """The journal for those who read it: who did what, about whom, when; never free text."""
    seats = _reader(request)
    form = forms.ShelfForm(request.GET)
    form.is_valid()
    shelf = queries.Shelf(**form.cleaned_data)
    page = Paginator(shelf.entries(), PAGE).get_page(request.GET.get("page"))
    read(request, seats, page=page.number, asked=shelf.words or None)
    context = {"page": page, "lines": queries.lines(list(page.object_list)), "form": form, "active": "journal"}
    return render(request, "rights/journal.html", context)


@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """The signed heads, to be printed and kept elsewhere."""
    _reader(request)
    return render(request, "rights/heads.html", {"heads": queries.heads(), "active": "journal"})


@require_GET
@reads("journal.exported")
def bundle(request: HttpRequest) -> FileResponse:
    """The whole chain for checking elsewhere, without files and private parts; with them: luytre journal export."""
    seats = _reader(request)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "nhat-ky.tar"
        rows = write(place, Wanted(files=False, asides=False))
        read(request, seats, first=1, last=rows, rows=rows)
        return FileResponse(place.open("rb"), as_attachment=True, filename=place.name)  # open, it outlives its name


def _reader(request: HttpRequest) -> list[str]:
    """Where who reads the journal sits."""
    if not queries.may_read_journal(_me(request), clock.today()):
        raise Refusal(_("Chỉ người làm công tác kiểm tra và lãnh đạo UBND tỉnh đọc nhật ký."), status=403)
    return queries.seats(_me(request), clock.today())


# -- personal data --


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, for how long; and the way to one's own copy."""
    mine = _me(request).person
    return render(request, "rights/privacy.html", {"code": mine.code if mine else "", "active": "rights"})


@require_GET
@reads("personal_data.read")
def person(request: HttpRequest, code: str) -> HttpResponse:
    """A colleague's card."""
    card = _card(request, code)
    read(request, card.about, of=code)
    return render(request, "rights/person.html", {"card": card, "active": "organisations"})


@require_GET
@reads("personal_data.exported")
def person_data(request: HttpRequest, code: str) -> HttpResponse:
    """Everything kept about a person, as the person's own copy."""
    card = _card(request, code)
    if not card.may_export:
        raise Refusal(_("Bản sao dữ liệu chỉ cấp cho chính người đó, người đứng đầu đơn vị hoặc quản trị hệ thống."), status=403)
    read(request, card.about, of=code)
    answer = JsonResponse(queries.data_of(card.person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="du-lieu-ca-nhan.json"'
    return answer


@get_or_post
def erasure(request: HttpRequest, code: str) -> HttpResponse:
    """Erase a person's data on a written request."""
    card = _card(request, code)
    if not card.may_erase:
        raise Refusal(_("Việc xóa dữ liệu cá nhân do quản trị hệ thống thực hiện theo yêu cầu bằng văn bản."), status=403)
    form = forms.ErasureForm(request.POST or None)
    if form.is_valid():
        count = actions.erase(by=_me(request), at=clock.now(), person=card.person, order=form.cleaned_data["order"])
        messages.success(request, _("Đã xóa; %(n)d ghi nhận mất phần riêng. Chuỗi nhật ký vẫn nguyên vẹn.") % {"n": count})
        return redirect("rights:person", code)
    context = {"form": form, "title": _("Xóa dữ liệu cá nhân"), "sub": card.person.called, "button": _("Xóa vĩnh viễn"), "danger": True}
    return render(request, "rights/form.html", {**context, "back": "/"}, status=422 if form.errors else 200)


def _card(request: HttpRequest, code: str) -> queries.Card:
    return _found(queries.card(code, seen_by=_me(request), on=clock.today()))


def _me(request: HttpRequest) -> Account:
    """Who is at the window; the site lets nobody through who has not signed in."""
    assert isinstance(request.user, Account)
    return request.user


def _found(value: T | None) -> T:
    """What a query found; absent and foreign are the same to a stranger: not found."""
    if value is None:
        raise Http404
    return value
