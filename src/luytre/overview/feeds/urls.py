"""Addresses of the feeds: the page of one's own, and the secret one for phones."""

from django.urls import path

from luytre.overview.feeds import desk

app_name = "feeds"
urlpatterns = [
    path("desk/mine/calendar/", desk.addresses, name="addresses"),
    path("desk/mine/calendar/<int:number>/closing/", desk.closing, name="closing"),
    path("lich/<str:secret>.ics", desk.ics, name="ics"),
]
