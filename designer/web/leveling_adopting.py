"""Adopting a model, and what is done to single elements: promoted, or given back."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from designer.commands import Refused
from designer.levels.contract import Note
from designer.schema import Design, Id, Model
from designer.services import branches, leveling_adopting, leveling_elements, permissions
from designer.services.branches import sentence
from designer.services.errors import Invalid
from designer.services.leveling import LEVELS
from designer.services.leveling_adopting import Adoption
from designer.services.permissions import Right
from designer.web.api import accepted_as_json
from designer.web.http import client_of, committed, json_body, json_response
from designer.web.leveling import noted, overview_of, shown_panel, uppers
from designer.web.leveling_tree import name_of

MOST = 2000


class PostedElements(msgspec.Struct):
    """The body of `POST levels/element`: what is done with which records; `field` narrows it to one of theirs."""

    action: str
    ids: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST)]
    field: str = ""


@require_POST
def element(request: HttpRequest, public_id: str) -> HttpResponse:
    """Promote elements or give them back; the answer is that of a posted change."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    posted = json_body(request, PostedElements)
    ids = list(dict.fromkeys(posted.ids))
    accepted = leveling_elements.act(request.user, branch, posted.action, ids, posted.field, client_of(request))
    return json_response(accepted_as_json(accepted, request))


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what an adoption would match; POST shows it for another model above, or adopts."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    given = request.POST if request.method == "POST" else request.GET
    design, _ = branches.load(branch)
    model = design.get(given.get("model", ""))
    above = [each for each in uppers(design) if isinstance(model, Model) and _is_above(each, model)]
    if not isinstance(model, Model) or not above:
        return overview_of(request, branch, problem="There is no model above that this one could be derived from.")
    source = next((each.id for each in above if each.id == given.get("source")), above[-1].id)
    wish = Adoption(model.id, source, by_names="looked" not in given or bool(given.get("by_names")))
    context = {
        "view": "adopt", "title": f"Adopt {name_of(model)}", "body": "designer/levels/_adopt.html",
        "model": model, "model_name": name_of(model), "uppers": above, "source": source, "by_names": wish.by_names,
    }  # fmt: skip
    try:
        if given.get("action") == "adopt":
            accepted = leveling_adopting.adopt(request.user, branch, wish, client_of(request))
            said = f"{name_of(model)} is adopted: from now on changes above are offered to it."
            return committed(overview_of(request, branch, said=said), accepted.head)
        edit = leveling_adopting.adoption(request.user, branch, wish)
        context |= {"found": leveling_adopting.matched(design, edit.change)}
        context |= noted(Note(each.code, _id(design, each.about), sentence(each.message)) for each in edit.notes)
    except Refused as refused:
        context["problem"] = sentence(refused.message)
    except Invalid as invalid:
        context["problem"] = invalid.message
    return shown_panel(request, branch, context)


def _is_above(upper: Model, model: Model) -> bool:
    return LEVELS.index(upper.level) < LEVELS.index(model.level)


def _id(design: Design, about: Id | None) -> Id | None:
    return about if about in design else None
