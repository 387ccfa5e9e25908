"""What the canvas asks for while somebody travels in time."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from designer.models import Branch
from designer.schema.codec import encode_record
from designer.services import permissions, travelling
from designer.services.errors import Invalid
from designer.services.permissions import Right
from designer.web.http import takes_gzip


@require_GET
def bar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the slider with its buttons."""
    branch = permissions.branch(request.user, public_id)
    held = permissions.right_of(request.user, branch.project)
    return render(
        request,
        "designer/history/_travel.html",
        {"branch": branch, "may_edit": held is not None and held >= Right.EDIT},
    )


@require_GET
def log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return what the slider says of each version: `[version, author, label, seconds]`, and where its marks are."""
    branch = permissions.branch(request.user, public_id)
    told = {"head": branch.head, "versions": travelling.versions(branch), "marks": travelling.marks(branch)}
    return _packed(request, msgspec.json.encode(told))


@require_GET
def steps(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the changes that made the versions from `?first=` up to `?last=`, as many as a page holds."""
    branch = permissions.branch(request.user, public_id)
    found = travelling.steps(branch, _number(request, "first"), _number(request, "last"))
    return _packed(request, _list(_step(version, text) for version, text in found))


def _step(version: int, text: str | None) -> bytes:
    change = text.encode() if text is not None else b"null"
    return b'{"version":%d,"change":%b}' % (version, change)


@require_GET
def past(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the records of the design as it was at `?version=`."""
    branch: Branch = permissions.branch(request.user, public_id)
    design = travelling.past(branch, _number(request, "version"))
    return _packed(request, _list(encode_record(each) for each in design.records()))


def _list(parts: Iterable[bytes]) -> bytes:
    return b"[" + b",\n".join(parts) + b"]"


def _packed(request: HttpRequest, body: bytes) -> HttpResponse:
    zipped = takes_gzip(request)
    response = HttpResponse(gzip.compress(body, 1) if zipped else body, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Invalid(f"Say {name} as a whole number.")
    return int(text)
