"""The rights room as a Django app: it brings templates, no models; rights are read from the register, the rest from the journal."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "luytre.rooms.rights"
    label = "rights"
    verbose_name = "Quyền và nhật ký"
