"""The panel of levels: the models of a design, deriving one, updating those behind, and the settings of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designer.change import change_encode
from designer.commands import Edit, Refused
from designer.levels.contract import Note
from designer.models import Branch
from designer.schema import Derivation, Design, Id, Model, models
from designer.services import branches, leveling, leveling_updates, permissions
from designer.services.branches import sentence
from designer.services.errors import Invalid
from designer.services.leveling import Standing
from designer.services.leveling_updates import Updating
from designer.services.permissions import Right
from designer.services.words import counted
from designer.web import leveling_derive, leveling_settings, leveling_update
from designer.web.http import client_of, committed, json_response
from designer.web.leveling_tree import behind_in_words, tree

PANEL = "designer/levels/_panel.html"
MOST_NOTES = 200
MEANWHILE = "The design was edited meanwhile; look at what the update does now, and apply it again."
GONE = "This model is not derived from another any more; somebody may have ended that."


@require_GET
def states(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return which models are behind, with a word for each and a sentence for all."""
    branch = permissions.branch(request.user, public_id)
    found, version = leveling.standings(branch)
    late = leveling.behind(found)
    design, _ = branches.load(branch, version)
    return json_response({
        "version": version,
        "behind": len(late),
        "words": behind_in_words(design, found),
        "models": {each.model.id: _word(each) for each in late},
    })  # fmt: skip


def _word(standing: Standing) -> str:
    if standing.conflicts:
        return f"{standing.conflicts} to decide"
    return f"{counted(standing.changes, 'change')} above"


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the models by level; POST begins a concept map."""
    branch = permissions.branch(request.user, public_id, Right.VIEW if request.method == "GET" else Right.EDIT)
    if request.method == "GET":
        return overview_of(request, branch)
    accepted, diagram = leveling.begin(request.user, branch, client_of(request))
    said = "A concept map is begun; draw what the design is about, then derive from it."
    return committed(overview_of(request, branch, said=said, made=diagram), accepted.head)


def overview_of(request: HttpRequest, branch: Branch, **more: Any) -> HttpResponse:
    """Draw the list of models; a `problem` makes it a 422."""
    found, _ = leveling.standings(branch)
    design, _ = branches.load(branch)
    shown = (request.POST if request.method == "POST" else request.GET).get("shown", "")
    context = {
        "view": "overview", "title": "Levels", "body": "designer/levels/_overview.html",
        "tree": tree(design, found, more.get("made") or shown),
        "behind": leveling.behind(found),
        "words": behind_in_words(design, found),
        "derived": any(each.derivation for each in found),
        "uppers": uppers(design),
        **more,
    }  # fmt: skip
    return shown_panel(request, branch, context)


def uppers(design: Design) -> list[Model]:
    """Return the models that others can be derived from, conceptual ones first."""
    found = [each for each in models(design) if each.level != leveling.LEVELS[-1]]
    return sorted(found, key=lambda each: leveling.LEVELS.index(each.level))


def shown_panel(request: HttpRequest, branch: Branch, context: dict[str, Any]) -> HttpResponse:
    """Draw the panel with its addresses."""
    here = [branch.public_id]
    whole = {
        "overview": reverse("levels", args=here),
        "derive": reverse("levels-derive", args=here),
        "update": reverse("levels-update", args=here),
        "settings": reverse("levels-settings", args=here),
        "adopt": reverse("levels-adopt", args=here),
        "picture": reverse("levels-picture", args=here),
        "self": request.get_full_path() if request.method == "GET" else reverse("levels", args=here),
        "version": branches.load(branch)[1],
        "may_edit": permissions.may_edit(request.user, branch),
        "made": None,
        **context,
    }
    return render(request, PANEL, whole, status=422 if context.get("problem") else 200)


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes of one kind: the first is read, the others unfold."""

    first: Note
    others: tuple[Note, ...]


def noted(notes: Iterable[Note]) -> dict[str, Any]:
    """Return the notes that are shown, each once and by kind, with how many there are besides."""
    found = [replace(each, text=sentence(each.text)) for each in dict.fromkeys(notes)]
    by_code: dict[str, list[Note]] = {}
    for each in found[:MOST_NOTES]:
        by_code.setdefault(each.code, []).append(each)
    shown = [Notes(each[0], tuple(each[1:])) for each in by_code.values()]
    return {"notes": shown, "more_notes": max(0, len(found) - MOST_NOTES)}


