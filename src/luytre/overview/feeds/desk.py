"""Windows of the feeds: the page where one opens and closes an address, and the calendar that phones fetch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.overview.feeds import actions, calendar, queries
from luytre.overview.reader import Reader, reader


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """The addresses one has, and a button for those one has not."""
    who = _working(request)
    assert who.person is not None and who.working is not None
    if request.method == "POST":
        place = next((post.organisation for post in who.workplaces if post.organisation.code == request.POST.get("body")), None)
        actions.open_feed(by=who.person, at=clock.now(), home=who.working.organisation, organisation=place)
        messages.success(request, _("Đã mở địa chỉ lịch. Sao chép địa chỉ vào điện thoại."))
        return redirect("feeds:addresses")
    feeds = list(queries.of_person(who.person))
    open_bodies = {feed.organisation_id for feed in feeds}
    context = {
        "feeds": [(feed, request.build_absolute_uri(reverse("feeds:ics", args=[queries.secret(feed)]))) for feed in feeds],
        "has_own": None in open_bodies,
        "bodies": [post.organisation for post in who.workplaces if post.organisation_id not in open_bodies],
        "active": "mine",
    }
    return render(request, "feeds/addresses.html", context)


@require_POST
def closing(request: HttpRequest, number: int) -> HttpResponse:
    who = _working(request)
    assert who.person is not None and who.working is not None
    feed = queries.of_person(who.person).filter(pk=number).first()
    if feed is None:
        raise Http404
    actions.close(by=who.person, at=clock.now(), about=[(feed.organisation or who.working.organisation).ref], feed=feed)
    messages.success(request, _("Đã đóng địa chỉ lịch. Ai còn giữ địa chỉ cũ cũng không xem được nữa."))
    return redirect("feeds:addresses")


def _working(request: HttpRequest) -> Reader:
    who = reader(request)
    if who.person is None or who.working is None:
        raise Refusal(
            _("Lịch hạn việc dành cho người làm việc ở một đơn vị. Đề nghị cơ quan đầu mối ghi chức vụ vào sổ đăng ký."), status=403
        )
    return who


@login_not_required
@require_GET
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself; whoever has the address reads it, so it says no more than which duty is due when."""
    feed = queries.by_secret(secret)
    if feed is None:
        raise Http404
    at = clock.now()
    with override("vi"):
        actions.bring_up_to_date(feed=feed, at=at)
        name = calendar.called(feed.person.called, feed.organisation.name if feed.organisation else None)
        content = calendar.ics(name, queries.going_out(feed, at), request.build_absolute_uri)
    headers = {
        "Content-Disposition": 'inline; filename="han-viec.ics"',
        "Cache-Control": "private, max-age=300",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
