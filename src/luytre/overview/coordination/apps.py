"""The coordinator's desk as a Django app: it brings templates, no models."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "luytre.overview.coordination"
    label = "coordination"
