"""Addresses. Whatever belongs to one design stands below its branch's random id."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from designer.web import api, design, help_page, projects

handler400 = "designer.web.errors.bad_request"
handler403 = "designer.web.errors.forbidden"
handler404 = "designer.web.errors.not_found"
handler500 = "designer.web.errors.server_error"

of_a_branch = [
    path("", design.page, name="design"),
    path("records", api.design, name="api-design"),
    path("changes", api.changes, name="api-changes"),
]

urlpatterns = [
    path("", projects.index, name="projects"),
    path("d/<str:public_id>/", include(of_a_branch)),
    path("help", help_page.show, name="help"),
    path("login", LoginView.as_view(template_name="registration/login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
]
