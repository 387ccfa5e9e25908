"""The history list, and who made a record what it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from designer.commands.names import called, word
from designer.levels.keeping.describing import field_word
from designer.models import Branch
from designer.schema import Column, Design, Table
from designer.schema.kinds import PICTURE_KINDS, kind_of
from designer.services import blame, branches, history, permissions
from designer.services.blame import Found, Story
from designer.services.errors import Invalid, NotFound
from designer.services.leveling_words import said_of
from designer.services.words import ago
from designer.web.http import json_response

_LONGEST = 10 * 366 * 24  # hours


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one page of the history, newest first; `?before=` goes on."""
    branch = permissions.branch(request.user, public_id)
    before = request.GET.get("before", "")
    if before and not (before.isdecimal() and len(before) < 10):
        raise Invalid("Say before which version, as a whole number.")
    events, more = history.events(branch, int(before) if before else None)
    template = "designer/partials/_history_events.html" if before else "designer/partials/_history.html"
    return render(request, template, {"branch": branch, "events": events, "more_before": more})


@require_GET
def touched(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the ids of the records that were touched in the last `?hours=`."""
    branch = permissions.branch(request.user, public_id)
    hours = request.GET.get("hours", "")
    if not (hours.isdecimal() and len(hours) < 7 and 0 < int(hours) <= _LONGEST):
        raise Invalid("Say for how many hours back, as a whole number.")
    since = timezone.now() - timedelta(hours=int(hours))
    return json_response({"ids": sorted(history.touched_since(branch, since))})


@require_GET
def blamed(request: HttpRequest, public_id: str, record: str) -> HttpResponse:
    """Show who made a record what it is, field by field: a section of the inspector, or a page with all its parts."""
    branch = permissions.branch(request.user, public_id)
    design, version = branches.load(branch)
    if record not in design:
        raise NotFound("This element is not in the design any more; its timeline tells what became of it.")
    inside = request.headers.get("HX-Request") is not None
    ids = blame.parts_of(design, record)
    if inside and not isinstance(design[record], Table):
        ids = ids[:1]
    told = blame.stories(branch, version, [each for each in ids if kind_of(design[each]) not in PICTURE_KINDS], design)
    own, parts = (told[0], sorted(told[1:], key=_place)) if told else (None, [])
    same = [each for each in parts if not isinstance(each.record, Column) and _came_with(each, own)]
    rows = [_row(branch, design, each) for each in parts if each not in same]
    context = {
        "branch": branch,
        "project": branch.project,
        "record": design[record],
        "title": f"{word(design[record])} {called(design, design[record])}",
        "own": _row(branch, design, own) if own else None,
        "rows": rows,
        "same": [f"{word(each.record)} {_name(design, each)}" for each in same],
    }
    return render(request, "designer/history/_blame.html" if inside else "designer/history/blame.html", context)


def _place(story: Story) -> tuple[bool, str, str]:
    """Columns first, in their order; then what else hangs on the table."""
    record = story.record
    return (not isinstance(record, Column), kind_of(record) if not isinstance(record, Column) else "", record.order)


def _came_with(part: Story, whole: Story | None) -> bool:
    """Say whether a part is as it was when the whole came."""
    if part.lines or not part.created or whole is None or not whole.created:
        return False
    one, other = part.created.author, whole.created.author
    return (one.branch.pk, one.version) == (other.branch.pk, other.version)


def _name(design: Design, story: Story) -> str:
    return str(getattr(story.record, "name", "")) or called(design, story.record)


def _row(branch: Branch, design: Design, story: Story) -> dict[str, Any]:
    return {
        "record": story.record,
        "kind": word(story.record),
        "name": _name(design, story),
        "created": _said(branch, story.created) if story.created else None,
        "last": _said(branch, story.last) if story.last else None,
        "lines": [
            {
                **_said(branch, line.found),
                "field": field_word(line.field),
                "old": said_of(design, line.field, line.found.old),
                "new": said_of(design, line.field, line.found.new),
            }
            for line in story.lines
        ],
    }


def _said(branch: Branch, found: Found) -> dict[str, Any]:
    """Return who, when, by which edit, in which request and why; `elsewhere` names another branch it was made on."""
    by = found.author
    return {
        "by": by,
        "ago": ago(by.time),
        "why": by.why,
        "elsewhere": by.branch.name if by.branch.pk != branch.pk else "",
        "before": f"v{by.version - 1}" if by.version > 1 else "empty",
    }
