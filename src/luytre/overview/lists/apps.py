"""The lists as a Django app: they keep the views a person saved, nothing else."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "luytre.overview.lists"
    label = "lists"
