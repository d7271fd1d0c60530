"""Addresses of the search: its page, and what the palette fetches as one types."""

from django.urls import path

from luytre.overview.search import desk

app_name = "search"
urlpatterns = [
    path("", desk.page, name="page"),
    path("hits/", desk.hits, name="hits"),
]
