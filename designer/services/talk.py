"""Talking about a design: comments in threads about the whole, an element, one field of it, or a spot of a diagram."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Left
from django.utils import timezone

from designer.models import Branch, ChangeRequest, Comment, Notice
from designer.schema import Id
from designer.services import announcing, limits, mentions, notices, permissions
from designer.services.branches import display_name
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.permissions import AnyUser, Right
from designer.services.suggestions import Suggestion

LONGEST_TEXT = 20_000
LONGEST_ID = 64
FARTHEST = 1e7
"""How far from the middle of a diagram a spot may be, in its units."""
MOST_THREADS = 2000
EXCERPT = 240
"""How many letters of a comment a list shows."""
RATE = "30/m,400/h"
ANYTHING: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a thread is about: nothing is the whole; `field` is one field of the element; or a spot of a diagram."""

    element: Id = ""
    field: str = ""
    diagram: Id = ""
    x: float | None = None
    y: float | None = None

    def checked(self) -> Anchor:
        """Return the anchor as it is kept. Raises Invalid for one that cannot be."""
        if any(len(each) > LONGEST_ID or not each.isprintable() for each in (self.element, self.field, self.diagram)):
            raise Invalid("A comment is about an element of the design, or about a spot of a diagram.")
        if self.element:
            return Anchor(self.element, self.field)
        if self.x is None or self.y is None or not self.diagram:
            return Anchor()
        if not all(math.isfinite(each) and abs(each) <= FARTHEST for each in (self.x, self.y)):
            raise Invalid("This spot lies too far out.")
        return Anchor(diagram=self.diagram, x=round(self.x, 1), y=round(self.y, 1))


# Saying


def say(
    user: AnyUser,
    branch: Branch,
    body: str,
    anchor: Anchor = Anchor(),
    *,
    request: ChangeRequest | None = None,
    suggestion: Suggestion | None = None,
) -> Comment:
    """Begin a thread. Where the branch has an open change request, the thread belongs to that.

    Raises Invalid for a text that is empty and suggests nothing, and TooMany for more than anybody reads.
    """
    permissions.require(user, branch.project, Right.COMMENT, "design")
    text = _text(body, needed=suggestion is None)
    kept = anchor.checked()
    about = request or ChangeRequest.objects.filter(branch=branch, state=ChangeRequest.State.OPEN).first()
    made = Comment(
        branch=branch, request=about, element=kept.element, field=kept.field, diagram=kept.diagram, x=kept.x, y=kept.y
    )
    if suggestion is not None:
        made.suggestion, made.suggestion_label = suggestion.change, suggestion.label
        made.suggested_on = suggestion.version
    return _said(user, made, text)


def answer(user: AnyUser, thread: Comment, body: str) -> Comment:
    """Answer in a thread; `thread` may be any comment of it."""
    head = thread.thread or thread
    permissions.require(user, head.branch.project, Right.COMMENT, "design")
    made = Comment(branch=head.branch, request=head.request, thread=head, element=head.element, field=head.field)
    return _said(user, made, _text(body))


def _said(user: AnyUser, made: Comment, text: str) -> Comment:
    limits.hit("talk", _who(user), RATE)
    made.body, called = mentions.resolved(user, made.branch.project, text)
    made.author_id, made.author_name = user.pk, display_name(user)
    with transaction.atomic():
        made.save()
        _tell(user, made, called)
        _announce(made)
    return made


def _who(user: AnyUser) -> str:
    return f"user {user.pk}" if user.pk else f"links {sorted(each.link for each in permissions.grants_of(user))}"


def _text(body: str, *, needed: bool = True) -> str:
    text = body.strip()
    if needed and not text:
        raise Invalid("Write something first.", "body")
    if len(text) > LONGEST_TEXT:
        raise Invalid(f"A text has at most {LONGEST_TEXT:,} characters.", "body")
    return text.replace("\x00", "")


def _tell(user: AnyUser, made: Comment, called: Collection[int]) -> None:
    """Let those know who were mentioned, and else those who said something in the thread before."""
    _notify(Notice.Kind.MENTION, called, user, made)
    if made.thread is not None:
        said = Comment.objects.filter(thread=made.thread).values_list("author_id", flat=True)
        earlier = {made.thread.author_id, *said} - {None, *called}
        _notify(Notice.Kind.ANSWER, [each for each in earlier if each], user, made)


