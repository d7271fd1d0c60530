"""Addresses of the duty desk and of cases, under /desk/incidents/."""

from django.urls import path

from luytre.rooms.incidents.desk import board, case, evidence, papers, reports, shifts

app_name = "incidents"
urlpatterns = [
    path("", board.desk, name="desk"),
    path("cases/", board.cases, name="cases"),
    path("figures/", board.numbers, name="figures"),
    path("new/", case.new, name="new"),
    path("phone/", reports.phone, name="phone"),
    path("shift/", shifts.shift, name="shift"),
    path("shift/taking/", shifts.taking, name="shift-taking"),
    path("shift/handing/", shifts.handing, name="shift-handing"),
    path("log/", shifts.log, name="log"),
    path("log/<str:day>.docx", shifts.draft, name="log-draft"),
    path("log/<str:day>.pdf", shifts.sheet, name="log-pdf"),
    path("log/<str:day>/issue/", shifts.issue, name="log-issue"),
    path("alarms/", shifts.alarms, name="alarms"),
    path("alarms/answer/", shifts.answer_alarm, name="alarm-answer"),
    path("reports/", reports.listing, name="reports"),
    path("reports/<str:code>/", reports.report, name="report"),
    path("reports/<str:code>/taking/", reports.taking, name="taking"),
    path("reports/<str:code>/answer/", reports.answer, name="answer"),
    path("reports/<str:code>/attachment/", reports.attachment, name="attachment"),
    path("reports/<str:code>/merger/", reports.merger, name="report-merger"),
    path("reports/<str:code>/split/", reports.split, name="split"),
    path("reports/<str:code>/end/", reports.end, name="end"),
    path("reports/<str:code>/files/<int:number>/", reports.file, name="report-file"),
    path("<str:code>/", case.incident, name="incident"),
    path("<str:code>/acknowledgement/", shifts.acknowledgement, name="acknowledgement"),
    path("<str:code>/assessment/", case.assessment, name="assessment"),
    path("<str:code>/notes/", case.notes, name="notes"),
    path("<str:code>/restoration/", case.restoration, name="restoration"),
    path("<str:code>/explanation/", case.explanation, name="explanation"),
    path("<str:code>/tasks/", case.tasks, name="tasks"),
    path("<str:code>/tasks/<int:number>/done/", case.done, name="done"),
    path("<str:code>/merger/", case.merger, name="merger"),
    path("<str:code>/closure/", case.closure, name="closure"),
    path("<str:code>/evidence/", evidence.items, name="evidence"),
    path("<str:code>/evidence/<int:number>/handing/", evidence.handing, name="handing"),
    path("<str:code>/evidence/<int:number>/receipt/", evidence.receipt, name="receipt"),
    path("<str:code>/files/<int:number>/", evidence.file, name="file"),
    path("<str:code>/papers/<str:form>/", papers.issue, name="paper"),
    path("<str:code>/papers/<str:form>.docx", papers.draft, name="draft"),
]
