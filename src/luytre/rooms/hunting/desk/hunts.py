"""Hunts: the list, the wizard's first step, the hunt with its files and runs."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register.models import Account
from luytre.rooms.hunting import actions, forms, queries
from luytre.rooms.hunting.queries import scope, shelf
from luytre.rooms.hunting.rules.guides import GUIDES

PAGE = 30
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def me(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def held_hunt(request: HttpRequest, code: str) -> shelf.Hunt:
    found = queries.hunt(code, seen_by=me(request), on=clock.today())
    if found is None:
        raise Http404
    return found


def may_work(request: HttpRequest, held: shelf.Hunt) -> bool:
    return scope.may(me(request), scope.STARTED, [held.body], clock.today())


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.hunts(seen_by=me(request), on=clock.today()), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": shelf.lines(list(page.object_list)), "may_hunt": queries.may_hunt(me(request), clock.today())}
    return render(request, "hunting/list.html", context | {"active": "hunting"})


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """Which body, which systems with their hosts, which period."""
    today, bodies = clock.today(), queries.offered_bodies(me(request), clock.today())
    if not bodies:
        raise Refusal(_("Ông/bà chưa được phân công săn lùng cho đơn vị nào."), status=403)
    asked = request.POST.get("body") or request.GET.get("body") or (bodies[0][0] if len(bodies) == 1 else "")
    body = asked if asked in dict(bodies) else ""  # foreign and absent look alike
    systems = queries.systems_of(body, today) if body else []
    form = forms.StartForm(
        request.POST if request.method == "POST" else None, systems=systems, today=today, chosen=request.GET.getlist("system")
    )
    if body and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("systems", "from_on", "weakness")}
        made = actions.start(by=me(request), at=clock.now(), body=body, until_on=form.cleaned_data["to_on"] + timedelta(1), **said)
        messages.success(request, _("Đã mở lần săn lùng %(code)s. Bước tiếp: tải nhật ký lên.") % {"code": made.code})
        return redirect("hunting:hunt", made.code)
    context = {"form": form, "body": body, "bodies": bodies, "systems": systems, "active": "hunting"}
    return render(request, "hunting/new.html", context, status=422 if form.errors and body else 200)


@require_GET
def hunt(request: HttpRequest, code: str) -> HttpResponse:
    """Files, how to get them, and the run: its progress, or the way to its result."""
    held = held_hunt(request, code)
    context = hunt_context(request, held)
    answer = render(request, "hunting/hunt.html", context)
    run = context["run"]
    if run is not None and not run.is_over:
        answer.headers["Refresh"] = "3"  # the page follows the run without a script
    return answer


def hunt_context(request: HttpRequest, held: shelf.Hunt) -> dict[str, Any]:
    targets = list(held.targets.order_by("system"))
    called = scope.called([held.body, *(target.system for target in targets)])
    uploads = shelf.uploads(held)
    return {
        "hunt": held,
        "body": called.get(held.body, ""),
        "targets": [(target, called.get(target.system, target.system)) for target in targets],
        "names": {target.pk: called.get(target.system, target.system) for target in targets},
        "uploads": uploads[:200],
        "count": len(uploads),
        "size": sum(one.size for one in uploads),
        "whole": all(one.is_whole for one in uploads),
        "run": shelf.last_run(held),
        "shown": shelf.shown_run(held),
        "last_on": held.until_on - timedelta(1),
        "guides": GUIDES,
        "may_work": may_work(request, held) and not held.completed_id,
        "active": "hunting",
    }


@require_POST
def runs(request: HttpRequest, code: str) -> HttpResponse:
    actions.ask_run(by=me(request), at=clock.now(), hunt=held_hunt(request, code))
    messages.success(request, _("Đã xếp vào hàng chạy. Trang tự cập nhật; đóng trang cũng không sao."))
    return redirect("hunting:hunt", code)


@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    run = shelf.last_run(held_hunt(request, code))
    if run is None:
        raise Http404
    actions.cancel(by=me(request), at=clock.now(), run=run)
    messages.success(request, _("Đã yêu cầu dừng. Phần đã tìm thấy vẫn được giữ và ghi rõ là chưa trọn vẹn."))
    return redirect("hunting:hunt", code)
