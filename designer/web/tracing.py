"""The trace in the browser: the section of the inspector, impacts, and the page of matrix, coverage and deviations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from designer.commands import Edit, Refused
from designer.levels.called import find
from designer.levels.tracing import deviating
from designer.levels.tracing.coverage import MEANT, MISSING, Side
from designer.levels.tracing.impact import DROP, TYPE, TYPED, WHATS
from designer.levels.tracing.matrix import as_csv, choices, shown
from designer.models import Branch
from designer.schema import Design, Id, Model, Record, kind_of, new_id
from designer.schema.kinds import PICTURE_KINDS
from designer.services import branches, permissions, tracing
from designer.services.branches import display_name
from designer.services.errors import Invalid, NotFound
from designer.services.exports import safe_name
from designer.services.permissions import Right
from designer.web.http import client_of, committed
from designer.web.tracing_matrix import grid, wish_of

VIEWS = {"coverage": "Coverage", "matrix": "Matrix", "deviations": "Deliberate deviations"}
SECTION = "designer/tracing/_section.html"
MOST_LISTED = 500
_LOWER_HELP = "Made in a lower model. Open one to promote it, or to mark it as deliberate."
_UPPER_HELP = "In an upper model, and nothing below came of it. Update the models below, or choose to leave it out."


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one of the views of the whole design; htmx gets the view alone."""
    branch = permissions.branch(request.user, public_id)
    view = request.GET.get("view", "coverage")
    view = view if view in VIEWS else "coverage"
    context = {
        "branch": branch,
        "project": branch.project,
        "view": view,
        "views": VIEWS,
        "may_edit": permissions.may_edit(request.user, branch),
        **_VIEWS[view](request, branch),
    }
    partial = f"designer/tracing/_{view}.html"
    return render(request, partial if request.headers.get("HX-Request") else "designer/tracing/page.html", context)


def _coverage(_request: HttpRequest, branch: Branch) -> dict[str, Any]:
    found, design = tracing.coverage_of(branch)
    return {
        "parts": [
            ("Without an origin", _LOWER_HELP, "has an origin", [_side(design, side) for side in found.without_origin]),
            ("Never derived", _UPPER_HELP, "is derived", [_side(design, side) for side in found.never_derived]),
        ],
        "levels": bool(found.without_origin or found.never_derived),
    }  # fmt: skip


def _side(design: Design, side: Side) -> dict[str, Any]:
    return {
        "side": side,
        "title": tracing.model_title(design[side.model]),  # type: ignore[arg-type]
        "missing": tracing.items(design, side.of(MISSING)[:MOST_LISTED]),
        "meant": tracing.items(design, side.of(MEANT)[:MOST_LISTED]),
        "counts": side.counts,
        "more": max(0, len(side.of(MISSING)) - MOST_LISTED),
    }


