"""The UI as a Django app: it brings templates, static files and template tags, no models."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "luytre.ui"
    label = "ui"
