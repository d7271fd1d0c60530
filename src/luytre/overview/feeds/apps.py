"""The calendar feeds as a Django app."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "luytre.overview.feeds"
    label = "feeds"
