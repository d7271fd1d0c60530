"""Two middlewares: the language a person chose, and Refusal turned into an answer people or machines can read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from luytre.core.refusal import Refusal

Answer = Callable[[HttpRequest], HttpResponse]


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
        return self.answer(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, Refusal):
            return None
        if wants_json(request):
            return problem(fault)
        return render(request, "409.html", {"refusal": fault}, status=fault.status)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def problem(fault: Refusal) -> JsonResponse:
    body = {"type": "about:blank", "title": "Refused", "status": fault.status, "detail": fault.says}
    if fault.field:
        body["field"] = fault.field
    return JsonResponse(body, status=fault.status, content_type="application/problem+json")
