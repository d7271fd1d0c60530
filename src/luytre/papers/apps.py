"""The records office as a Django app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luytre.papers"
    label = "papers"
    verbose_name = "Văn bản"
