"""The list of projects, and what can be done with one from there."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from designer.services import exports, permissions, previews, projects, samples
from designer.services.errors import Denied, Invalid
from designer.services.permissions import Right

SHARED = "shared"
"""What stands in an address for the projects of other people's workspaces; no workspace is called so."""


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the projects of the user by workspace, or those of one (`?workspace=`); to a guest those of his links."""
    groups = projects.grouped(request.user)
    if not request.user.is_authenticated and not groups:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={request.get_full_path()}")
    known = [each.workspace.slug if each.workspace else SHARED for each in groups]
    wanted = request.GET.get("workspace", "")
    shown = [each for each, slug in zip(groups, known, strict=True) if slug == wanted] or groups
    context = {
        "groups": shown,
        "all_groups": groups,
        "only": wanted if wanted in known else "",
        "several": len(groups) > 1 and not settings.WHOLEKEY_LOCAL,
        "empty": not any(each.cards for each in shown),
        "may_create": bool(permissions.workspaces(request.user, Right.EDIT)),
    }
    return render(request, "designer/projects.html", context)


def require_an_editor(request: HttpRequest) -> None:
    """Raise Denied for whoever can put a new project nowhere."""
    if not permissions.workspaces(request.user, Right.EDIT):
        raise Denied("You are not an editor of any workspace; ask an administrator to make you one.")


def homes(request: HttpRequest) -> dict[str, object]:
    """Return for a form the workspaces that a new project may go to, where there is a choice, and the one chosen."""
    found = permissions.workspaces(request.user, Right.EDIT)
    said = request.POST.get("workspace") or request.GET.get("workspace", "")
    return {"homes": found if len(found) > 1 else [], "home": said}


def _went(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET the dialog; POST makes an empty project and opens it."""
    require_an_editor(request)
    target = request.POST.get("target", "postgresql")
    name = request.POST.get("name", "New design")
    context = {"dialects": exports.dialects(), "name": name, "target": target, **homes(request)}
    if request.method == "GET":
        return render(request, "designer/partials/_project_new.html", context)
    try:
        if target not in (*dict(exports.dialects()), projects.CONCEPTUAL):
            raise Invalid("Choose what to draw from the list.", "target")
        where = projects.home_of(request.user, request.POST.get("workspace", ""))
        branch = projects.create(request.user, request.POST.get("name", ""), target=target, workspace=where)
    except Invalid as invalid:
        return render(
            request, "designer/partials/_project_new.html", context | {"problem": invalid.message}, status=422
        )
    return _went(request, reverse("design", args=[branch.public_id]))


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET the dialog; POST gives the project another name and description."""
    project = permissions.project(request.user, public_id, Right.EDIT)
    if request.method == "GET":
        return render(request, "designer/partials/_project_rename.html", {"project": project})
    try:
        projects.rename(request.user, public_id, request.POST.get("name", ""), request.POST.get("description"))
    except Invalid as invalid:
        context = {"project": project, "problem": invalid.message}
        return render(request, "designer/partials/_project_rename.html", context, status=422)
    return _went(request, reverse("projects"))


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET asks whether it is meant; POST deletes the project with its history."""
    project = permissions.project(request.user, public_id, Right.MANAGE)
    if request.method == "GET":
        return render(request, "designer/partials/_project_delete.html", {"project": project})
    projects.delete(request.user, public_id)
    return _went(request, reverse("projects"))


@require_POST
def duplicate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Copy a project and show the list with it."""
    projects.duplicate(request.user, public_id)
    return _went(request, reverse("projects"))


@require_http_methods(["GET", "POST"])
def from_sample(request: HttpRequest) -> HttpResponse:
    """GET the gallery; POST makes a project of one and opens it."""
    require_an_editor(request)
    if request.method == "GET":
        context = {"samples": samples.all_samples(), **homes(request)}
        return render(request, "designer/partials/_project_samples.html", context)
    where = projects.home_of(request.user, request.POST.get("workspace", ""))
    branch = samples.start(request.user, request.POST.get("sample", ""), where)
    return _went(request, reverse("design", args=[branch.public_id]))


@require_GET
def sample_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the drawing of a sample."""
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    response = HttpResponse(samples.picture(slug, theme), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_GET
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return a small picture of the project's first diagram."""
    project = permissions.project(request.user, public_id)
    branch = projects.main_branch(project)
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    tag = f'"{branch.public_id}-{branch.head}-{theme}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = HttpResponse(previews.svg(branch, theme), content_type="image/svg+xml")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
