"""The inspector: panels that show everything of what is selected, and change it field by field."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designer.commands import Refused
from designer.models import Branch
from designer.schema import Design, Diagram, Id, first_physical, models
from designer.services import branches, leveling_elements, permissions
from designer.services.branches import sentence
from designer.services.errors import Invalid
from designer.services.permissions import Right
from designer.web import inspector_edits, inspector_many
from designer.web.http import client_of, committed
from designer.web.inspector_fields import Mistake
from designer.web.inspector_panels import Looking, panel
from designer.web.inspector_panels import overview as overview_of
from designer.web.tracing import section_context

SELECTION_LIMIT = 5000


@require_GET
def overview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the model, when nothing is selected; `?diagram=` says which diagram is open."""
    branch = permissions.branch(request.user, public_id)
    return _overview(request, branch, *_looked_at(request, branch))


def _looked_at(request: HttpRequest, branch: Branch) -> tuple[Design, bool]:
    """Return the design as it is and whether the user may edit it, or an older `version`, which nobody edits."""
    given = request.POST if request.method == "POST" else request.GET
    version = given.get("version", "")
    if not version:
        return branches.load(branch)[0], permissions.may_edit(request.user, branch)
    if not (version.isascii() and version.isdecimal() and len(version) < 18):
        raise Invalid("A version is a number.")
    return branches.load(branch, int(version))[0], False


def _overview(request: HttpRequest, branch: Branch, design: Design, may_edit: bool) -> HttpResponse:
    diagram = design.get(request.GET.get("diagram", ""))
    model = design.model_of(diagram) if isinstance(diagram, Diagram) else first_physical(design)
    context = {
        **overview_of(design, model or next(iter(models(design)), None)),
        "branch": branch,
        "may_edit": may_edit,
    }
    return render(request, "designer/partials/_inspector_overview.html", context)


@require_GET
def show(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Show one record."""
    branch = permissions.branch(request.user, public_id)
    return _shown(request, branch, record)


def _shown(request: HttpRequest, branch: Branch, record: Id, mistake: Mistake | None = None) -> HttpResponse:
    design, may_edit = _looked_at(request, branch)
    found = design.get(record)
    if found is None:
        return _overview(request, branch, design, may_edit)
    given = request.POST if request.method == "POST" else request.GET
    opened = frozenset(each for listed in given.getlist("open") for each in listed.split(","))
    if mistake is None:
        opened -= {given.get("action", "")}  # the form that has just added something is done
    template, context = panel(Looking(design, opened, mistake), found)
    context |= {
        "branch": branch,
        "may_edit": may_edit,
        "mistake": mistake,
        "story": leveling_elements.story(design, context["record"]),
    }
    context = {**section_context(design, branch, found, context["may_edit"]), **context}
    return render(request, template, context, status=422 if mistake else 200)


@require_POST
def edit(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Do one action on a record, and show again what was being looked at (`shown`)."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    looked_at = request.POST.get("shown") or record
    try:
        command = inspector_edits.command(record, request.POST)
        accepted = branches.run_command(request.user, branch, command, client=client_of(request))
    except Refused as refused:
        return _shown(request, branch, looked_at, _mistake(request, record, refused.message))
    except Invalid as invalid:
        return _shown(request, branch, looked_at, _mistake(request, record, invalid.message))
    return committed(_shown(request, branch, looked_at), accepted.head)


def _mistake(request: HttpRequest, record: Id, message: str) -> Mistake:
    """Return the mistake at the field that was being edited, or at the form that adds something."""
    action = request.POST.get("action", "set")
    where = request.POST.get("field", "") if action == "set" else action if action.startswith("add-") else ""
    return Mistake(
        record, where or ("schema" if action == "set-schema" else ""), request.POST.get("value", ""), sentence(message)
    )


@require_http_methods(["GET", "POST"])
def selection(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what several selected records have in common; POST does one action on all of them.

    A selection may be too long for an address, so the action `show` looks by POST and changes nothing.
    """
    given = request.POST if request.method == "POST" else request.GET
    looking = request.method == "GET" or given.get("action") == "show"
    branch = permissions.branch(request.user, public_id, Right.VIEW if looking else Right.EDIT)
    ids = [each for each in given.get("ids", "").split(",") if each][:SELECTION_LIMIT]
    if looking:
        return _selection(request, branch, ids)
    try:
        accepted = branches.run_command(
            request.user, branch, inspector_many.command(ids, request.POST), client=client_of(request)
        )
    except (Refused, Invalid) as refused:
        return _selection(request, branch, ids, _refusal(request, refused.message))
    return committed(_selection(request, branch, ids), accepted.head)


def _refusal(request: HttpRequest, message: str) -> inspector_many.Refusal:
    action = request.POST.get("action", "")
    where = request.POST.get("field", "") if action == "set" else action
    return inspector_many.Refusal(where, request.POST.get("value", ""), sentence(message))


def _selection(
    request: HttpRequest, branch: Branch, ids: list[Id], refusal: inspector_many.Refusal | None = None
) -> HttpResponse:
    design, may_edit = _looked_at(request, branch)
    found = [design[each] for each in ids if each in design]
    if not found:
        return _overview(request, branch, design, may_edit)
    given = request.POST if request.method == "POST" else request.GET
    context = {
        **inspector_many.panel(design, found, given.get("diagram", ""), refusal),
        "branch": branch,
        "may_edit": may_edit,
        "action": reverse("inspector-selection", args=[branch.public_id]),
    }
    return render(request, "designer/partials/_inspector_selection.html", context, status=422 if refusal else 200)