@require_http_methods(["GET", "POST"])
def derive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form that derives a model; POST draws it anew, shows what it would make, or makes it."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    design, _ = branches.load(branch)
    if not uppers(design):
        return overview_of(request, branch)
    given = request.POST if request.method == "POST" else request.GET
    action = given.get("action", "look")
    wish = leveling_derive.wish_of(design, given, uppers(design)[0].id)
    try:
        if action == "make":
            accepted, diagram = leveling.derive(request.user, branch, wish, client_of(request))
            said = "The model is made and shown; from now on changes above are offered to it."
            return committed(overview_of(request, branch, said=said, made=diagram), accepted.head)
        result = leveling.outcome(branch, wish)
        context = leveling_derive.context(design, wish, given, uppers(design))
        if action == "preview":
            context |= leveling_derive.preview(wish)
        context |= {"counts": leveling.counts(result), **noted(result.notes)}
    except Refused as refused:
        context = leveling_derive.context(design, wish, given, uppers(design)) | {"problem": sentence(refused.message)}
    except Invalid as invalid:
        context = leveling_derive.context(design, wish, given, uppers(design)) | {"problem": invalid.message}
    return shown_panel(request, branch, context)


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what changes above bring to the models below; POST draws it with other decisions, or brings them."""
    given = request.POST if request.method == "POST" else request.GET
    branch = permissions.branch(request.user, public_id, Right.EDIT if request.method == "POST" else Right.VIEW)
    plan = leveling_update.plan_of(branch, given)
    problem = ""
    if given.get("action") == "apply" and given.get("seen") != str(branches.load(branch)[1]):
        problem = MEANWHILE
    elif given.get("action") == "apply" and plan.updates:
        try:
            accepted = leveling_updates.update(request.user, branch, plan, client_of(request))
            said, diagram = leveling_update.said(plan), given.get("shown", "")
            return committed(overview_of(request, branch, said=said, made=diagram), accepted.head)
        except Invalid as invalid:
            problem = invalid.message
    shown = {"view": "update", "title": "Update", "fields": [], "problem": problem}
    return _updating(request, branch, "levels-update", plan, shown)


def _updating(request: HttpRequest, branch: Branch, action: str, plan: Updating, more: dict[str, Any]) -> HttpResponse:
    context = {
        "body": "designer/levels/_update.html",
        "action": reverse(action, args=[branch.public_id]),
        **leveling_update.context(plan), **noted(plan.notes), **more,
    }  # fmt: skip
    return shown_panel(request, branch, context)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how a model is derived; POST draws the form anew, shows what other settings would do, or sets them."""
    given = request.POST if request.method == "POST" else request.GET
    branch = permissions.branch(request.user, public_id, Right.EDIT if request.method == "POST" else Right.VIEW)
    design, _ = branches.load(branch)
    derivation = design.get(given.get("derivation", ""))
    if not isinstance(derivation, Derivation) or not isinstance(design.get(derivation.source or ""), Model):
        return overview_of(request, branch, problem=GONE)
    action, problem = given.get("action", ""), ""
    if action == "release":
        accepted = leveling_updates.release(request.user, branch, derivation.id, client_of(request))
        return committed(overview_of(request, branch, said="The model stands for itself now."), accepted.head)
    wish = leveling_settings.wish_of(design, derivation, given)
    change = leveling_settings.otherwise(design, derivation, wish, given)
    try:
        if action in ("preview", "apply") or (action == "look" and "looked" in given):
            plan = leveling_updates.resetting(design, change, leveling_update.sides_of(given))
            if action == "apply":
                accepted = leveling_updates.set_otherwise(request.user, branch, change, plan, client_of(request))
                return committed(overview_of(request, branch, said=leveling_update.said(plan)), accepted.head)
            shown = leveling_settings.preview(derivation, wish, change, plan)
            return _updating(request, branch, "levels-settings", plan, shown)
    except Refused as refused:
        problem = sentence(refused.message)
    except Invalid as invalid:
        problem = invalid.message
    context = leveling_settings.context(design, derivation, wish, change, given)
    return shown_panel(request, branch, {**context, "problem": problem})


@require_POST
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the change that a form is about, for the canvas; nothing is made."""
    branch = permissions.branch(request.user, public_id)
    design, version = branches.load(branch)
    try:
        edit, diagram, conflicts = _pictured(request, branch, design)
    except Refused as refused:
        raise Invalid(sentence(refused.message)) from None
    change = msgspec.Raw(change_encode(edit.change))
    return json_response({"version": version, "change": change, "diagram": diagram, "conflicts": conflicts})


def _pictured(request: HttpRequest, branch: Branch, design: Design) -> tuple[Edit, Id, list[Id]]:
    """Return an edit that nobody has made yet, the diagram to look at, and what is marked on it as a conflict."""
    given = request.POST
    about = given.get("about", "")
    if about == "derive" and uppers(design):
        wish = leveling_derive.wish_of(design, given, uppers(design)[0].id)
        edit = leveling.derived(request.user, branch, wish)
        return edit, leveling.first_diagram_in(edit.change), []
    derivation = design.get(given.get("derivation", ""))
    if about == "settings" and isinstance(derivation, Derivation):
        wanted = leveling_settings.wish_of(design, derivation, given)
        change = leveling_settings.otherwise(design, derivation, wanted, given)
        plan = leveling_updates.resetting(design, change, leveling_update.sides_of(given))
        edit = leveling_updates.reset_edit(request.user, branch, change, plan)
    elif about == "update":
        plan = leveling_update.plan_of(branch, given)
        edit = leveling_updates.updated(request.user, branch, plan)
    else:
        raise Invalid("There is nothing to show; open the panel again.")
    return edit, leveling_update.first_diagram(plan, given.get("shown", "")), leveling_update.marked(plan)
