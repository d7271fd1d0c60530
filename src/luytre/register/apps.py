"""The register as a Django app; it answers the journal's question of who may do what."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "luytre.register"
    label = "register"

    def ready(self) -> None:
        from luytre import journal
        from luytre.register import access

        journal.gate(access.may_all)
