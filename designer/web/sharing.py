"""Who may do what in a project: roles for it alone, people from outside, and links for guests."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from designer.models import Branch, Project
from designer.services import invitations, links, permissions, project_roles
from designer.services.errors import Invalid, NotFound
from designer.services.permissions import Right
from designer.services.projects import main_branch
from designer.services.teams import LONGEST_NAME
from designer.web.sharing_rows import invitation_rows, link_rows
from designer.web.teams import act_on_invitation, address_of, for_several, went

PAGE = "designer/teams/project.html"
PANEL = "designer/teams/_project.html"


@for_several
@never_cache
@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who may do what in a project."""
    return _shown(request, _project(request, public_id, Right.VIEW))


def _project(request: HttpRequest, public_id: str, right: Right = Right.MANAGE) -> Project:
    """Return a project in which the user has a right by his role: links open none of these pages."""
    found = permissions.project(request.user, public_id)
    permissions.require_role(request.user, found, right, "project")
    return found


def _shown(request: HttpRequest, project: Project, *, problem: str = "", **fresh: Any) -> HttpResponse:
    held = permissions.require_role(request.user, project, Right.VIEW, "project")
    manages = held >= Right.MANAGE
    context = {
        "project": project,
        "branch": main_branch(project),
        "in_team": permissions.right_in(request.user, project.workspace_id) is not None,
        "people": project_roles.people(request.user, project),
        "may_manage": manages,
        "given": [(role, project_roles.WORDS[role]) for role in project_roles.GIVEN],
        "problem": problem,
        "said": request.POST if problem else {},
        "longest": LONGEST_NAME,
        **fresh,
    }
    if manages:
        context |= {
            "invitations": invitation_rows(invitations.of_project(request.user, project)),
            "links": link_rows(links.of_project(request.user, project)),
            "lifetimes": list(links.LIFETIMES.items()),
            "branches": list(project.branches.filter(archived=False).order_by("pk")),
        }
    template = PANEL if request.headers.get("HX-Request") else PAGE
    return render(request, template, context, status=422 if problem else 200)


@for_several
@require_POST
def person(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Give somebody a role for this project, or take it back, and show the page again."""
    project = _project(request, public_id)
    role = request.POST.get("role", "")
    try:
        if role:
            project_roles.give(request.user, project, key, role)
        else:
            project_roles.take_back(request.user, project, key)
    except Invalid as invalid:
        return _shown(request, project, problem=invalid.message)
    if permissions.by_role(request.user, project) is None:
        return went(request, reverse("projects"))
    return _shown(request, project)


@for_several
@never_cache
@require_POST
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite somebody from outside to the project, and show the address this once."""
    project = _project(request, public_id)
    said = request.POST
    try:
        sent = invitations.invite(
            request.user, project.workspace, said.get("email", ""), said.get("role", ""), address_of(request), project
        )
    except Invalid as invalid:
        return _shown(request, project, problem=invalid.message)
    return _shown(request, project, sent=sent)


@for_several
@never_cache
@require_POST
def invitation(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Take an invitation back or send it again, and show the page again."""
    project = _project(request, public_id)
    try:
        found = invitations.find(request.user, key, project.workspace, project)
        sent = act_on_invitation(request, found)
    except Invalid as invalid:
        return _shown(request, project, problem=invalid.message)
    return _shown(request, project, sent=sent)


@for_several
@never_cache
@sensitive_post_parameters("password")
@require_POST
def new_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a link for guests, and show its address this once."""
    project = _project(request, public_id)
    said = request.POST
    try:
        made, token = links.create(
            request.user, project, label=said.get("label", ""), may_comment=said.get("may") == "comment",
            expires=links.expiry(said), password=said.get("password", ""),
            branch=_branch(project, said.get("branch", "")),
        )  # fmt: skip
    except Invalid as invalid:
        return _shown(request, project, problem=invalid.message)
    address = request.build_absolute_uri(reverse("link-open", args=[token]))
    return _shown(request, project, made=made, address=address)


def _branch(project: Project, public_id: str) -> Branch | None:
    if not public_id:
        return None
    found: Branch | None = project.branches.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such branch in this project.")
    return found


@for_several
@sensitive_post_parameters("password")
@require_POST
def change_link(request: HttpRequest, public_id: str, link: str) -> HttpResponse:
    """Revoke a link or give it another password, and show the page again."""
    project = _project(request, public_id)
    found = links.find(request.user, project, link)
    password = request.POST.get("password", "")
    acts = {
        "revoke": partial(links.revoke, request.user, found),
        "password": partial(links.change_password, request.user, found, password),
    }
    act = acts.get(request.POST.get("do", ""))
    try:
        if act is None:
            raise Invalid("Choose what to do with the link.")
        act()
    except Invalid as invalid:
        return _shown(request, project, problem=invalid.message)
    return _shown(request, project)
