"""The register as a Django app; it answers the journal's question of who may do what, and what may be stored."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "luytre.register"
    label = "register"

    def ready(self) -> None:
        from luytre import journal
        from luytre.register import access, reading

        journal.gate(access.may_all)
        journal.screen(reading.screen)
