"""Addresses for machines, under /api/v1/."""

from django.urls import path

from luytre.register.machine import by_method
from luytre.rooms.incidents import api

app_name = "incidents-api"
urlpatterns = [
    path("incident-reports/", by_method(api.send_report), name="api-send"),
    path("incident-reports/<str:code>/", by_method(api.read_report), name="api-sent"),
    path("incident-reports/<str:code>/additions/", by_method(api.add_to_report), name="api-add"),
    path("incidents/", by_method(api.read_incidents), name="api-own"),
]
