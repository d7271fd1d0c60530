"""Addresses of the register."""

from django.urls import path

from luytre.register import desk

app_name = "register"
urlpatterns = [
    path("import/", desk.import_, name="import"),
    path("import/confirmation/", desk.confirm, name="confirm"),
    path("import/template.xlsx", desk.template, name="template"),
    path("export.xlsx", desk.export, name="export"),
]
