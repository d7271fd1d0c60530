"""The door for machines: a window asks for a key with a scope, keeps its pace, reads JSON of a known shape, and describes itself (OpenAPI).

@machine("POST", "/api/v1/incident-reports/", scope="incidents.report", takes=NewReport, gives=Receipt, status=201, says="…")
def create(request: HttpRequest, key: ApiKey, said: NewReport) -> Receipt: ...

urlpatterns = [path("incident-reports/", by_method(create, listing))]

Faults are problem+json (RFC 9457): 401 no good key, 403 outside the scope, 413 too large, 422 not of the shape, 429 too fast.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register import keys, pace
from luytre.register.keys import ApiKey

LARGEST = 12 * 1024 * 1024  # bytes of a JSON body
PROBLEM = "application/problem+json"
MINUTE = 60
Window = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    """One thing a machine may ask: enough to answer it and to describe it."""

    method: str
    path: str
    scope: str
    says: str
    window: Window
    takes: Any = None
    gives: Any = None
    status: int = 200
    asks: tuple[tuple[str, str], ...] = ()  # what may stand behind the question mark: name, words


OPERATIONS: dict[tuple[str, str], Operation] = {}


def machine(method: str, path: str, **about: Any) -> Callable[[Window], Window]:
    """Make an operation of a function of (request, key, said, **path)."""

    def wrap(window: Window) -> Window:
        OPERATIONS[method, path] = Operation(method, path, window=window, **about)
        window.operation = OPERATIONS[method, path]  # type: ignore[attr-defined]
        return window

    return wrap


def by_method(*windows: Window) -> Callable[..., HttpResponseBase]:
    """One address, each method by its own operation; a stranger learns nothing but that a key is asked for."""
    held: dict[str, Operation] = {one.operation.method: one.operation for one in windows}  # type: ignore[attr-defined]

    @csrf_exempt
    @login_not_required
    def answer(request: HttpRequest, **path: Any) -> HttpResponseBase:
        operation = held.get("GET" if request.method == "HEAD" else str(request.method))
        try:
            key = _key(request)
            if operation is None:
                said = problem(405, _("Địa chỉ này không nhận cách gửi ấy."))
                said.headers["Allow"] = ", ".join(sorted(held))
                return said
            return _answered(operation, request, key, path)
        except Refusal as fault:
            return _refused(fault)

    answer.operations = held  # type: ignore[attr-defined]  # for the test that walks the addresses
    return answer


def _key(request: HttpRequest) -> ApiKey:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    key = keys.opened(token.strip(), clock.now()) if scheme.lower() == "bearer" else None
    if key is None:
        raise Refusal(_("Cần khóa máy gửi còn hiệu lực trong tiêu đề Authorization: Bearer …"), status=401)
    return key


def _answered(operation: Operation, request: HttpRequest, key: ApiKey, path: dict[str, Any]) -> HttpResponse:
    count = pace.count("key", key.name, MINUTE)
    if count > key.per_minute:
        raise Refusal(_("Khóa này gửi quá %(n)d lượt một phút. Chờ rồi gửi lại.") % {"n": key.per_minute}, status=429)
    if operation.scope not in key.has:
        raise Refusal(_("Khóa này không có phạm vi “%(scope)s”.") % {"scope": operation.scope}, status=403)
    said = {"said": read(request, operation.takes)} if operation.takes is not None else {}
    content = msgspec.json.encode(operation.window(request, key, **said, **path))
    answer = HttpResponse(content, content_type="application/json", status=operation.status)
    answer.headers["RateLimit-Remaining"] = str(max(0, key.per_minute - count))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read(request: HttpRequest, shape: Any) -> Any:
    """The body as JSON of a shape; what is wrong with it is said with its place."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise Refusal(_("Nội dung lớn hơn %(n)d MB.") % {"n": LARGEST // 1024**2}, status=413)
    if request.content_type != "application/json":
        raise Refusal(_("Gửi nội dung JSON, với Content-Type: application/json."), status=415)
    try:
        return msgspec.json.decode(request.read(LARGEST + 1), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        place = re.search(r"`(\$[^`]*)`", str(fault))
        raise Refusal(
            _("Nội dung không đúng dạng: %(fault)s") % {"fault": str(fault)[:300]}, field=place and place[1], status=422
        ) from None


def _refused(fault: Refusal) -> HttpResponse:
    answer = problem(fault.status, fault.says, fault.field or "")
    if fault.status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="luytre"'
    if fault.status == 429:
        answer.headers["Retry-After"] = str(pace.left(MINUTE))
    return answer


def problem(status: int, says: str, field: str = "") -> HttpResponse:
    body = {"type": "about:blank", "title": "Refused", "status": status, "detail": says, **({"field": field} if field else {})}
    return HttpResponse(msgspec.json.encode(body), content_type=PROBLEM, status=status)


# -- the description of all of it --


def openapi(server: str) -> dict[str, Any]:
    """OpenAPI 3.1 of every operation there is."""
    shapes = [shape for one in OPERATIONS.values() for shape in (one.takes, one.gives) if shape is not None]
    schemas, parts = msgspec.json.schema_components(shapes, ref_template="#/components/schemas/{name}")
    by_shape = dict(zip(map(id, shapes), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS.values():
        paths.setdefault(one.path, {})[one.method.lower()] = _described(one, by_shape)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lũy Tre",
            "version": "1",
            "description": "Cổng cho máy / the door for machines. Khóa do quản trị hệ thống cấp / keys are issued by the administrator.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server or "/"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": _scopes()}},
            "schemas": {**parts, "Problem": _PROBLEM},
        },
    }


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "field": {"type": "string"},
    },
}
_FAULTS = {"401": "no good key", "403": "outside the scope", "404": "not there, or not yours", "409": "refused"}
_BODY_FAULTS = {"413": "too large", "415": "not JSON", "422": "not of the shape"}


def _scopes() -> str:
    return "; ".join(f"{name}: {scope.says['en']}" for name, scope in sorted(keys.SCOPES.items()))


def _described(one: Operation, by_shape: dict[int, Any]) -> dict[str, Any]:
    faults = {**_FAULTS, **(_BODY_FAULTS if one.takes is not None else {}), "429": "too fast; Retry-After says how long"}
    problem_ = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    good = {"description": "done", **_json(by_shape[id(one.gives)])}
    path = [_parameter(name, "path", "") for name in re.findall(r"\{(\w+)\}", one.path)]
    return {
        "operationId": one.window.__name__,
        "summary": one.says,
        "description": f"Scope: {one.scope}",
        "parameters": [*path, *(_parameter(name, "query", words) for name, words in one.asks)],
        **({"requestBody": {"required": True, **_json(by_shape[id(one.takes)])}} if one.takes is not None else {}),
        "responses": {str(one.status): good, **{code: {"description": words, **problem_} for code, words in faults.items()}},
    }


def _json(schema: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _parameter(name: str, where: str, words: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "description": words, "schema": {"type": "string"}}


@login_not_required
def described(request: HttpRequest) -> HttpResponse:
    """The description, for anyone: it holds no fact, only shapes."""
    content = msgspec.json.encode(openapi(f"{request.scheme}://{request.get_host()}"))
    return HttpResponse(content, content_type="application/json")
