"""Rows in the panel of normalisation: an upload, pasted rows or a live table, and proposals from what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from designer.commands import Edit, Refused
from designer.commands.foreign_keys import add_foreign_key
from designer.dependencies import stating
from designer.dependencies.columns import owner_of
from designer.dependencies.known import Known
from designer.dependencies.stating import Proposal
from designer.discovery.contract import Wish
from designer.models import Branch, Job
from designer.schema import Design, Id, Record, new_id
from designer.services import connecting, discovering
from designer.services.discovering import Kept, Proposed
from designer.services.permissions import AnyUser
from designer.web.normalizing_edits import Command

LEAST = 0.5
"""The share of rows that a found dependency repeats at least; below it most of what is found is chance."""
MOST_KEYS = 6
MOST_NAMED = 8
MOST_REFERENCES = 12


def start(user: AnyUser, branch: Branch, record: Id, request: HttpRequest) -> Job:
    """Start the job that a form asks for. Raises a ServiceError with its sentence."""
    form = request.POST
    wish = Wish(left=3) if form.get("wide") == "1" else Wish()
    uploaded = request.FILES.get("file")
    if isinstance(uploaded, UploadedFile):
        source = discovering.receive(uploaded.chunks(), uploaded.name or "")
        return discovering.start(user, branch, record, source, wish)
    if form.get("url", "").strip():
        fields = {name: form.get(name, "") for name in connecting.FIELDS}
        return discovering.start(user, branch, record, connecting.place_of(fields), wish, form.get("table", ""))
    return discovering.start(user, branch, record, discovering.receive_text(form.get("text", "")), wish)


def context(design: Design, record: Record, kept: Kept | None) -> dict[str, Any]:
    """Return what the template shows of the rows."""
    if kept is None:
        return {"kept": None, "live": connecting.is_offered()}
    keys = [", ".join(kept.found.names(each.columns)) for each in kept.found.keys[:MOST_KEYS]]
    fresh = _fresh(design, record.id, kept)
    return {
        "kept": kept,
        "rows_count": f"{kept.found.rows:,}",
        "source": f"{kept.source[:1].lower()}{kept.source[1:]}" if kept.source.startswith("The ") else kept.source,
        "live": connecting.is_offered(),
        "found_keys": keys,
        "fresh": len(fresh),
        "fresh_named": [_said(design, each) for each in fresh[:MOST_NAMED]],
        "fresh_unnamed": max(0, len(fresh) - MOST_NAMED),
    }


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key that rows propose, in words; `sure` where the names say the same."""

    column: Id
    target: Id
    key: Id
    text: str
    why: str
    sure: bool


def proposed_references(design: Design, record: Id, found: Iterable[Proposed]) -> list[Reference]:
    """Return the foreign keys of one table that rows propose, the likely ones first."""
    own = [each for each in found if each.table == record][:MOST_REFERENCES]
    return [
        Reference(
            each.column, each.target, each.key,
            f"{_name(design, each.column)} → {_name(design, each.target)} ({_name(design, each.key)})",
            each.why or f"all {each.values:,} values are there", each.names_match,
        )
        for each in own
    ]  # fmt: skip


def _name(design: Design, record: Id) -> str:
    return str(getattr(design.get(record), "name", ""))


def referring(form: QueryDict, owner: Id) -> Command:
    """Return the command that adds a foreign key which the rows propose."""
    column, target, key = (form.get(name, "") for name in ("column", "target", "key"))
    return lambda design: add_foreign_key(design, owner, [column], target, [key], new_id)


def _fresh(design: Design, owner: Id, kept: Kept) -> list[Proposal]:
    """Return the proposals that nothing is known about yet."""
    known = Known(design, owner_of(design, owner))
    return [
        each
        for each in kept.proposals(LEAST)
        if not known.settles(each.determinant, each.dependent, multivalued=each.multivalued)
    ]


def _said(design: Design, proposal: Proposal) -> str:
    left, right = (
        ", ".join(_name(design, each) for each in side) for side in (proposal.determinant, proposal.dependent)
    )
    return f"{left} {'↠' if proposal.multivalued else '→'} {right}"


def proposing(kept: Kept | None) -> Command:
    """Return the command that stores what was found as proposals."""

    def command(design: Design) -> Edit:
        if kept is None:
            raise Refused("there are no rows any more; show some first")
        return stating.propose(design, kept.proposals(LEAST), new_id)

    return command
