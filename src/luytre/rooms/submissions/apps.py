"""The submissions room as a Django app: it brings templates, no models; everything is read from the journal."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "luytre.rooms.submissions"
    label = "submissions"
    verbose_name = "Báo cáo đột xuất"
