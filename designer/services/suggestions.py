"""Suggested changes: an edit that a reviewer proposes in a comment, and that an editor makes with a click."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import msgspec
from django.db import transaction
from django.utils import timezone

from designer.change import (
    Change,
    ChangeConflict,
    ChangeFormatError,
    apply,
    change_decode,
    change_encode,
    compose,
    rebase,
)
from designer.models import Branch, Comment
from designer.schema import Design
from designer.services import announcing, branches, integrity, permissions
from designer.services.branches import Accepted, display_name, sentence
from designer.services.errors import Invalid, ServiceError
from designer.services.leveling_words import Group, Line, groups
from designer.services.permissions import AnyUser
from designer.services.states import design_at, entries_since

LARGEST = 256 * 1024
"""How many bytes a suggestion may have: it is an edit of one element, not an import."""
LONGEST_LABEL = 120
GONE = "What it suggests does not fit any more: somebody has changed the same since."
NOTHING = "Nothing is left of it: the design is as it suggests already."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that was made on `version` of a branch and is not committed; `label` says in words what it does."""

    version: int
    change: str
    label: str


def made(branch: Branch, version: int, text: bytes | str) -> Suggestion:
    """Return a suggestion from a change in the encoding of the log. Raises Invalid for what is no edit."""
    if len(text) > LARGEST:
        raise Invalid(f"A suggestion has at most {LARGEST // 1024} kB; say the rest in words.")
    if not 0 <= version <= branch.head:
        raise Invalid(f"There is no version {version}; the newest is {branch.head}.")
    try:
        change = change_decode(text)
        before = design_at(branch, version)
        after = apply(before, change)
    except (ChangeFormatError, RecursionError) as error:
        raise Invalid(sentence(str(error)[:500])) from None
    except ChangeConflict as conflict:
        raise Invalid(f"The suggestion does not fit: {conflict}.") from None
    if not change:
        raise Invalid("This changes nothing; write what should be different.")
    integrity.check(after, change)
    return Suggestion(version, change_encode(change).decode(), label_of(before, change))


def label_of(before: Design, change: Change) -> str:
    """Return in a line what a change does, for people who decide about it: never what its author calls it."""
    said = [f"{group.head.text}: {_words(line)}" for group in groups(before, change) for line in group.lines]
    said += [_words(group.head) for group in groups(before, change) if not group.lines]
    more = f", and {len(said) - 2} more" if len(said) > 2 else ""
    text = " ".join(("; ".join(said[:2]) or "something moved").split())
    return (text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…") + more


def _words(line: Line) -> str:
    change = f" {line.old} → {line.new}" if line.old or line.new else ""
    return f"{'' if line.mark == 'changed' else line.mark + ' '}{line.text}{change}"


def shown(comment: Comment) -> list[Group]:
    """Return in words what a suggestion does to the state that it was made on, old and new."""
    return groups(design_at(comment.branch, comment.suggested_on or 0), change_decode(comment.suggestion))


def on_head(comment: Comment) -> Change:
    """Return what a suggestion does to the branch as it is now. Raises Invalid with what stands in the way."""
    branch, change = comment.branch, change_decode(comment.suggestion)
    version = comment.suggested_on or 0
    design = design_at(branch, branch.head)
    try:
        if version < branch.head:
            since = (change_decode(entry.change) for entry in entries_since(branch, version))
            rebased = rebase(change, reduce(compose, since), design)
            if rebased.notes:
                raise Invalid(GONE)
            change = rebased.change
        after = apply(design, change)
    except ChangeConflict:
        raise Invalid(GONE) from None
    if not change:
        raise Invalid(NOTHING)
    integrity.check(after, change)
    return change


def apply_one(user: AnyUser, comment: Comment) -> Accepted:
    """Make the edit that a comment suggests, on its branch, and resolve the thread. It is made once, whoever presses.

    Raises Invalid in one sentence where the design has moved on, so that it does not fit or nothing is left of it.
    """
    permissions.editing(user, comment.branch)
    with transaction.atomic():
        branch = Branch.objects.select_for_update().select_related("project").get(pk=comment.branch_id)
        fresh = Comment.objects.select_related("thread").get(pk=comment.pk)
        fresh.branch = branch
        if not fresh.suggestion:
            raise Invalid("This comment suggests nothing.")
        if fresh.applied is not None:
            raise Invalid(f"{fresh.applied_by} has applied it already, as version {fresh.applied_version}.")
        change = on_head(fresh)
        label = f"Suggested by {fresh.author_name}: {fresh.suggestion_label}"
        done = branches.commit(user, branch, branch.head, change, label, f"suggestion-{fresh.pk}")
        _settled(user, fresh, done)
    comment.refresh_from_db()
    return done


def _settled(user: AnyUser, comment: Comment, done: Accepted) -> None:
    now, name = timezone.now(), display_name(user)
    comment.applied, comment.applied_by, comment.applied_version = now, name, done.version
    comment.save(update_fields=["applied", "applied_by", "applied_version"])
    head = comment.thread or comment
    if head.resolved is None:
        head.resolved, head.resolved_by = now, name
        head.save(update_fields=["resolved", "resolved_by"])
    told = {"thread": head.pk, "comment": comment.pk}
    announcing.said(comment.branch, msgspec.json.encode(told).decode())


def apply_many(user: AnyUser, comments: list[Comment]) -> tuple[list[Comment], list[tuple[Comment, str]]]:
    """Make several suggested edits, one after the other. Returns those made, and those not with the reason."""
    done, left = [], []
    for each in sorted(comments, key=lambda comment: comment.pk):
        try:
            apply_one(user, each)
        except ServiceError as error:
            left.append((each, error.message))
        else:
            done.append(each)
    return done, left
