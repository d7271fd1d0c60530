"""Windows for anyone: the form, the receipt, following and adding. No account, no script needed, nothing kept before a report is sent."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from luytre.core.refusal import Refusal
from luytre.journal import clock, serving
from luytre.rooms.incidents import actions, queries
from luytre.rooms.incidents.actions.receiving import Telling, mark_of
from luytre.rooms.incidents.forms import public
from luytre.rooms.incidents.queries import reports
from luytre.rooms.incidents.rules import forms as rules
from luytre.rooms.incidents.rules import receipts

SALT, OPENED = "incidents.form", "incidents.opened"
COOKIE, MINUTES = "bao_cao", 30
Window = Callable[..., HttpResponseBase]


def public_window(window: Window) -> Window:
    """Anyone, by GET or POST, in the language asked for; nothing kept by caches, nothing told to other sites.

    No cookie stands for anybody here, so there is nothing another site could misuse: the form carries its own signed token instead.
    """

    @wraps(window)
    def open_(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        chosen = request.GET.get("hl", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        answer = window(request, *args, **given)
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex"
        answer.headers["Content-Language"] = translation.get_language() or "vi"
        if chosen in dict(settings.LANGUAGES):
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=30 * 24 * 3600, samesite="Lax")
        return answer

    guarded = require_http_methods(["GET", "HEAD", "POST"])(csrf_exempt(open_))
    made: Window = login_not_required(guarded)
    return made


def _frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"hotline": queries.hotline(), "mail": settings.LUYTRE_INTAKE_ADDRESS, **more}


# -- the form --


@public_window
def report(request: HttpRequest) -> HttpResponse:
    """Seven questions; what was sent is answered by a receipt, and the same form sent twice by the same receipt."""
    if request.method != "POST":
        return _form(request, public.ReportForm(), _fresh_token(), hint=request.GET.get("tu", ""))
    token, age = _token(request.POST.get("token", ""))
    form = public.ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, request.POST.get("token", "") if age is not None else _fresh_token(), hint=request.POST.get("tu", ""))
    question = rules.question_of(token)
    if rules.asks(_signs(request, form, token, age, question)):
        return _form(request, form, request.POST.get("token", "") if age is not None else _fresh_token(), ask=question)
    said = form.cleaned_data
    telling = Telling(
        channel="web",
        token=token,
        language=translation.get_language() or "vi",
        hint=request.POST.get("tu", "")[:60],
        files=public.photos(said["attached"] or [], whole=False),
        **{name: said[name] for name in ("text", "kind", "where", "happened", "damage", "contact")},
    )
    try:
        got = actions.receive(by="citizen", at=clock.now(), telling=telling)
    except Refusal as fault:
        form.add_error("attached" if fault.field in ("files", "attachments") else "text", fault.says)
        return _form(request, form, request.POST.get("token", ""))
    answer = redirect("portal:told")
    _open(answer, got.report.code, " ".join(got.words))
    return answer


def _form(request: HttpRequest, form: public.ReportForm, token: str, *, hint: str = "", ask: str = "") -> HttpResponse:
    question = rules.QUESTIONS[ask][0][int(translation.get_language() == "en")] if ask else ""
    context = _frame(request, form=form, token=token, hint=hint, question=question, kinds=public.KINDS, active="report")
    return render(request, "incidents/portal/report.html", context, status=422 if form.errors or ask else 200)


def _fresh_token() -> str:
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(12))


def _token(signed: str) -> tuple[str, timedelta | None]:
    """The form's own name and its age; a form that lay open longer than a day, or that we never gave, is as new."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        name = signer.unsign(signed, max_age=rules.OLDEST)
        given = signer.unsign(signed)
        stamp = signing.b62_decode(signed.rsplit(":", 2)[-2])
        return given or name, timedelta(seconds=max(0, int(timezone.now().timestamp()) - stamp))
    except (signing.BadSignature, ValueError, IndexError):
        return secrets.token_urlsafe(12), None


def _signs(request: HttpRequest, form: public.ReportForm, token: str, age: timedelta | None, question: str) -> rules.Signs:
    now = clock.now()
    return rules.Signs(
        age=age if age is not None else timedelta(0),
        trap=request.POST.get("website", ""),
        worked=age is not None and rules.has_worked(request.POST.get("token", ""), request.POST.get("work", "")),
        last_minute=reports.last_minute(now),
        same_contact=reports.same_contact(mark_of(form.cleaned_data["contact"]), now),
        answered=rules.is_right(question, request.POST.get("answer", "")) if request.POST.get("answer") else False,
    )


