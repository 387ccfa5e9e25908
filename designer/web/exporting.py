"""The export dialog, its preview, pictures and files."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.models import Branch
from designer.schema import Design, Diagram, first_physical
from designer.services import branches, exports, losses, permissions, pictures
from designer.services.errors import Invalid
from designer.web.design import diagram_choices
from designer.web.http import json_body
from exporters.contract import Export, Exporter, Note

PREVIEW_CHARACTERS = 200_000
SQL_FORMAT = "ddl"
DRAWN = ("svg",)
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
"""An SVG opened by itself is a document of ours; it may style itself and nothing more."""


@require_GET
def dialog(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the dialog for the model whose diagram (`?diagram=`) is open; what its files hold is asked for when seen."""
    branch = permissions.branch(request.user, public_id)
    design, _ = branches.load(branch)
    open_diagram = design.get(request.GET.get("diagram", ""))
    model = design.model_of(open_diagram) if open_diagram is not None else first_physical(design)
    context = {
        "formats": [each for each in exports.formats() if each.name not in DRAWN],
        "papers": pictures.papers(),
        "open_part": open_diagram.id if isinstance(open_diagram, Diagram) else model.id if model else "",
        "dialects": exports.dialects(),
        "diagrams": diagram_choices(design),
        "branch": branch,
        "chosen": {**_chosen(request), "part": model.id if model else ""},
        "dialect_used": SQL_FORMAT,
    }
    return render(request, "designer/partials/_export.html", context)


@require_GET
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the chosen format makes of the design."""
    branch = permissions.branch(request.user, public_id)
    design, _ = branches.load(branch)
    context = _preview(branch, design, _chosen(request))
    return render(request, "designer/partials/_export_preview.html", context)


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {
        "format": request.GET.get("format") or SQL_FORMAT,
        "dialect": request.GET.get("dialect", ""),
        "part": request.GET.get("part", ""),
        "theme": request.GET.get("theme", "light"),
    }


def _preview(branch: Branch, design: Design, chosen: dict[str, str]) -> dict[str, object]:
    file_url = f"{reverse('export-file', args=[branch.public_id])}?{urlencode(chosen)}"
    context: dict[str, object] = {"branch": branch, "chosen": chosen, "file_url": file_url, "dialect_used": SQL_FORMAT}
    try:
        exporter, made = _export(branch, chosen)
    except Invalid as invalid:
        return {**context, "problem": invalid.message}
    drawn = chosen["format"] in DRAWN
    text = "" if drawn else made.text
    return {
        **context,
        "exporter": exporter,
        "drawn": drawn,
        "text": text[:PREVIEW_CHARACTERS],
        "cut": len(text) > PREVIEW_CHARACTERS,
        "size": len(text.encode()) if text else 0,
        "lines": text.count("\n"),
        "files": list(made.files),
        **_losses(made.notes, design, chosen),
    }


def _losses(notes: list[Note], design: Design, chosen: dict[str, str]) -> dict[str, object]:
    """Return what is lost, and the name of what it is lost in."""
    groups = losses.grouped(notes, design)
    is_sql = chosen["format"] == SQL_FORMAT
    target = dialect_of(chosen["dialect"]).title if is_sql and chosen["dialect"] in DIALECTS else ""
    return {"groups": groups, "levels": losses.counts(groups), "notes_count": len(notes), "target": target}


def _export(branch: Branch, chosen: dict[str, str]) -> tuple[Exporter, Export]:
    dialect = chosen["dialect"] if chosen["format"] == SQL_FORMAT else ""
    return exports.export(branch, chosen["format"], dialect, chosen["part"], chosen["theme"])


@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the file; `?show=1` lets the browser draw an SVG where it stands."""
    branch = permissions.branch(request.user, public_id)
    exporter, made = _export(branch, _chosen(request))
    download = exports.download(branch, exporter, made)
    response = HttpResponse(download.content, content_type=_with_charset(download.media_type))
    inline = bool(request.GET.get("show")) and exporter.name in DRAWN
    response["Content-Disposition"] = content_disposition_header(not inline, download.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    if exporter.name in DRAWN:
        response["Content-Security-Policy"] = SVG_POLICY
    return response


@require_POST
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the picture that the page asks for; headers tell the size of the drawing at scale 1."""
    branch = permissions.branch(request.user, public_id)
    made = pictures.draw(branch, json_body(request, pictures.Wanted))
    response = HttpResponse(made.download.content, content_type=_with_charset(made.download.media_type))
    response["Content-Disposition"] = content_disposition_header(True, made.download.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SVG_POLICY
    response["X-Wholekey-Name"] = quote(made.download.name)
    response["X-Wholekey-Size"] = f"{made.width:g} {made.height:g} {made.largest_scale:.4f}"
    return response


def _with_charset(media_type: str) -> str:
    texts = ("text/", "application/sql", "application/json", "image/svg")
    return (
        f"{media_type}; charset=utf-8" if media_type.startswith(texts) and "charset" not in media_type else media_type
    )
