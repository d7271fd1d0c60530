"""Questions of the incidents room: who may read what, reports, mails known, cases, clocks."""

from luytre.rooms.incidents.models import Incident, Report
from luytre.rooms.incidents.queries.bench import clocks_of
from luytre.rooms.incidents.queries.cases import Case, Page, Shelf, case_page, incident, incidents, incidents_of, open_count
from luytre.rooms.incidents.queries.desk import Desk
from luytre.rooms.incidents.queries.mails import Kept
from luytre.rooms.incidents.queries.reports import ReportPage, follow, report, report_page
from luytre.rooms.incidents.queries.reports import lines as reports_lines
from luytre.rooms.incidents.queries.scope import body_name as case_page_name
from luytre.rooms.incidents.queries.scope import desk_body, hotline, may, may_desk, offered_bodies, readable_refs

__all__ = [
    "Case",
    "Desk",
    "Incident",
    "Kept",
    "Page",
    "Report",
    "ReportPage",
    "Shelf",
    "case_page",
    "case_page_name",
    "clocks_of",
    "desk_body",
    "follow",
    "hotline",
    "incident",
    "incidents",
    "incidents_of",
    "may",
    "may_desk",
    "offered_bodies",
    "open_count",
    "readable_refs",
    "report",
    "report_page",
    "reports_lines",
]
