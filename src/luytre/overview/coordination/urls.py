"""Addresses of the coordinator's desk."""

from django.urls import path

from luytre.overview.coordination import desk

app_name = "coordination"
urlpatterns = [
    path("", desk.queues, name="desk"),
    path("unconfirmed/", desk.unconfirmed, name="unconfirmed"),
    path("law/", desk.openings, name="openings"),
    path("law/<str:instrument>/<str:name>/", desk.opening, name="opening"),
]
