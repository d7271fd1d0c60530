"""The reminders room as a Django app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "luytre.rooms.reminders"
    label = "reminders"
    verbose_name = "Nhắc việc"
