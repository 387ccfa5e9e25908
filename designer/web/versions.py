"""The page of versions: their names, what runs where, and the migration between any two."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_POST

from designer.evolution.applied import QUERIES
from designer.evolution.formats.scripts import client_text
from designer.models import Branch
from designer.services import branches, comparing, permissions, proving, versions
from designer.services.comparing import Compared, Wish
from designer.services.errors import Invalid, ServiceError
from designer.services.words import ago

PAGE = "designer/versions.html"
LIST = "designer/partials/_versions.html"
DIFF = "designer/partials/_compared.html"
MOST_SHOWN = 400
"""How many items and steps a page lists; the files have all."""
MOST_COUNTED = 60
"""How many tables a page asks the number of rows of."""
ROWS = "rows-"


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
    drawn = comparing.picture(comparing.compared(branch, wish_of(request, branch)), request.GET.get("theme", "light"))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the migration in a format."""
    branch = permissions.branch(request.user, public_id)
    made = comparing.download(comparing.compared(branch, wish_of(request, branch)), request.GET.get("format", "sql"))
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


def wish_of(request: HttpRequest, branch: Branch) -> Wish:
    """Return what is asked for in the address: from, to, strategy, model, rows-<table>=<number>, same=<question>."""
    said = request.GET
    old, new = comparing.usual(branch)
    typed = ((name, said.get(name, "").strip()) for name in said if name.startswith(ROWS))
    rows = [(name.removeprefix(ROWS), text) for name, text in typed if text]
    return Wish(
        said.get("from") or old, said.get("to") or new, said.get("strategy") or comparing.STRATEGIES[0],
        said.get("model", ""), tuple(rows[:MOST_SHOWN]), tuple(said.getlist("same")[:MOST_SHOWN]),
    )  # fmt: skip


def query_of(wish: Wish) -> str:
    """Return the address of a wish, without what goes without saying."""
    pairs = [("from", wish.old), ("to", wish.new), ("strategy", wish.strategy)]
    pairs += [("model", wish.model)] if wish.model else []
    return urlencode(
        [*pairs, *((ROWS + table, text) for table, text in wish.rows), *(("same", each) for each in wish.same)]
    )


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
    wish = wish_of(request, branch)
    context: dict[str, Any] = {
        "wish": wish,
        "choices": _choices(branch, wish),
        "strategies": comparing.STRATEGIES,
        "formats": comparing.formats(),
        "query": query_of(wish),
    }
    try:
        found = comparing.compared(branch, wish)
    except Invalid as error:
        return {**context, "problem_of_diff": error.message, "counted": _typed(branch, wish)}
    items = [_item(each, found) for each in found.overview.items[:MOST_SHOWN]]
    told = {place for item in found.overview.items for place in item.steps}
    others = [step for place, step in enumerate(found.up.steps) if place not in told]
    return {
        **context,
        **_asked_of(found, wish),
        "found": found,
        "items": items,
        "more_items": max(0, len(found.overview.items) - MOST_SHOWN),
        "other_steps": [_step(each) for each in others[:MOST_SHOWN]],
        "other_count": len(others),
        "hazard_counts": found.counts,
        "steps": len(found.up.steps),
        "remarks": found.up.remarks[:MOST_SHOWN],
        "obstacle": proving.obstacle(found.up.dialect),
    }


def _choices(branch: Branch, wish: Wish) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be chosen, with what the address asks for where it is none of the usual ones."""
    usual = comparing.choices(branch)
    known = {ref for _, states in usual for ref, _ in states}
    asked = dict.fromkeys(ref for ref in (wish.old, wish.new) if ref not in known)
    found: list[tuple[str, str]] = []
    for ref in asked:
        with suppress(ServiceError):
            found.append((ref, comparing.state(branch, ref).title))
    return [("Asked for", found), *usual] if found else usual


def _typed(branch: Branch, wish: Wish) -> list[tuple[str, str, str]]:
    """Return the row counts as they were typed, to be corrected: table, what it is called, number."""
    design, _ = branches.load(branch)
    return [(table, getattr(design.get(table), "name", table), text) for table, text in wish.rows]


def _asked_of(found: Compared, wish: Wish) -> dict[str, Any]:
    """Return what the page asks back: which model, how many rows, whether two are one."""
    typed = dict(wish.rows)
    names = dict(found.counted)
    gone = {table: text for table, text in typed.items() if table not in names}
    questions = [(each, True) for each in found.answered] + [(each, False) for each in found.questions]
    return {
        "models": found.models if len(found.models) > 1 else [],
        "model": found.up.new_model,
        "counted": [(table, name, typed.get(table, "")) for table, name in found.counted[:MOST_COUNTED]],
        "kept_rows": list(gone.items()),
        "questions": questions[:MOST_SHOWN],
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
