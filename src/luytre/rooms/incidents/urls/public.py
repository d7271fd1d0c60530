"""Addresses for anyone."""

from django.urls import path

from luytre.rooms.incidents import portal

app_name = "portal"
urlpatterns = [
    path("bao-cao-su-co/", portal.report, name="report"),
    path("bao-cao-su-co/bien-nhan/", portal.receipt, name="receipt"),
    path("theo-doi/", portal.follow, name="follow"),
    path("theo-doi/<str:code>/", portal.thread, name="thread"),
    path("theo-doi/<str:code>/tep/<int:number>/", portal.file, name="file"),
    path("theo-doi/<str:code>/<str:words>/", portal.scanned, name="scanned"),
]
