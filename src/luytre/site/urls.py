"""The table of contents of the site: which room answers which address."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from luytre.register import machine
from luytre.rooms.duties.desk import matrix_xlsx

urlpatterns = [
    path("", include("luytre.doors.allauth_urls")),
    path("", include("luytre.doors.urls")),
    path("api/openapi.json", machine.described, name="openapi"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("", include("luytre.overview.things.urls")),
    path("desk/", include("luytre.overview.board.urls")),
    path("", include("luytre.overview.feeds.urls")),
    path("desk/", include("luytre.overview.lists.urls")),
    path("desk/reports/", include("luytre.overview.reports.urls")),
    path("desk/search/", include("luytre.overview.search.urls")),
    path("kit/", include("luytre.ui.urls")),
    path("desk/board/matrix.xlsx", matrix_xlsx, name="matrix-xlsx"),
    path("desk/duties/", include("luytre.rooms.duties.urls")),
    path("desk/coordination/", include("luytre.overview.coordination.urls")),
    path("desk/submissions/", include("luytre.rooms.submissions.urls")),
    path("", include("luytre.rooms.incidents.urls.public")),
    path("desk/incidents/", include("luytre.rooms.incidents.urls.desk")),
    path("api/v1/", include("luytre.rooms.incidents.urls.api")),
    path("desk/hunts/", include("luytre.rooms.hunting.urls")),
    path("desk/instructions/", include("luytre.rooms.instructions.urls")),
    path("desk/reminders/", include("luytre.rooms.reminders.urls")),
    path("desk/rights/", include("luytre.rooms.rights.urls")),
    path("desk/register/", include("luytre.register.urls")),
]
