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
OF_THE_BRANCH = {
    "design": "api-design",
    "changes": "api-changes",
    "stream": "api-stream",
    "presence": "api-presence",
    "keep": "api-keep",
    "arrange": "api-arrange",
    "paste": "api-paste",
    "copy": "api-copy",
    "findings": "api-findings",
    "findings_fix": "api-findings-fix",
    "normalization_states": "api-normalization",
    "levels": "levels",
    "levels_states": "api-levels",
    "levels_derive": "levels-derive",
    "levels_update": "levels-update",
    "levels_element": "api-levels-element",
    "reviewing": "reviewing",
    "reviewing_states": "api-reviewing",
    "touched": "api-touched",
    "words": "words",
    "overview": "inspector-overview",
    "selection": "inspector-selection",
    "talk": "api-talk",
    "talk_new": "talk-new",
    "talk_people": "api-talk-people",
    "history": "history",
    "timeline": "timeline",
    "releases": "releases",
    "past": "past",
    "past_log": "api-past-log",
    "past_steps": "api-past-steps",
    "past_records": "api-past-records",
    "past_act": "past-act",
    "versions": "versions",
    "tracing": "tracing",
    "export": "export",
    "picture": "export-picture",
    "import": "import-into",
}
"""The addresses that the canvas may call, and the names of their routes."""
OF_AN_ELEMENT = {
    "normalization": "normalization",
    "inspector": "inspector",
    "impact": "impact",
}
"""Those with the id of a record in them."""
OF_EVERYBODY = {
    "login": "login",
    "help": "help",
    "projects": "projects",
    "samples": "samples",
}
"""Those of no branch."""


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
    here = branch.public_id
    return {
        **{key: reverse(name, args=[here]) for key, name in OF_THE_BRANCH.items()},
        **{key: reverse(name, args=[here, ID_PLACEHOLDER]) for key, name in OF_AN_ELEMENT.items()},
        **{key: reverse(name) for key, name in OF_EVERYBODY.items()},
        "talk_thread": reverse("talk-thread", args=[here, 0]),
    }
