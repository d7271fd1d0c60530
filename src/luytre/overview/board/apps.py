"""The board as a Django app: it brings templates, no models."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "luytre.overview.board"
    label = "board"
