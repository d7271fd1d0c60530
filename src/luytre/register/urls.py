"""Addresses of the register."""

from django.urls import path

from luytre.register import desk, keys_desk

app_name = "register"
urlpatterns = [
    path("import/", desk.import_, name="import"),
    path("import/confirmation/", desk.confirm, name="confirm"),
    path("import/template.xlsx", desk.template, name="template"),
    path("keys/", keys_desk.listing, name="keys"),
    path("keys/<str:name>/end/", keys_desk.ending, name="key-end"),
    path("export.xlsx", desk.export, name="export"),
]
