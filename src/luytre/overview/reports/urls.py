"""Addresses of the reports."""

from django.urls import path

from luytre.overview.reports import desk, outgoing, own

app_name = "reports"
urlpatterns = [
    path("", desk.months, name="months"),
    path("own/", own.listing, name="own-list"),
    path("own/<str:kind>/<int:year>/", own.own, name="own"),
    path("own/<str:kind>/<int:year>/files/<str:form>/", own.own_file, name="own-file"),
    path("oscal/<str:code>/", outgoing.oscal, name="oscal"),
    path("form-05/<str:period>/<str:form>/", outgoing.form_05, name="form-05"),
    path("open/<str:period>/<str:form>/", outgoing.open_data, name="open"),
    path("synthesis/<str:of>/<int:year>/", own.synthesis, name="synthesis"),
    path("monthly/<str:period>/", desk.month, name="month"),
    path("monthly/<str:period>/words/", desk.words, name="words"),
    path("monthly/<str:period>/issue/", desk.issue, name="issue"),
    path("monthly/<str:period>/files/<str:kind>/", desk.file, name="file"),
    path("monthly/<str:period>/figures/<str:name>/<str:span>/", desk.rows, name="rows"),
]
