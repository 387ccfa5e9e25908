"""The page of versions: their names, what runs where, and the migration between any two."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_POST

from designer.evolution.applied import QUERIES
from designer.evolution.formats.scripts import client_text
from designer.models import Branch
from designer.services import comparing, permissions, versions
from designer.services.comparing import Compared
from designer.services.errors import Invalid
from designer.services.words import ago

PAGE = "designer/versions.html"
LIST = "designer/partials/_versions.html"
DIFF = "designer/partials/_compared.html"
MOST_SHOWN = 400
"""How many items and steps a page lists; the files have all."""


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the versions, and the migration between two of them."""
    branch = permissions.branch(request.user, public_id)
    context = {**_listed(request, branch), **_compared(request, branch)}
    partial = DIFF if request.headers.get("HX-Request") else PAGE
    return render(request, partial, context)


@require_POST
def name(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name the head."""
    branch = permissions.branch(request.user, public_id)
    try:
        versions.give_name(request.user, branch, request.POST.get("name", ""), request.POST.get("note", ""))
    except Invalid as error:
        return _refused(request, branch, error)
    return _again(branch)


@require_POST
def forget(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Take the name of a version away."""
    branch = permissions.branch(request.user, public_id)
    versions.take_name(request.user, branch, key)
    return _again(branch)


@require_POST
def deployed(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Mark where a version runs."""
    branch = permissions.branch(request.user, public_id)
    try:
        versions.mark(request.user, branch, key, request.POST.get("place", ""))
    except Invalid as error:
        return _refused(request, branch, error)
    return render(request, LIST, _listed(request, branch))


@require_POST
def tool(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mark what runs somewhere by a tool's table."""
    branch = permissions.branch(request.user, public_id)
    said = request.POST
    try:
        versions.read_tool(request.user, branch, said.get("place", ""), said.get("tool", ""), said.get("text", ""))
    except Invalid as error:
        return _refused(request, branch, error)
    return render(request, LIST, _listed(request, branch))


@require_GET
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the picture of what differs."""
    branch = permissions.branch(request.user, public_id)
    drawn = comparing.picture(_asked(request, branch), request.GET.get("theme", "light"))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the migration in a format."""
    branch = permissions.branch(request.user, public_id)
    made = comparing.download(_asked(request, branch), request.GET.get("format", "sql"))
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _again(branch: Branch) -> HttpResponse:
    """Load the page anew: the names stand in several places of it."""
    response = HttpResponse(status=204)
    response["HX-Redirect"] = reverse("versions", args=[branch.public_id])
    return response


def _refused(request: HttpRequest, branch: Branch, error: Invalid) -> HttpResponse:
    return render(request, LIST, {**_listed(request, branch), "problem": error.message}, status=422)


def _asked(request: HttpRequest, branch: Branch) -> Compared:
    old, new = comparing.usual(branch)
    strategy = request.GET.get("strategy", "")
    return comparing.compared(branch, request.GET.get("from") or old, request.GET.get("to") or new, strategy)


def _listed(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    where: dict[int, list[str]] = {}
    for place in versions.places(branch):
        where.setdefault(place.named.pk, []).append(place.name)
    rows = [
        {"named": each, "ago": ago(each.created), "places": where.get(each.pk, [])} for each in versions.named(branch)
    ]
    return {
        "branch": branch,
        "project": branch.project,
        "rows": rows,
        "known_places": versions.known_places(branch),
        "tools": QUERIES.items(),
        "may_edit": permissions.may_edit(request.user, branch),
        "head_is_named": any(row["named"].version == branch.head for row in rows),  # type: ignore[attr-defined]
    }


def _compared(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    old, new = comparing.usual(branch)
    chosen = {
        "from": request.GET.get("from") or old,
        "to": request.GET.get("to") or new,
        "strategy": request.GET.get("strategy") or comparing.STRATEGIES[0],
    }
    context: dict[str, Any] = {
        "chosen": chosen,
        "choices": comparing.choices(branch),
        "strategies": comparing.STRATEGIES,
        "formats": comparing.formats(),
        "query": urlencode(chosen),
    }
    try:
        found = _asked(request, branch)
    except Invalid as error:
        return {**context, "problem_of_diff": error.message}
    items = [_item(each, found) for each in found.overview.items]
    told = {place for item in found.overview.items for place in item.steps}
    others = [_step(step) for place, step in enumerate(found.up.steps) if place not in told]
    return {
        **context,
        "found": found,
        "items": items[:MOST_SHOWN],
        "more_items": max(0, len(items) - MOST_SHOWN),
        "other_steps": others[:MOST_SHOWN],
        "hazard_counts": found.counts,
        "steps": len(found.up.steps),
        "remarks": found.up.remarks[:MOST_SHOWN],
    }


def _item(item: Any, found: Compared) -> dict[str, Any]:
    return {
        "id": item.id,
        "mark": item.mark,
        "sign": {"added": "+", "removed": "\N{MINUS SIGN}"}.get(item.mark, "~"),
        "kind": item.kind,
        "label": item.label,
        "table": item.table or "",
        "details": item.details,
        "steps": [_step(found.up.steps[place]) for place in item.steps],
    }


def _step(step: Any) -> dict[str, Any]:
    return {
        "sql": client_text(step.sql, ""),
        "what": f"{step.operation} {step.label}",
        "reason": step.reason,
        "effect": step.effect,
        "hazards": step.hazards,
        "worst": next((each for each in ("danger", "warning") if any(h.severity == each for h in step.hazards)), ""),
    }
