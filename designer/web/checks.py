"""The checks of a change request as a part of its page, what can be done about them, and the rules of a project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from designer.lint.conventions import KINDS
from designer.models import Branch, ChangeRequest
from designer.services import check_people, check_preview, check_proof, check_rules, checks, permissions, requests
from designer.services.check_contract import RUNNING, Check
from designer.services.check_rules import Rules
from designer.services.errors import Invalid, ServiceError
from designer.services.permissions import Right

PARTIAL = "designer/requests/_checks.html"
RULES = "designer/requests/rules.html"
PREVIEW = "designer/requests/_rules_preview.html"
_KINDS = {
    "table": "Tables", "view": "Views", "column": "Columns", "primary": "Primary keys", "unique": "Unique keys",
    "foreign": "Foreign keys", "index": "Indexes", "check": "Checks and exclusions",
}  # fmt: skip


@require_GET
def listed(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show the checks of a request, as they are now."""
    branch = permissions.branch(request.user, public_id)
    return _shown(request, branch, requests.find(request.user, branch, number))


@require_POST
def act(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Do something about a check: run the proof or stop it, take a hazard or give it back, put names right."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT)
    found = requests.find(request.user, branch, number)
    do = _ACTS.get(request.POST.get("do", ""))
    try:
        if do is None:
            raise Invalid("Choose what to do about the check.")
        do(request, found)
    except ServiceError as error:
        return _shown(request, branch, found, error.message)
    if request.POST["do"] == "fix":  # which edits: all of the page is of before
        return HttpResponseClientRefresh()
    return _shown(request, branch, requests.find(request.user, branch, number), changed=True)


def _prove(request: HttpRequest, found: ChangeRequest) -> None:
    if not check_proof.is_running(found):  # the page asks by itself, and so may another one
        check_proof.start(request.user, found)


def _stop(request: HttpRequest, found: ChangeRequest) -> None:
    check_proof.stop(request.user, found)


def _take(request: HttpRequest, found: ChangeRequest) -> None:
    check_people.take(request.user, found, request.POST.get("hazard", ""), request.POST.get("reason", ""))


def _give_back(request: HttpRequest, found: ChangeRequest) -> None:
    check_people.give_back(request.user, found, request.POST.get("hazard", ""))


def _fix(request: HttpRequest, found: ChangeRequest) -> None:
    checks.fix_names(request.user, found, request.POST.getlist("element"))


_ACTS: dict[str, Callable[[HttpRequest, ChangeRequest], None]] = {
    "prove": _prove,
    "stop": _stop,
    "take": _take,
    "give_back": _give_back,
    "fix": _fix,
}


def _shown(
    request: HttpRequest, branch: Branch, found: ChangeRequest, problem: str = "", *, changed: bool = False
) -> HttpResponse:
    standing = requests.standing(found)
    held = permissions.right_of(request.user, found.project) or Right.VIEW
    context = {
        "branch": branch,
        "request_": found,
        "checks": standing.checks,
        "problem": problem,
        "may_comment": held >= Right.COMMENT and request.user.is_authenticated,
        "may_edit": held >= Right.EDIT,
        "refreshes": changed or _has_ended(request, standing.checks),
    }
    return render(request, PARTIAL, context, status=422 if problem else 200)


def _has_ended(request: HttpRequest, found: tuple[Check, ...]) -> bool:
    """Say whether the page was waiting for a proof that has ended, so that the rest of it is of before."""
    return "waits" in request.GET and all(each.state != RUNNING for each in found)


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show and set what a merge needs in this project; a preset fills in the form and is not kept yet."""
    branch = permissions.branch(request.user, public_id, Right.MANAGE)
    problem = ""
    shown = checks.rules_of(branch.project)
    if request.method == "POST":
        try:
            checks.set_rules(request.user, branch.project, request.POST)
        except Invalid as error:
            problem = error.message
        else:
            return _go(request, reverse("requests", args=[public_id]))
        if request.headers.get("HX-Request"):
            return render(request, PREVIEW, {"branch": branch, "problem": problem}, status=422)
    preset = request.GET.get("preset", "")
    if preset in check_rules.PRESETS:
        shown = msgspec.structs.replace(check_rules.PRESETS[preset][2], areas=shown.areas)
    context = _form(branch, shown) | {"problem": problem, "preset": preset}
    return render(request, RULES, context | _today(branch, shown), status=422 if problem else 200)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


@require_POST
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the rules of the form would do today, without keeping them."""
    branch = permissions.branch(request.user, public_id, Right.MANAGE)
    try:
        wished = check_rules.read(branch.project, request.POST)
    except Invalid as error:
        return render(request, PREVIEW, {"branch": branch, "problem": error.message}, status=422)
    return render(request, PREVIEW, {"branch": branch} | _today(branch, wished))


def _today(branch: Branch, wished: Rules) -> dict[str, Any]:
    return {"waiting": check_preview.waiting(branch, wished), "names": check_preview.names(branch, wished)}


def _form(branch: Branch, shown: Rules) -> dict[str, Any]:
    agreed = shown.convention
    return {
        "branch": branch,
        "project": branch.project,
        "rules": shown,
        "presets": [(key, title, text) for key, (title, text, _) in check_rules.PRESETS.items()],
        "forms": [each for each in check_rules.FORMS if each],
        "groups": check_preview.groups(branch, shown.never),
        "defined": check_rules.DEFINED,
        "governed": check_rules.GOVERNED,
        "areas": check_rules.areas_text(branch.project, shown),
        "shapes": [(kind, _KINDS[kind], agreed.shape(kind)) for kind in KINDS],
        "words": " ".join(agreed.words),
        "flags": " ".join(agreed.flags),
    }
