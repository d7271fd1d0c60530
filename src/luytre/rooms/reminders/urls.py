"""Addresses of the reminders room, under /desk/reminders/."""

from django.urls import path

from luytre.rooms.reminders import desk

app_name = "reminders"
urlpatterns = [
    path("", desk.reminders, name="reminders"),
    path("sent/", desk.sent, name="sent"),
    path("letters/", desk.letters, name="letters"),
    path("<int:number>/", desk.notice, name="notice"),
    path("<int:number>/acknowledgement/", desk.acknowledgement, name="acknowledgement"),
    path("about/<str:ref>/", desk.about, name="about"),
]
