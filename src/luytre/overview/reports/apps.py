"""The reports as a Django app: it keeps words edited by people and what was issued; figures are always counted anew."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "luytre.overview.reports"
    label = "reports"
