"""Addresses of the board and of Vì sao?."""

from django.urls import path

from luytre.overview.board import desk

app_name = "board"
urlpatterns = [
    path("board/", desk.board, name="board"),
    path("brief/", desk.brief, name="brief"),
    path("compare/", desk.compare, name="compare"),
    path("why/<str:duty>/<str:ref>/", desk.why, name="why"),
]
