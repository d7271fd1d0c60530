"""The duties room as a Django app."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "luytre.rooms.duties"
    label = "duties"
    verbose_name = "Nhiệm vụ"