def _matrix(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    design, _ = branches.load(branch)
    above, below = choices(design)
    if not above or not below:
        return {"above": above, "below": below, "grid": None}
    rows = next((each for each in above if each.id == request.GET.get("rows")), above[0])
    columns = next((each for each in below if each.id == request.GET.get("columns")), below[0])
    whole = tracing.matrix_of(branch, rows.id, columns.id)
    wish = wish_of(request.GET)
    return {
        "above": [(each.id, tracing.model_title(each)) for each in above],
        "below": [(each.id, tracing.model_title(each)) for each in below],
        "rows": rows.id,
        "columns": columns.id,
        "wish": wish,
        "grid": grid(shown(whole, wish), request.GET),
        "query": request.GET.urlencode(),
    }


def _deviations(_request: HttpRequest, branch: Branch) -> dict[str, Any]:
    design, _ = branches.load(branch)
    found = [
        {
            "title": tracing.model_title(model),
            "words": said,
            "asked": [(each, tracing.line(design, design[each.about])) for each in asked[:MOST_LISTED]],
        }
        for model, said, asked in tracing.words(design)
    ]
    return {"models": [each for each in found if each["words"] or each["asked"]], "titles": deviating.TITLES}


_VIEWS = {"coverage": _coverage, "matrix": _matrix, "deviations": _deviations}


@require_GET
def matrix_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the matrix that is shown as CSV, with all its rows and columns."""
    branch = permissions.branch(request.user, public_id)
    context = _matrix(request, branch)
    if context["grid"] is None:
        raise Invalid("A matrix needs a conceptual or logical model and a physical one.")
    found = shown(tracing.matrix_of(branch, context["rows"], context["columns"]), context["wish"])
    response = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    name = f"{safe_name(branch.project.name)}-matrix.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


# One element


@require_GET
def section(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Show the trace of one element, as the inspector has it."""
    branch = permissions.branch(request.user, public_id)
    return _section(request, branch, record)


def section_context(design: Design, branch: Branch, record: Record, may_edit: bool, **more: Any) -> dict[str, Any]:
    """Return what the section draws; nothing for what has no trace: models, diagrams and what stands on them."""
    if kind_of(record) in PICTURE_KINDS or isinstance(record, Model):
        return {}
    found = tracing.section(design, record.id)
    return {
        "trace": found,
        "branch": branch,
        "may_edit": may_edit,
        "kinds": [(each, title, deviating.HELP[each]) for each, title in deviating.TITLES.items()],
        "asked_sources": [tracing.line(design, design[each]) for each in found.question.sources]
        if found.question
        else [],
        "keepers": [tracing.line(design, each) for each in deviating.keepers(design, record.id)[:30]],
        **more,
    }


def _section(request: HttpRequest, branch: Branch, record: Id, **more: Any) -> HttpResponse:
    design, _ = branches.load(branch)
    may_edit = permissions.may_edit(request.user, branch)
    context = section_context(design, branch, tracing.found(design, record), may_edit, **more)
    if not context:
        raise NotFound(tracing.GONE)
    return render(request, SECTION, context, status=422 if more.get("problem") else 200)


@require_POST
def deviate(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Mark an element as a deliberate deviation, change what is said of it, or take it back."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    said = request.POST
    by, on = display_name(request.user), timezone.localdate().isoformat()
    try:
        accepted = branches.run_command(
            request.user, branch, lambda design: _command(design, record, said, by, on), client=client_of(request)
        )
    except Invalid as refused:
        typed = {name: said.get(name, "") for name in ("reason", "kept_true_by", "sources", "kind")}
        return _section(
            request, branch, record, problem=refused.message, typed=typed, opened=said.get("deviation") or "new"
        )
    return committed(_section(request, branch, record), accepted.head)


def _command(design: Design, record: Id, said: QueryDict, by: str, on: str) -> Edit:
    action = said.get("action", "")
    if action == "take-back":
        return deviating.take_back(design, said.get("deviation", ""))
    values: dict[str, Any] = {
        "reason": said.get("reason", ""),
        "kept_true_by": said.get("kept_true_by", ""),
        "kept_by": tuple(said.getlist("kept_by")),
        "sources": _sources(design, record, said),
    }
    kind = said.get("kind", "other")
    if action == "change":
        return deviating.change(design, said.get("deviation", ""), {"deviation": kind, **values})
    return deviating.mark(design, record, kind, new_id, by=by, on=on, **values)


def _sources(design: Design, record: Id, said: QueryDict) -> tuple[Id, ...]:
    """Return what a form names as repeated, one name a line or with commas between; those of its own model first."""
    found: list[Id] = []
    model = design.model_of(design[record]) if record in design else None
    for name in said.get("sources", "").replace("\n", ",").split(","):
        if name.strip():
            meant = find(design, name.strip())
            near = [each for each in meant if design.model_of(each) == model] or meant
            if not near:
                raise Refused(f"there is nothing called {name.strip()} in this design", "sources")
            found.append(near[0].id)
    return tuple(dict.fromkeys(found))


# Impact


@require_GET
def impact(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Show what a drop, another type or another name of an element would reach; htmx gets the list alone."""
    branch = permissions.branch(request.user, public_id)
    what = request.GET.get("what", DROP)
    reached, design = tracing.impact_of(branch, record, what if what in WHATS else DROP)
    found = design[record]
    context = {
        "branch": branch,
        "project": branch.project,
        "element": tracing.line(design, found),
        "what": reached.what,
        "whats": [(each, words) for each, words in WHATS.items() if each != TYPE or kind_of(found) in TYPED],
        "heaps": tracing.heaps_of(design, reached),
        "marks": tracing.marks_of(design, reached),
        "documents": [tracing.model_title(design[each]) for each in reached.exports],  # type: ignore[arg-type]
        "drawn": [(each.id, tracing.model_title(each)) for each in tracing.drawn_models(design, reached)],
        "most": MOST_LISTED,
    }
    partial = "designer/tracing/_impact.html"
    return render(request, partial if request.headers.get("HX-Request") else "designer/tracing/impact.html", context)


@require_GET
def impact_picture(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Return the touched part of one model as a picture."""
    branch = permissions.branch(request.user, public_id)
    reached, design = tracing.impact_of(branch, record, request.GET.get("what", DROP))
    drawn = tracing.picture(design, reached, request.GET.get("model", ""), request.GET.get("theme", "light"))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
