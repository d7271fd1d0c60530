"""Addresses of the lists of papers and people, of the workbooks of all lists, of saved views. Bodies and systems: things/urls."""

from django.urls import path

from luytre.overview.lists import desk

app_name = "lists"
urlpatterns = [
    path("papers/", desk.papers, name="papers"),
    path("people/", desk.people, name="people"),
    path("organisations.xlsx", desk.organisations_book, name="organisations-book"),
    path("systems.xlsx", desk.systems_book, name="systems-book"),
    path("papers.xlsx", desk.papers_book, name="papers-book"),
    path("people.xlsx", desk.people_book, name="people-book"),
    path("views/", desk.keeping, name="keeping"),
    path("views/<int:number>/dropping/", desk.dropping, name="dropping"),
]
