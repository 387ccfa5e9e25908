"""The findings of the rules, for the palette and the panel of the canvas."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from designer.lint import SEVERITIES, Finding
from designer.lint.registry import get
from designer.services import findings, permissions
from designer.services.permissions import Right
from designer.web.api import accepted_as_json
from designer.web.http import client_of, json_body, json_response

MOST = 2000
"""So many are sent, the worst first; nobody reads more, and the counts tell of the rest."""


class PostedFix(msgspec.Struct):
    """The body of `POST findings/fix`: which findings of which rule."""

    code: str
    about: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST)]


@require_GET
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the findings of the model `?model=`, with what their rules are about."""
    branch = permissions.branch(request.user, public_id)
    found, version = findings.of_model(branch, request.GET.get("model", ""))
    shown = found[:MOST]
    return json_response({
        "version": version,
        "counts": _counts(found),
        "rules": {code: _rule(code) for code in dict.fromkeys(each.code for each in shown)},
        "findings": [_finding(each) for each in shown],
    })  # fmt: skip


def _counts(found: list[Finding]) -> dict[str, int]:
    counted = Counter(each.severity for each in found)
    return {severity: counted[severity] for severity in SEVERITIES}


def _rule(code: str) -> dict[str, str]:
    rule = get(code)
    return {"name": rule.name, "title": rule.title, "help": rule.help}


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "about": found.about,
        "fix": found.fix.label if found.fix else None,
    }


@require_POST
def fix(request: HttpRequest, public_id: str) -> HttpResponse:
    """Settle findings; the answer is that of a posted change."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    posted = json_body(request, PostedFix)
    accepted = findings.fix(request.user, branch, posted.code, posted.about, client_of(request))
    return json_response(accepted_as_json(accepted, request))
