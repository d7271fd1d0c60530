"""Middlewares: requests nobody can mean turned away early, the language a person chose, Refusal and bare faults turned into pages."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal

Answer = Callable[[HttpRequest], HttpResponse]
MACHINES = "/api/"


FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture", "browsing-topics")


class HeadersMiddleware:
    """Stands right behind the doors, so that every answer carries them: pages, files, static files (a closed door tells nothing at all)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        for name, value in self._headers(request):
            response.headers.setdefault(name, value)
        return response

    def _headers(self, request: HttpRequest) -> Iterator[tuple[str, str]]:
        yield "X-Content-Type-Options", "nosniff"
        yield "Referrer-Policy", settings.SECURE_REFERRER_POLICY
        yield "Cross-Origin-Opener-Policy", "same-origin"
        yield "Cross-Origin-Resource-Policy", "same-origin"
        yield "Permissions-Policy", ", ".join(f"{feature}=()" for feature in FEATURES)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            yield "Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        match = request.resolver_match
        if match and match.view_name == "account_logout" and request.method == "POST":
            yield "Clear-Site-Data", '"cache", "storage"'


EVIDENCE = re.compile(r"/desk/incidents/[^/]+/evidence/")  # streamed into the store, and read by nobody who has not signed in
FILES_AT_ONCE = 4  # the largest request holds so many of the largest files


class EarlyMiddleware:
    """Turns away, before anything is read or asked: a body too large by its own word, and text with NUL, which no database keeps."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = settings.LUYTRE_MAX_EVIDENCE if EVIDENCE.fullmatch(request.path) else settings.LUYTRE_MAX_UPLOAD * FILES_AT_ONCE
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            says = _("Các tệp gửi một lần lớn hơn %(most)s MB. Giảm cỡ ảnh, chia nhỏ bản quét hoặc gửi làm nhiều lần.")
            return fault_page(request, 413, says % {"most": most // (1024 * 1024)})
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            return fault_page(request, 404, _("Địa chỉ không đúng, hoặc trang thuộc đơn vị khác. Chưa có gì bị mất."))
        return self.answer(request)


def fault_page(request: HttpRequest, status: int, says: str) -> HttpResponse:
    """The plain page of a fault, with no question to the database: who asks is not known yet, or is all one. Machines are told in JSON."""
    if request.path.startswith(MACHINES):
        return problem(Refusal(says, status=status))
    return HttpResponse(render_to_string("ui/plain_fault.html", {"says": says, "language": translation.get_language()}), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that lay open too long, or came from elsewhere: nothing is written, the page is to be opened anew."""
    says = _("Trang để mở lâu quá hoặc không gửi từ hệ thống này, nên chưa có gì được ghi. Quay lại, tải lại trang rồi gửi lần nữa.")
    return fault_page(request, 403, says)


class LanguageMiddleware:
    """Vietnamese unless the person has chosen another language; the browser's own wish is not asked, so that offices see one language."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.answer(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


class RefusalMiddleware:
    """A Refusal no window has caught becomes a page that says what to do next, or problem+json (RFC 9457) for a machine."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == 404 and request.path.startswith(MACHINES) and response.headers["Content-Type"].startswith("text/html"):
            return problem(Refusal(_("Địa chỉ không đúng, hoặc trang thuộc đơn vị khác. Chưa có gì bị mất."), status=404))
        if response.status_code == 405 and not response.content:
            page = fault_page(request, 405, _("Địa chỉ này không mở theo cách đó. Chưa có gì được ghi; về trang đầu và đi lại từ đó."))
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, Refusal):
            return None
        if wants_json(request):
            return problem(fault)
        return render(request, "409.html", {"refusal": fault}, status=fault.status)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith(MACHINES) or request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def problem(fault: Refusal) -> JsonResponse:
    body = {"type": "about:blank", "title": "Refused", "status": fault.status, "detail": fault.says}
    if fault.field:
        body["field"] = fault.field
    return JsonResponse(body, status=fault.status, content_type="application/problem+json")
