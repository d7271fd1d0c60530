"""Addresses for machines, under /api/v1/."""

from django.urls import path

from luytre.register.machine import by_method
from luytre.rooms.incidents import api

app_name = "incidents-api"
urlpatterns = [
    path("incident-reports/", by_method(api.send_report), name="reports"),
    path("incident-reports/<str:code>/", by_method(api.read_report), name="report"),
    path("incident-reports/<str:code>/additions/", by_method(api.add_to_report), name="additions"),
    path("incidents/", by_method(api.read_incidents), name="incidents"),
]