# -- the receipt --


def _open(answer: HttpResponse, code: str, words: str = "") -> None:
    """Remember on this browser, for half an hour, that this report is open here."""
    held = signing.dumps([code, words], salt=OPENED)
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(COOKIE, held, max_age=MINUTES * 60, httponly=True, samesite="Lax", secure=secure, path="/")


def _opened(request: HttpRequest) -> tuple[str, str]:
    try:
        code, words = signing.loads(request.COOKIES.get(COOKIE, ""), salt=OPENED, max_age=MINUTES * 60)
        return str(code), str(words)
    except (signing.BadSignature, ValueError):
        return "", ""


@public_window
def receipt(request: HttpRequest) -> HttpResponse:
    """The code and the four words, to keep; what to do at once where money is being lost."""
    code, words = _opened(request)
    held = reports.by_code(code) if words else None
    if held is None:
        return redirect("portal:follow")
    link = f"{settings.LUYTRE_SITE_URL}/theo-doi/{code}/{'-'.join(receipts.plain_words(words).split())}/"
    size, path = _qr(link)
    context = _frame(request, report=held, words=words.split(), qr_size=size, qr_path=path, active="report")
    return render(request, "incidents/portal/receipt.html", context)


def _qr(link: str) -> tuple[int, str]:
    """The QR code: modules a side with its quiet zone, and the path of an SVG, one square a dark module."""
    import qrcode

    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(link)
    rows = code.get_matrix()
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


# -- following --


@public_window
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for code and words; one answer for a wrong code and wrong words, five tries an hour."""
    form = public.FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, said = clock.now(), form.cleaned_data
        held, left = queries.follow(said["code"], said["words"], now)
        if held is not None:
            answer = redirect("portal:thread", held.code)
            _open(answer, held.code)
            return answer
        if left:
            left = actions.guess(code=said["code"].upper().strip(), at=now)
        if left:
            form.add_error(None, _("Không đúng mã hoặc bốn từ. Xem lại biên nhận; còn %(n)d lần thử.") % {"n": left})
        else:
            form.add_error(None, _("Đã thử sai nhiều lần. Thử lại sau một giờ, hoặc gọi đường dây trực."))
    return render(request, "incidents/portal/follow.html", _frame(request, form=form, active="follow"), status=422 if form.errors else 200)


@public_window
def scanned(request: HttpRequest, code: str, words: str) -> HttpResponse:
    """The QR code: opens the report on this browser, and leaves neither code nor words in the address."""
    held, left = queries.follow(code, words.replace("-", " "), clock.now())
    if held is None:
        if left:
            actions.guess(code=code.upper()[:9], at=clock.now())
        return redirect("portal:follow")
    answer = redirect("portal:thread", held.code)
    _open(answer, held.code)
    return answer


@public_window
def thread(request: HttpRequest, code: str) -> HttpResponse:
    """What was said, what became of it; add, answer, delete one's contact."""
    if _opened(request)[0] != code or (held := reports.by_code(code)) is None:
        return redirect("portal:follow")
    form = public.AddForm()
    if request.method == "POST" and request.POST.get("do") == "forget":
        actions.forget_contact(by="citizen", at=clock.now(), report=held)
        return redirect("portal:thread", code)
    if request.method == "POST":
        form = public.AddForm(request.POST, request.FILES)
        if form.is_valid():
            said = form.cleaned_data
            files = public.photos(said["attached"] or [], whole=said["whole"])
            actions.add(by="citizen", at=clock.now(), report=held, text=said["text"], files=files)
            return redirect("portal:thread", code)
    has_contact = bool(held.contact_mark)
    context = _frame(request, report=held, said=reports.said(held), form=form, state=reports.state_of(held), has_contact=has_contact)
    context["line"] = reports.lines([held])[0]
    return render(request, "incidents/portal/thread.html", {**context, "active": "follow"}, status=422 if form.errors else 200)


@public_window
def file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A file of one's own report back again."""
    held = reports.by_code(code) if _opened(request)[0] == code else None
    found = reports.attachment(held, number) if held else None
    if found is None:
        raise Http404
    return serving.download(found)
