"""Taking edits that a branch refuses to a branch of one's own."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from designer.change import ChangeFormatError, change_decode
from designer.services import branches, keeping_edits, permissions
from designer.services.errors import Invalid
from designer.services.keeping_edits import MOST, Waiting
from designer.services.permissions import Right
from designer.web.http import client_of, json_body, json_response


class PostedEdit(msgspec.Struct):
    """An edit as the page's queue holds it."""

    key: str
    change: msgspec.Raw
    label: str = ""


class PostedEdits(msgspec.Struct):
    """The body of `POST keep`: edits in their order, and the version that the first was made on."""

    base: int
    edits: Annotated[list[PostedEdit], msgspec.Meta(min_length=1, max_length=MOST)]


@require_POST
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a branch of somebody's waiting edits; answer with its address, and what could not come along."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    posted = json_body(request, PostedEdits)
    edits = [_waiting(each) for each in posted.edits]
    kept = keeping_edits.keep(request.user, branch, posted.base, edits, client_of(request))
    address = reverse("design", args=(kept.branch.public_id,))
    return json_response({"url": address, "name": kept.branch.name, "left_out": kept.left_out})


def _waiting(posted: PostedEdit) -> Waiting:
    try:
        return Waiting(posted.key, posted.label, change_decode(bytes(posted.change)))
    except (ChangeFormatError, RecursionError) as error:
        raise Invalid(branches.sentence(str(error)[:500])) from None
