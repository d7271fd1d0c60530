"""The pages of things as a Django app: it brings templates, no models."""

from django.apps import AppConfig


class ThingsConfig(AppConfig):
    name = "luytre.overview.things"
    label = "things"
