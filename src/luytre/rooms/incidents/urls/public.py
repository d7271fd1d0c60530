"""Addresses for anyone."""

from django.urls import path

from luytre.rooms.incidents import portal

app_name = "portal"
urlpatterns = [
    path("bao-cao-su-co/", portal.report, name="tell"),
    path("bao-cao-su-co/bien-nhan/", portal.receipt, name="told"),
    path("theo-doi/", portal.follow, name="follow"),
    path("theo-doi/<str:code>/", portal.thread, name="thread"),
    path("theo-doi/<str:code>/tep/<int:number>/", portal.file, name="thread-file"),
    path("theo-doi/<str:code>/<str:words>/", portal.scanned, name="scanned"),
]
