"""Addresses of one's own account, and of the accounts of a body."""

from django.urls import path

from luytre.doors import accounts, desk

app_name = "doors"
urlpatterns = [
    path("tai-khoan/", desk.account, name="account"),
    path("tai-khoan/buoc-hai/", desk.second, name="second"),
    path("tai-khoan/phien/<int:number>/ket-thuc/", desk.end_session, name="end_session"),
    path("tai-khoan/don-vi/", accounts.bodies, name="bodies"),
    path("tai-khoan/don-vi/<str:code>/", accounts.body, name="body"),
    path("tai-khoan/don-vi/<str:code>/<str:person>/thu-moi/", accounts.invitation, name="invitation"),
    path("tai-khoan/don-vi/<str:code>/<str:person>/thu-moi/thu-hoi/", accounts.withdrawal, name="withdrawal"),
    path("tai-khoan/don-vi/<str:code>/<str:person>/tam-ngung/", accounts.suspension, name="suspension"),
    path("tai-khoan/don-vi/<str:code>/<str:person>/dung-lai/", accounts.restoration, name="restoration"),
    path("tai-khoan/don-vi/<str:code>/<str:person>/thoi-viec/", accounts.leaving, name="leaving"),
    path("loi-moi/<str:token>/", accounts.accept, name="accept"),
]
