"""The incidents room as a Django app."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "luytre.rooms.incidents"
    label = "incidents"
    verbose_name = "Sự cố"
