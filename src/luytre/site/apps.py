"""The site as a Django app: it lays the wires between rooms, and keeps the ledger of jobs."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "luytre.site"
    label = "site"

    def ready(self) -> None:
        from luytre import consequences

        consequences.connect()
