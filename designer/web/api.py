"""The HTTP API that the canvas uses; docs/architecture.md describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designer.change import ChangeFormatError, change_decode
from designer.models import Branch, LogEntry
from designer.schema.codec import encode_record
from designer.services import branches, jobs, layouts, permissions
from designer.services.branches import Accepted
from designer.services.cache import WIRE
from designer.services.errors import Denied, Invalid
from designer.services.permissions import Right
from designer.services.states import entries_since
from designer.web.gzip_parts import deflated, gzipped
from designer.web.http import client_of, json_body, json_response, takes_gzip

FAR = 500
"""Who is so many versions behind loads the design anew; that is less to send and less to do."""


class PostedChange(msgspec.Struct):
    """The body of `POST changes`."""

    base: int
    key: str
    change: msgspec.Raw
    label: str = ""


class ArrangeOptions(msgspec.Struct, frozen=True):
    """What else may be wanted of a layout."""

    new_areas: Literal["none", "schema", "connected"] = "none"


class PostedArrange(msgspec.Struct):
    """The body of `POST arrange`: which diagram to lay out again, how, and what of it."""

    diagram: str
    style: Literal["left-right", "top-down", "compact", "areas"] = "left-right"
    scope: Literal["all", "selection", "new"] = "all"
    elements: Annotated[list[str], msgspec.Meta(max_length=layouts.MOST_NAMED)] | None = None
    options: ArrangeOptions = ArrangeOptions()


@require_GET
def design(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the whole design at its head. The records are encoded once a version, whoever asks."""
    branch = permissions.branch(request.user, public_id)
    may_edit = permissions.may_edit(request.user, branch)
    zipped = takes_gzip(request)
    tag = f'W/"{branch.public_id}-{branch.head}-{int(may_edit)}-{int(zipped)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    plain, packed = _records(branch)
    head = _head(branch, may_edit)
    body = gzipped(head, plain, packed) if zipped else head + plain
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _head(branch: Branch, may_edit: bool) -> bytes:
    """The part of the answer that depends on who asks."""
    about = {"branch": branch.public_id, "version": branch.head, "name": branch.project.name, "can_edit": may_edit}
    return msgspec.json.encode(about)[:-1] + b',"records":'


def _records(branch: Branch) -> tuple[bytes, bytes]:
    kept = WIRE.get(branch.public_id, branch.head)
    if kept is None:
        found, _ = branches.load(branch, branch.head)
        plain = b"[" + b",\n".join(map(encode_record, found.records())) + b"]}"
        kept = plain, deflated(plain)
        WIRE.put(branch.public_id, branch.head, kept, len(plain) + len(kept[1]))
    return kept


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET what was accepted since a version; POST a change."""
    if request.method == "POST":
        return _post_change(request, public_id)
    branch = permissions.branch(request.user, public_id)
    since = request.GET.get("since", "")
    if not since.isdecimal() or len(since) > 9:
        raise Invalid("Say since which version, as a whole number: ?since=12.")
    answer: dict[str, Any]
    if branch.head - int(since) > FAR:
        answer = {"version": branch.head, "entries": [], "far": True}
    else:
        entries = entries_since(branch, int(since))
        version = entries[-1].version if entries else branch.head
        answer = {"version": version, "entries": [_entry(each, request) for each in entries]}
    if "token" in request.GET:  # for a page whose visitor has logged in anew since it was opened
        answer["csrf"] = get_token(request)
    return json_response(answer)


def _post_change(request: HttpRequest, public_id: str) -> HttpResponse:
    _same_person(request)
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    posted = json_body(request, PostedChange)
    try:
        change = change_decode(bytes(posted.change))
    except (ChangeFormatError, RecursionError) as error:
        raise Invalid(branches.sentence(str(error)[:500])) from None
    accepted = branches.commit(request.user, branch, posted.base, change, posted.label, posted.key, client_of(request))
    return json_response(accepted_as_json(accepted, request))


def _same_person(request: HttpRequest) -> None:
    """Raise where a page posts the edits of one person and somebody else has logged in since in the same browser."""
    said = request.headers.get("X-Wholekey-User", "")
    if said and request.user.is_authenticated and said != str(request.user.pk):
        name = branches.display_name(request.user)
        raise Denied(f"You are signed in as {name} now; sign in as before, or load the page again.")


def accepted_as_json(accepted: Accepted, request: HttpRequest) -> dict[str, Any]:
    """Return what came of a commit, as the canvas reads it."""
    return {
        "version": accepted.head,
        "accepted": accepted.version,
        "entries": [_entry(each, request) for each in accepted.entries],
        "notes": [{"code": note.code, "about": note.about, "message": note.message} for note in accepted.notes],
    }


def _entry(entry: LogEntry, request: HttpRequest) -> dict[str, Any]:
    return {
        "version": entry.version,
        "key": entry.key,
        "author": entry.author_name,
        "label": entry.label,
        "time": entry.time.isoformat(),
        "mine": bool(entry.client) and entry.client == client_of(request) and entry.author_id == request.user.pk,
        "change": msgspec.Raw(entry.change.encode()),
    }


@require_POST
def arrange(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lay a diagram out again. The answer is that of a posted change, or 202 and the address of a job."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    posted = json_body(request, PostedArrange)
    elements = None if posted.elements is None else tuple(posted.elements)
    wish = layouts.Wish(posted.diagram, posted.style, posted.scope, elements, posted.options.new_areas)
    if layouts.is_large(branch, wish):
        job = layouts.start(request.user, branch, wish, client_of(request))
        return json_response({"job": reverse("api-arranging", args=[branch.public_id, job.public_id])}, 202)
    return json_response(accepted_as_json(layouts.arrange(request.user, branch, wish, client_of(request)), request))


@require_http_methods(["GET", "POST"])
def arranging(request: HttpRequest, public_id: str, job: str) -> HttpResponse:
    """Tell how far a layout is; POST cancels it. A finished one tells the `version` of its change."""
    permissions.branch(request.user, public_id)
    found = (jobs.cancel if request.method == "POST" else jobs.find)(request.user, job)
    about = {"state": found.state, "fraction": found.fraction, "message": found.message}
    return json_response({**about, **(jobs.result_of(found) if found.state == found.State.DONE else {})})
