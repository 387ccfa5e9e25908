"""Import: a page for a new project, and the same ways in a dialog for the design that is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from designer.dialects.registry import get as dialect_of
from designer.importers.live import engine
from designer.importers.live.registry import ENGINES
from designer.models import Job
from designer.schema import Design, Diagram
from designer.services import branches, connecting, exports, imports, permissions, projects
from designer.services.database_hosts import DEFAULT_PORTS
from designer.services.errors import Invalid, ServiceError
from designer.services.imports import Origin, Source
from designer.services.permissions import Right
from designer.web.projects import homes, require_an_editor

EXAMPLE = "CREATE TABLE customers (\n  id bigint PRIMARY KEY,\n  email text NOT NULL UNIQUE\n);"
WAYS = ("text", "live", "query")
REMARKS = {
    "postgresql": "For PostgreSQL 12 and newer.",
    "mysql": "For MySQL 8 and newer.",
    "mariadb": "For MariaDB 10.6 and newer.",
    "sqlite": "For SQLite 3.38 and newer; the file itself can be imported as well.",
}
_SHOWN_AGAIN = 1_000_000
_KEPT = ("host", "port", "user", "database", "schemas")
"""The fields of a live database that a form which is shown again has; never the password, nor a URL with one."""


@sensitive_post_parameters("password", "url")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET the form; POST starts the import into a new project."""
    require_an_editor(request)
    if request.method == "GET":
        return render(request, "designer/import.html", _context(request, reverse("import")))
    try:
        where = projects.home_of(request.user, request.POST.get("workspace", ""))
        job = imports.into_new_project(request.user, _origin(request), request.POST.get("name", ""), where)
    except ServiceError as error:
        return _again(request, "designer/import.html", reverse("import"), error)
    return _to_job(request, job)


@sensitive_post_parameters("password", "url")
@require_http_methods(["GET", "POST"])
def dialog(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET the form for an open design; POST starts the import into it."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    address = reverse("import-into", args=[public_id])
    diagram = (request.POST or request.GET).get("diagram", "")
    if request.method == "GET":
        design, _ = branches.load(branch)
        shown = design.get(diagram)
        opened = {
            "branch": branch,
            "diagram": shown if isinstance(shown, Diagram) else None,
            "asked": _target(design, diagram),
        }
        return render(request, "designer/partials/_import_dialog.html", _context(request, address) | opened)
    try:
        origin = _origin(request)
        as_new = request.POST.get("as") == "model"
        job = imports.into_branch(request.user, branch, origin, diagram, as_new)
    except ServiceError as error:
        return _again(request, "designer/partials/_import_dialog.html", address, error, branch=branch)
    return _to_job(request, job)


def _target(design: Design, diagram: str) -> str:
    """Return the database of the model that is open: the likeliest one to be imported from."""
    shown = design.get(diagram)
    model = design.model_of(shown) if isinstance(shown, Diagram) else None
    return model.target if model is not None else ""


@require_GET
def query(request: HttpRequest) -> HttpResponse:
    """Return the query of a database (`?of=`) for people to run themselves, with the button that copies it."""
    require_an_editor(request)
    dialect = request.GET.get("of", "")
    if dialect not in ENGINES:
        raise Invalid("There is no query for this kind of database; choose one of the list.", "of")
    context = {"query": engine(dialect).query(dialect).strip(), "remark": REMARKS[dialect]}
    return render(request, "designer/partials/_import_query_text.html", context)


def _context(request: HttpRequest, action: str) -> dict[str, object]:
    way = request.POST.get("way") or request.GET.get("way") or WAYS[0]
    return {
        "action": action,
        **homes(request),
        "way": way if way in WAYS else WAYS[0],
        "dialects": exports.dialects(),
        "servers": [(name, dialect_of(name).title, port) for name, port in DEFAULT_PORTS.items()],
        "live": connecting.is_offered(),
        "example": EXAMPLE,
        "chosen": request.POST.get("dialect", "auto"),
        "asked": request.POST.get("of", ""),
    }


def _again(request: HttpRequest, template: str, action: str, error: ServiceError, **more: object) -> HttpResponse:
    """Return the form with the sentence, and with what was pasted."""
    if request.headers.get("HX-Request"):
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    kept = {
        "problem": error.message,
        "text": request.POST.get("text", "")[:_SHOWN_AGAIN],
        "name": request.POST.get("name", ""),
        "said": {name: request.POST.get(name, "") for name in _KEPT},
    }
    return render(request, template, _context(request, action) | kept | more, status=error.status)


def _origin(request: HttpRequest) -> Origin:
    way = request.POST.get("way")
    if way == "live":
        return connecting.place_of(request.POST)
    source = _source(request)
    return replace(source, format="catalog") if way == "query" else source


def _source(request: HttpRequest) -> Source:
    dialect = request.POST.get("dialect", "auto")
    uploaded = request.FILES.get("file")
    if isinstance(uploaded, UploadedFile):
        return imports.receive(uploaded.chunks(), uploaded.name or "", dialect)
    text = request.POST.get("text", "")
    if not text.strip():
        words = "the result of the query" if request.POST.get("way") == "query" else "the text of a schema"
        raise Invalid(f"Paste {words}, or choose a file.", "text")
    return imports.receive(_pieces(text), "", dialect)


def _pieces(text: str) -> Iterable[bytes]:
    yield text.encode("utf-8", "surrogatepass")


def _to_job(request: HttpRequest, job: Job) -> HttpResponse:
    address = reverse("job", args=[job.public_id])
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)
