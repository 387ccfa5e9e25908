"""The page of a workspace: its people, roles, invitations, and the links of its projects."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from designer.models import Workspace
from designer.services import invitations, links, permissions, teams
from designer.services.errors import Denied, Invalid
from designer.services.invitations import Sent
from designer.services.permissions import Right
from designer.web.sharing_rows import invitation_rows, link_rows

PAGE = "designer/teams/workspace.html"
PANEL = "designer/teams/_workspace.html"
NEW, RENAME = "designer/teams/_new.html", "designer/teams/_rename.html"
DELETE, LEAVE = "designer/teams/_delete.html", "designer/teams/_leave.html"
View = Callable[..., HttpResponse]


def for_several(view: View) -> View:
    """Let a view say no where one person works alone on this computer: there is nobody to share with."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if settings.WHOLEKEY_LOCAL:
            raise Denied("This server runs for one person. Set WHOLEKEY_HOSTS to work with others.")
        return view(request, *args, **options)

    return asked


def went(request: HttpRequest, address: str) -> HttpResponse:
    """Send a person on to another page, from a form or from a panel."""
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


@for_several
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET the dialog; POST makes a workspace and shows it."""
    if not request.user.is_authenticated:
        raise Denied("Log in to make a workspace.")
    if request.method == "GET":
        return render(request, NEW)
    try:
        made = teams.create(request.user, request.POST.get("name", ""))
    except Invalid as invalid:
        return render(request, NEW, {"problem": invalid.message, "name": request.POST.get("name", "")}, status=422)
    return went(request, reverse("workspace", args=[made.slug]))


@for_several
@never_cache
@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a workspace."""
    return _shown(request, permissions.workspace(request.user, slug))


def _shown(request: HttpRequest, workspace: Workspace, *, problem: str = "", sent: Sent | None = None) -> HttpResponse:
    held = permissions.require_in(request.user, workspace, Right.VIEW)
    manages = held >= Right.MANAGE
    context = {
        "workspace": workspace,
        "members": teams.members(request.user, workspace),
        "may_manage": manages,
        "may_delete": held >= Right.OWN,
        "roles": teams.roles_to_give(held),
        "words": teams.ROLE_WORDS,
        "invitations": invitation_rows(invitations.of_workspace(request.user, workspace)) if manages else [],
        "links": link_rows(links.of_workspace(request.user, workspace)) if manages else [],
        "sent": sent,
        "problem": problem,
        "said": request.POST if problem else {},
        "projects": [
            (project, right >= Right.MANAGE)
            for project, right in permissions.projects(request.user)
            if project.workspace_id == workspace.pk
        ],
    }
    template = PANEL if request.headers.get("HX-Request") else PAGE
    return render(request, template, context, status=422 if problem else 200)


@for_several
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """GET the dialog; POST gives the workspace another name."""
    workspace = permissions.workspace(request.user, slug, Right.MANAGE)
    context = {"workspace": workspace, "name": request.POST.get("name", workspace.name)}
    if request.method == "GET":
        return render(request, RENAME, context)
    try:
        teams.rename(request.user, workspace, request.POST.get("name", ""))
    except Invalid as invalid:
        return render(request, RENAME, {**context, "problem": invalid.message}, status=422)
    return went(request, reverse("workspace", args=[slug]))


@for_several
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """GET asks whether it is meant; POST deletes the workspace with all its projects."""
    workspace = permissions.workspace(request.user, slug, Right.OWN)
    context: dict[str, Any] = {"workspace": workspace, "count": workspace.projects.count()}
    if request.method == "GET":
        return render(request, DELETE, context)
    try:
        teams.delete(request.user, workspace, request.POST.get("name", ""))
    except Invalid as invalid:
        return render(request, DELETE, {**context, "problem": invalid.message}, status=422)
    return went(request, reverse("projects"))


@for_several
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """GET asks whether it is meant; POST takes the user out of the workspace."""
    workspace = permissions.workspace(request.user, slug)
    if request.method == "GET":
        return render(request, LEAVE, {"workspace": workspace})
    try:
        teams.leave(request.user, workspace)
    except Invalid as invalid:
        return render(request, LEAVE, {"workspace": workspace, "problem": invalid.message}, status=422)
    return went(request, reverse("projects"))


@for_several
@require_POST
def member(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Give a member another role, or take him out, and show the workspace again."""
    workspace = permissions.workspace(request.user, slug, Right.MANAGE)
    try:
        match request.POST.get("do", ""):
            case "role":
                teams.change_role(request.user, workspace, key, request.POST.get("role", ""))
            case "remove":
                teams.remove(request.user, workspace, key)
            case _:
                raise Invalid("Choose what to do with the member.")
    except Invalid as invalid:
        return _shown(request, workspace, problem=invalid.message)
    if permissions.right_in(request.user, workspace.pk) is None:
        return went(request, reverse("projects"))
    return _shown(request, workspace)


@for_several
@never_cache
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody to the workspace, and show its address this once."""
    workspace = permissions.workspace(request.user, slug, Right.MANAGE)
    said = request.POST
    try:
        sent = invitations.invite(
            request.user, workspace, said.get("email", ""), said.get("role", ""), address_of(request)
        )
    except Invalid as invalid:
        return _shown(request, workspace, problem=invalid.message)
    return _shown(request, workspace, sent=sent)


@for_several
@never_cache
@require_POST
def invitation(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take an invitation back or send it again, and show the workspace again."""
    workspace = permissions.workspace(request.user, slug, Right.MANAGE)
    try:
        sent = act_on_invitation(request, invitations.find(request.user, key, workspace))
    except Invalid as invalid:
        return _shown(request, workspace, problem=invalid.message)
    return _shown(request, workspace, sent=sent)


def act_on_invitation(request: HttpRequest, found: Any) -> Sent | None:
    """Do with an invitation what a form says. Returns it anew where it was sent again."""
    match request.POST.get("do", ""):
        case "again":
            return invitations.send_again(request.user, found, address_of(request))
        case "take-back":
            invitations.take_back(request.user, found)
            return None
        case _:
            raise Invalid("Choose what to do with the invitation.")


def address_of(request: HttpRequest) -> Callable[[str], str]:
    """Return what makes the whole address of an invitation from its token."""
    return lambda token: request.build_absolute_uri(reverse("invitation-open", args=[token]))
