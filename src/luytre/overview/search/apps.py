"""The search as a Django app: it brings templates, no models (what can be found lies in the journal's Findable)."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "luytre.overview.search"
    label = "search"
