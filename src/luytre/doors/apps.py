"""The doors as a Django app; allauth tells it what happened to second factors and sessions by signals, and by nothing else."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "luytre.doors"
    label = "doors"

    def ready(self) -> None:
        from luytre.doors import events

        events.listen()
