"""The instructions room as a Django app: it brings templates, no models; everything is read from the journal."""

from django.apps import AppConfig


class InstructionsConfig(AppConfig):
    name = "luytre.rooms.instructions"
    label = "instructions"
    verbose_name = "Ý kiến chỉ đạo"
