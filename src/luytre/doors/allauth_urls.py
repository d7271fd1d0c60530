"""Addresses of signing in, of the second step and of sessions: allauth's windows under Vietnamese addresses and its own names."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from luytre.doors import desk

urlpatterns = [
    path("dang-nhap/", desk.SignIn.as_view(), name="account_login"),
    path("dang-nhap/buoc-hai/", factor.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa-truy-cap/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("dang-nhap/chua-dung-duoc/", account.account_inactive, name="account_inactive"),
    path("dang-nhap/cong/da-huy/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/cong/<str:provider_id>/", oidc.login, name="openid_connect_login"),
    path("dang-nhap/cong/<str:provider_id>/xong/", oidc.callback, name="openid_connect_callback"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/mat-khau/", desk.ChangePassword.as_view(), name="account_change_password"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/bao-ve/", RedirectView.as_view(url=reverse_lazy("doors:account")), name="mfa_index"),
    path("tai-khoan/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/ung-dung/go/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/tao-lai/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tai-khoan/ma-du-phong/tai-ve/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("tai-khoan/khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("tai-khoan/khoa/them/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("tai-khoan/khoa/<int:pk>/go/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("tai-khoan/khoa/<int:pk>/ten/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tai-khoan/phien/", sessions.list_usersessions, name="usersessions_list"),
]
