"""The list of projects, and what can be done with one from there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from designer.services import exports, permissions, previews, projects, samples
from designer.services.errors import Invalid
from designer.services.permissions import Right


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show all projects of the user."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('login')}?next={request.get_full_path()}")
    may_create = bool(permissions.workspaces(request.user, Right.EDIT))
    context = {"cards": projects.cards(request.user), "may_create": may_create}
    return render(request, "designer/projects.html", context)


def _went(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET the dialog; POST makes an empty project and opens it."""
    target = request.POST.get("target", "postgresql")
    context = {"dialects": exports.dialects(), "name": request.POST.get("name", "New design"), "target": target}
    if request.method == "GET":
        return render(request, "designer/partials/_project_new.html", context)
    try:
        if target not in (*dict(exports.dialects()), projects.CONCEPTUAL):
            raise Invalid("Choose what to draw from the list.", "target")
        branch = projects.create(request.user, request.POST.get("name", ""), target=target)
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
    if request.method == "GET":
        context = {"samples": samples.all_samples()}
        return render(request, "designer/partials/_project_samples.html", context)
    branch = samples.start(request.user, request.POST.get("sample", ""))
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
