"""A fresh database for a benchmark, in a folder that is thrown away afterwards."""

import os


def fresh_database(folder: str) -> None:
    """Set Django up on an empty data folder. Call before importing any model."""
    os.environ["LUYTRE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "luytre.site.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
