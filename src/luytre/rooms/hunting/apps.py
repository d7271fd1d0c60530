"""The hunting room as a Django app."""

from django.apps import AppConfig


class HuntingConfig(AppConfig):
    name = "luytre.rooms.hunting"
    label = "hunting"
    verbose_name = "Săn lùng"
