"""How much one person may do in a while: writing requests and exports, counted for all servers together in the shared cache.

Signing in has its own limits (axes, allauth), what anyone may report without signing in as well (rooms/incidents).
"""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luytre.register import pace
from luytre.site.middleware import Answer, fault_page

log = logging.getLogger(__name__)
SAFE = ("GET", "HEAD", "OPTIONS")
EXPORTS = frozenset({"matrix-xlsx", "rights:bundle", "register:export", "incidents:bundle"})
PARTS = frozenset({"hunting:part", "hunting:uploads"})  # a large file is a thousand parts: bounded by its size and by the disk
FIVE_MINUTES, HOUR = 300, 3600


class LimitMiddleware:
    """Answers 429 where one account has done too much; nothing is written then."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.resolver_match:
            return None
        name = request.resolver_match.view_name
        if request.method not in SAFE and name not in PARTS and is_over("write", request.user.pk, settings.LUYTRE_WRITES, FIVE_MINUTES):
            return _too_much(request, FIVE_MINUTES)
        if name in EXPORTS and is_over("export", request.user.pk, settings.LUYTRE_EXPORTS, HOUR):
            return _too_much(request, HOUR)
        return None


def is_over(what: str, who: int, most: int, seconds: int) -> bool:
    """Counts one more; is it past the limit of this stretch of time (0: no limit)?"""
    if not most:
        return False
    count = pace.count(what, who, seconds)
    if count == most + 1:
        log.warning("limit reached: %s by account %s", what, who)
    return count > most


def _too_much(request: HttpRequest, seconds: int) -> HttpResponse:
    says = _("Tài khoản này vừa gửi quá nhiều yêu cầu, nên yêu cầu cuối chưa được ghi. Đề nghị chờ %(minutes)s phút rồi thử lại.")
    page = fault_page(request, 429, says % {"minutes": seconds // 60})
    page.headers["Retry-After"] = str(seconds)
    return page
