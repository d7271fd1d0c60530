"""Addresses of the submissions room, under /desk/submissions/."""

from django.urls import path

from luytre.rooms.submissions import desk

app_name = "submissions"
urlpatterns = [
    path("", desk.requests, name="list"),
    path("board/", desk.board, name="board"),
    path("board/decisions/", desk.decisions, name="decisions"),
    path("new/", desk.ask, name="ask"),
    path("cooperation/", desk.cooperation, name="cooperation"),
    path("cooperation/new/", desk.log, name="log"),
    path("<int:number>/", desk.request_, name="request"),
]