def _notify(kind: str, users: Collection[int], actor: AnyUser, about: Comment) -> None:
    notices.tell(kind, users, actor, about.branch.project, request=about.request, comment=about)


def _announce(comment: Comment) -> None:
    told = {"thread": comment.thread_id or comment.pk, "comment": comment.pk}
    announcing.said(comment.branch, msgspec.json.encode(told).decode())


# Changing what was said


def edit(user: AnyUser, comment: Comment, body: str, own: Collection[int] = ANYTHING) -> None:
    """Write a comment of one's own anew; `own` are those that a guest made in his session."""
    _own(user, comment, own)
    text = _text(body, needed=not comment.suggestion)
    before = mentions.named_in([comment.body])
    comment.body, called = mentions.resolved(user, comment.branch.project, text)
    comment.edited = timezone.now()
    with transaction.atomic():
        comment.save(update_fields=["body", "edited"])
        _notify(Notice.Kind.MENTION, called - before, user, comment)
        _announce(comment)


def remove(user: AnyUser, comment: Comment, own: Collection[int] = ANYTHING) -> None:
    """Delete a comment of one's own; administrators delete any. One that others answered stays as a blank."""
    if (permissions.right_of(user, comment.branch.project) or Right.VIEW) < Right.MANAGE:
        _own(user, comment, own)
    with transaction.atomic():
        _announce(comment)
        if comment.answers.exists():
            comment.body = comment.suggestion = comment.suggestion_label = ""
            comment.suggested_on = None
            comment.save(update_fields=["body", "suggestion", "suggestion_label", "suggested_on"])
            Notice.objects.filter(comment=comment).delete()
            return
        head = comment.thread
        comment.delete()
        if head is not None and not head.body and not head.suggestion and not head.answers.exists():
            head.delete()


def _own(user: AnyUser, comment: Comment, own: Collection[int]) -> None:
    permissions.require(user, comment.branch.project, Right.COMMENT, "design")
    if not is_own(user, comment, own):
        raise Denied("Only who wrote a comment may change it.")


def is_own(user: AnyUser, comment: Comment, own: Collection[int] = ANYTHING) -> bool:
    """Say whether a visitor wrote a comment: a user by his account, a guest by what his session remembers."""
    if comment.author_id is not None:
        return bool(comment.author_id == user.pk)
    return not user.is_authenticated and comment.pk in own


def settle(user: AnyUser, thread: Comment, resolved: bool) -> None:
    """Mark a thread as resolved, or open it again."""
    head = thread.thread or thread
    permissions.require(user, head.branch.project, Right.COMMENT, "design")
    head.resolved = timezone.now() if resolved else None
    head.resolved_by = display_name(user) if resolved else ""
    with transaction.atomic():
        head.save(update_fields=["resolved", "resolved_by"])
        _announce(head)


# Reading


def find(user: AnyUser, branch: Branch, key: int) -> Comment:
    """Return a comment of a branch. Raises NotFound where there is none."""
    rows = Comment.objects.select_related("branch", "branch__project", "thread", "request")
    found: Comment | None = rows.filter(branch=branch, pk=key).first()
    if found is None:
        raise NotFound("This comment is not there any more.")
    permissions.require(user, found.branch.project, Right.VIEW, "design")
    return found


def threads(branch: Branch) -> QuerySet[Comment]:
    """Return the threads of a branch, the newest first, without their long texts.

    Each has its number of answers (`said`), the time of the last one, and how its text `begins`.
    """
    rows = Comment.objects.filter(branch=branch, thread=None).defer("body", "suggestion")
    counted = rows.annotate(said=Count("answers"), last=Max("answers__created"), begins=Left("body", EXCERPT))
    return counted.order_by("-pk")[:MOST_THREADS]


def of_request(request: ChangeRequest) -> list[Comment]:
    """Return the threads of a change request, the oldest first, with their answers."""
    rows = request.comments.filter(thread=None).select_related("branch", "branch__project")
    return list(rows.prefetch_related("answers").order_by("created", "pk"))


def said_in(thread: Comment) -> list[Comment]:
    """Return a thread and its answers, the oldest first."""
    return [thread, *sorted(thread.answers.all(), key=lambda each: each.pk)]


def names_for(comments: Iterable[Comment]) -> dict[int, str]:
    """Return what those are called who are mentioned in comments."""
    return mentions.names(mentions.named_in(each.body for each in comments))
