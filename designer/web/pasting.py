"""What the clipboard asks of the server: reading pasted text, and writing selected tables as text."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from designer.services import copying, pasting, permissions
from designer.services.pasting import Prose
from designer.services.permissions import Right
from designer.web.api import accepted_as_json
from designer.web.http import client_of, json_body, json_response

_FURTHEST = 10_000_000


class PostedText(msgspec.Struct):
    """The body of `POST paste`: a text, the diagram, and where on it; `name` where the text was a file."""

    text: str
    diagram: str
    x: float = 0
    y: float = 0
    name: str = ""


class PostedChoice(msgspec.Struct):
    """The body of `POST copy`: which tables, in which format."""

    ids: list[str]
    format: str = "ddl"


@require_POST
def paste(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add what a text describes; the answer is that of a posted change, and what was made of the text."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    posted = json_body(request, PostedText)
    at = (_coordinate(posted.x), _coordinate(posted.y))
    try:
        done = pasting.paste(
            request.user, branch, posted.text, posted.diagram, at, posted.name[:200], client_of(request)
        )
    except Prose as prose:
        return json_response({"error": prose.message, "prose": True}, status=prose.status)
    about = {"format": pasting.TITLES[done.format], "made": done.made, "notes": done.notes}
    return json_response({**accepted_as_json(done.accepted, request), "pasted": about})


def _coordinate(value: float) -> int:
    return round(max(-_FURTHEST, min(_FURTHEST, value))) if value == value else 0


@require_POST
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return some tables as text."""
    branch = permissions.branch(request.user, public_id)
    posted = json_body(request, PostedChoice)
    export = copying.copied(branch, posted.ids, posted.format)
    return json_response({"text": export.text, "notes": [note.message for note in export.notes]})
