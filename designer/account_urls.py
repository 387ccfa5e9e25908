"""Addresses of accounts: allauth's views, under allauth's names, below paths of ours."""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.base import views as two_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as connected
from allauth.urls import build_provider_urlpatterns
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

from designer.web import accounts

of_two_factor = [
    path("", two_factor.index, name="mfa_index"),
    path("ask", two_factor.authenticate, name="mfa_authenticate"),
    path("confirm", two_factor.reauthenticate, name="mfa_reauthenticate"),
    path("app/add", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes.txt", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
of_passkeys = [
    path("", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("add", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("confirm", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("login", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("<int:pk>/rename", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
of_providers = [
    path("", connected.connections, name="socialaccount_connections"),
    path("signup", connected.signup, name="socialaccount_signup"),
    path("cancelled", connected.login_cancelled, name="socialaccount_login_cancelled"),
    path("error", connected.login_error, name="socialaccount_login_error"),
]
of_an_account = [
    path("", accounts.overview, name="account"),
    path("closed", views.account_inactive, name="account_inactive"),
    path("confirm", views.reauthenticate, name="account_reauthenticate"),
    path("email", views.email, name="account_email"),
    path("email/sent", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^email/confirm/(?P<key>[-:\w]+)$", views.confirm_email, name="account_confirm_email"),
    path("password", views.password_change, name="account_change_password"),
    path("password/set", views.password_set, name="account_set_password"),
    path("password/forgotten", views.password_reset, name="account_reset_password"),
    path("password/sent", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/done", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("sessions", sessions.list_usersessions, name="usersessions_list"),
    path("two-factor/", include(of_two_factor)),
    path("passkeys/", include(of_passkeys)),
    path("connected/", include(of_providers)),
    path("with/", include(build_provider_urlpatterns())),
]
urlpatterns = [
    path("login", views.login, name="login"),
    path("logout", views.logout, name="logout"),
    path("login", views.login, name="account_login"),
    path("logout", views.logout, name="account_logout"),
    path("signup", views.signup, name="account_signup"),
    path("welcome/<str:token>", accounts.welcome, name="welcome"),
    path("account/", include(of_an_account)),
]
