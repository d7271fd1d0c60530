"""Addresses of home, of one's own work, and of bodies and systems."""

from django.urls import path

from luytre.overview.lists import desk as lists
from luytre.overview.things import desk

app_name = "things"
urlpatterns = [
    path("", desk.home, name="home"),
    path("desk/mine/", desk.mine, name="mine"),
    path("desk/mine/confirm/", desk.confirm, name="confirm"),
    path("desk/mine/systems/", desk.add_system, name="add_system"),
    path("desk/organisations/", lists.organisations, name="organisations"),
    path("desk/organisations/<str:code>/", desk.organisation, name="organisation"),
    path("desk/systems/", lists.systems, name="systems"),
    path("desk/systems/<str:code>/", desk.system, name="system"),
]
