"""The page of a design: the canvas and what stands round it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from designer.models import Branch
from designer.schema import Design, Diagram, Model, first_physical, models
from designer.services import branches, permissions
from designer.services.branches import display_name
from designer.services.permissions import Right

ID_PLACEHOLDER = "__id__"
"""Stands for a record's id in the addresses that the canvas gets."""


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the canvas."""
    branch = permissions.branch(request.user, public_id)
    may_edit = permissions.may_edit(request.user, branch)
    design, _ = branches.load(branch)
    diagrams = diagram_choices(design)
    context = {
        "branch": branch,
        "project": branch.project,
        "may_edit": may_edit,
        "diagrams": diagrams,
        "boot": _boot(request, branch, may_edit, _chosen_diagram(design, request.GET.get("diagram", ""))),
    }
    return render(request, "designer/design.html", context)


def diagram_choices(design: Design) -> list[tuple[Model, list[Diagram]]]:
    """Return each model with its diagrams, in order."""
    return [(model, design.of(Diagram, model.id)) for model in models(design)]


def _chosen_diagram(design: Design, wanted: str) -> str | None:
    if isinstance(design.get(wanted), Diagram):
        return wanted
    physical = first_physical(design)
    ordered = ([physical] if physical else []) + models(design)
    return next((diagram.id for model in ordered for diagram in design.of(Diagram, model.id)), None)


def _boot(request: HttpRequest, branch: Branch, may_edit: bool, diagram: str | None) -> dict[str, Any]:
    user = request.user
    return {
        "branch": branch.public_id,
        "user": {"id": user.pk, "name": display_name(user)},
        "csrf": get_token(request),
        "urls": urls(branch),
        "can_edit": may_edit,
        "can_comment": (permissions.right_of(user, branch.project) or Right.VIEW) >= Right.COMMENT,
        "diagram": diagram,
        "source": branch.source.name if branch.source else "",
    }


def urls(branch: Branch) -> dict[str, str]:
    """Return the addresses that the canvas may call."""
    here = (branch.public_id,)
    return {
        "design": reverse("api-design", args=here),
        "changes": reverse("api-changes", args=here),
        "stream": reverse("api-stream", args=here),
        "presence": reverse("api-presence", args=here),
        "keep": reverse("api-keep", args=here),
        "login": reverse("login"),
        "arrange": reverse("api-arrange", args=here),
        "paste": reverse("api-paste", args=here),
        "copy": reverse("api-copy", args=here),
        "findings": reverse("api-findings", args=here),
        "findings_fix": reverse("api-findings-fix", args=here),
        "normalization_states": reverse("api-normalization", args=here),
        "normalization": reverse("normalization", args=(*here, ID_PLACEHOLDER)),
        "levels": reverse("levels", args=here),
        "levels_states": reverse("api-levels", args=here),
        "levels_derive": reverse("levels-derive", args=here),
        "levels_update": reverse("levels-update", args=here),
        "levels_element": reverse("api-levels-element", args=here),
        "reviewing": reverse("reviewing", args=here),
        "reviewing_states": reverse("api-reviewing", args=here),
        "touched": reverse("api-touched", args=here),
        "words": reverse("words", args=here),
        "inspector": reverse("inspector", args=(*here, ID_PLACEHOLDER)),
        "overview": reverse("inspector-overview", args=here),
        "selection": reverse("inspector-selection", args=here),
        "talk": reverse("api-talk", args=here),
        "talk_new": reverse("talk-new", args=here),
        "talk_people": reverse("api-talk-people", args=here),
        "talk_thread": reverse("talk-thread", args=(*here, 0)),
        "history": reverse("history", args=here),
        "timeline": reverse("timeline", args=here),
        "releases": reverse("releases", args=here),
        "past": reverse("past", args=here),
        "past_log": reverse("api-past-log", args=here),
        "past_steps": reverse("api-past-steps", args=here),
        "past_records": reverse("api-past-records", args=here),
        "past_act": reverse("past-act", args=here),
        "versions": reverse("versions", args=here),
        "tracing": reverse("tracing", args=here),
        "impact": reverse("impact", args=(*here, ID_PLACEHOLDER)),
        "export": reverse("export", args=here),
        "picture": reverse("export-picture", args=here),
        "import": reverse("import-into", args=here),
        "help": reverse("help"),
        "projects": reverse("projects"),
        "samples": reverse("samples"),
    }
