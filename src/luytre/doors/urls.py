"""Addresses of one's own account, and of the accounts of a body."""

from django.urls import path

from luytre.doors import desk

app_name = "doors"
urlpatterns = [
    path("tai-khoan/", desk.account, name="account"),
    path("tai-khoan/buoc-hai/", desk.second, name="second"),
    path("tai-khoan/phien/<int:number>/ket-thuc/", desk.end_session, name="end_session"),
]
