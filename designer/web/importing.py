"""Import: a page for a new project, and the same form in a dialog for the design that is open."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from designer.models import Job
from designer.schema import Diagram
from designer.services import branches, exports, imports, permissions
from designer.services.errors import Denied, Invalid, ServiceError
from designer.services.imports import Source
from designer.services.permissions import Right

EXAMPLE = "CREATE TABLE customers (\n  id bigint PRIMARY KEY,\n  email text NOT NULL UNIQUE\n);"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET the form; POST starts the import into a new project."""
    if not permissions.workspaces(request.user, Right.EDIT):
        raise Denied("You are not an editor of any workspace; ask an administrator to make you one.")
    if request.method == "GET":
        return render(request, "designer/import.html", _context(reverse("import")))
    try:
        source = _source(request)
        job = imports.into_new_project(request.user, source, request.POST.get("name", ""))
    except ServiceError as error:
        return _again(request, "designer/import.html", reverse("import"), error)
    return _to_job(request, job)


@require_http_methods(["GET", "POST"])
def dialog(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET the form for an open design; POST starts the import into it."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    address = reverse("import-into", args=[public_id])
    diagram = (request.POST or request.GET).get("diagram", "")
    if request.method == "GET":
        design, _ = branches.load(branch)
        shown = design.get(diagram)
        context = {"branch": branch, "diagram": shown if isinstance(shown, Diagram) else None}
        return render(request, "designer/partials/_import_dialog.html", _context(address) | context)
    try:
        source = _source(request)
        as_new = request.POST.get("as") == "model"
        job = imports.into_branch(request.user, branch, source, diagram, as_new)
    except ServiceError as error:
        return _again(request, "designer/partials/_import_dialog.html", address, error, branch=branch)
    return _to_job(request, job)


def _context(action: str) -> dict[str, object]:
    return {"action": action, "dialects": exports.dialects(), "example": EXAMPLE, "chosen": "auto"}


def _again(request: HttpRequest, template: str, action: str, error: ServiceError, **more: object) -> HttpResponse:
    """Return the form with the sentence, and with what was pasted."""
    kept = {"text": request.POST.get("text", "")[:1_000_000], "name": request.POST.get("name", "")}
    context = _context(action) | {"problem": error.message, "chosen": request.POST.get("dialect", "auto")} | kept | more
    if request.headers.get("HX-Request"):
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    return render(request, template, context, status=error.status)


def _source(request: HttpRequest) -> Source:
    dialect = request.POST.get("dialect", "auto")
    uploaded = request.FILES.get("file")
    if isinstance(uploaded, UploadedFile):
        return imports.receive(uploaded.chunks(), uploaded.name or "", dialect)
    text = request.POST.get("text", "")
    if not text.strip():
        raise Invalid("Paste the text of a schema, or choose a file.", "text")
    return imports.receive(_pieces(text), "", dialect)


def _pieces(text: str) -> Iterable[bytes]:
    yield text.encode("utf-8", "surrogatepass")


def _to_job(request: HttpRequest, job: Job) -> HttpResponse:
    address = reverse("job", args=[job.public_id])
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)
