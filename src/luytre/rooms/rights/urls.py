"""Addresses of the rights room, under /desk/rights/."""

from django.urls import path

from luytre.rooms.rights import desk

app_name = "rights"
urlpatterns = [
    path("", desk.why, name="why"),
    path("label/", desk.label, name="label"),
    path("systems/<str:code>/storage/", desk.storage, name="storage"),
    path("journal/", desk.journal, name="journal"),
    path("journal/heads/", desk.heads, name="heads"),
    path("journal/bundle.tar", desk.bundle, name="bundle"),
    path("privacy/", desk.privacy, name="privacy"),
    path("people/<str:code>/", desk.person, name="person"),
    path("people/<str:code>/data.json", desk.person_data, name="person-data"),
    path("people/<str:code>/erasure/", desk.erasure, name="erasure"),
]
