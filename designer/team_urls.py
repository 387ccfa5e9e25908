"""Addresses of workspaces, of who may do what in a project, and of what leads strangers in."""

from __future__ import annotations

from django.urls import path

from designer.web import joining, links, sharing, teams

urlpatterns = [
    path("workspaces/new", teams.new, name="workspace-new"),
    path("w/<slug:slug>/", teams.page, name="workspace"),
    path("w/<slug:slug>/rename", teams.rename, name="workspace-rename"),
    path("w/<slug:slug>/delete", teams.delete, name="workspace-delete"),
    path("w/<slug:slug>/leave", teams.leave, name="workspace-leave"),
    path("w/<slug:slug>/members/<int:key>", teams.member, name="workspace-member"),
    path("w/<slug:slug>/invite", teams.invite, name="workspace-invite"),
    path("w/<slug:slug>/invitations/<int:key>", teams.invitation, name="workspace-invitation"),
    path("projects/<str:public_id>/people", sharing.page, name="project-people"),
    path("projects/<str:public_id>/people/<int:key>", sharing.person, name="project-person"),
    path("projects/<str:public_id>/invite", sharing.invite, name="project-invite"),
    path("projects/<str:public_id>/invitations/<int:key>", sharing.invitation, name="project-invitation"),
    path("projects/<str:public_id>/links", sharing.new_link, name="link-new"),
    path("projects/<str:public_id>/links/<str:link>", sharing.change_link, name="link-change"),
    path("join", joining.join, name="invitation"),
    path("join/<str:token>", joining.open_, name="invitation-open"),
    path("s/open/<str:link>", links.enter, name="link-enter"),
    path("s/<str:token>", links.open_, name="link-open"),
]
