"""What people are told: that they were mentioned, answered or asked to review, and what became of a change request."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from designer.models import ChangeRequest, Comment, Notice, NoticeMail, Project
from designer.services import mailing, mentions, permissions
from designer.services.branches import display_name
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import apart

Kind = Notice.Kind
PAGE = 50
MAILED = (Kind.MENTION, Kind.REVIEW_ASKED)
"""Of these there are letters, unless somebody wants none."""
WORDS = {
    Kind.MENTION: "mentioned you",
    Kind.ANSWER: "answered",
    Kind.REVIEW_ASKED: "asks for your review",
    Kind.REVIEWED: "reviewed",
    Kind.MERGED: "merged",
    Kind.CLOSED: "closed",
    Kind.INVITED: "invited you",
}
LETTER = "designer/talk/mail/notice.txt"


def tell(
    kind: str,
    users: Iterable[int],
    actor: AnyUser,
    project: Project,
    *,
    request: ChangeRequest | None = None,
    comment: Comment | None = None,
) -> None:
    """Let users know of something that `actor` did: never himself, and nobody who may not look at the project."""
    wanted = {each for each in users if each} - {permissions.key_of(actor)}
    if not wanted:
        return
    told = [each for each in permissions.people(project, Right.VIEW) if each.pk in wanted]
    name = display_name(actor)
    made = [
        Notice(
            workspace_id=project.workspace_id, project=project, user_id=each.pk, kind=kind, request=request,
            comment=comment, actor_name=name,
        )
        for each in told
    ]  # fmt: skip
    Notice.objects.bulk_create(made)
    for each, notice in zip(told, made, strict=True):
        _mail(str(getattr(each, "email", "")), notice)


def _mail(address: str, notice: Notice) -> None:
    if not address or not mailing.available() or notice.kind not in mailed(notice.user_id):
        return
    subject = f"{apart(notice.actor_name)} {WORDS[Kind(notice.kind)]}: {apart(notice.project.name)}"
    said = notice.comment.body if notice.comment is not None else ""
    about = {"subject": subject, "title": title(notice), "said": _shown(said), "address": f"{origin()}{link(notice)}"}
    mailing.send_later(address, subject, LETTER, {**about, "choices": f"{origin()}{reverse('notices')}"})


def _shown(body: str) -> str:
    return mentions.typed(body, mentions.names(mentions.named_in([body])))[:2000]


def origin() -> str:
    """Return under which address people reach this server, as its operator named it; empty where he named none."""
    named: list[str] = settings.CSRF_TRUSTED_ORIGINS
    return next((each for each in named if "*" not in each and "://." not in each), "")


def mailed(user: int) -> Collection[str]:
    """Return of which kinds of notices a user gets letters."""
    chosen = NoticeMail.objects.filter(user_id=user).values_list("kinds", flat=True).first()
    return MAILED if chosen is None else chosen


def choose(user: AnyUser, kinds: Iterable[str]) -> None:
    """Say of which kinds of notices one wants letters."""
    kept = [each for each in MAILED if each in set(kinds)]
    NoticeMail.objects.update_or_create(user_id=permissions.key_of(user), defaults={"kinds": kept})


# Reading


def unread(user: AnyUser) -> int:
    """Return how many notices a user has not looked at."""
    return _of(user).filter(read=None).count() if user.is_authenticated else 0


def _of(user: AnyUser) -> QuerySet[Notice]:
    return Notice.objects.filter(user_id=permissions.key_of(user))


def listed(user: AnyUser, before: int | None = None) -> tuple[list[Notice], int | None]:
    """Return one page of a user's notices, the newest first, and the key before which the next page starts.

    Those about projects that he may not look at any more are left out.
    """
    rows = _of(user).select_related("project", "request", "request__branch", "comment", "comment__branch")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    held = {project: permissions.right_of(user, project) is not None for project in {each.project for each in found}}
    shown = [each for each in found[:PAGE] if held[each.project]]
    return shown, found[PAGE - 1].pk if len(found) > PAGE else None


def mark(user: AnyUser, keys: Iterable[int] | None = None) -> None:
    """Mark notices of a user as read, by default all."""
    rows = _of(user).filter(read=None)
    chosen = rows if keys is None else rows.filter(pk__in=list(keys))
    chosen.update(read=timezone.now())


def seen(user: AnyUser, comments: Iterable[int]) -> None:
    """Mark as read what a user was told of comments that he has just looked at."""
    if user.is_authenticated:
        _of(user).filter(read=None, comment_id__in=list(comments)).update(read=timezone.now())


def seen_request(user: AnyUser, request: ChangeRequest) -> None:
    """Mark as read what a user was told of a change request that he has just looked at."""
    if user.is_authenticated:
        _of(user).filter(read=None, request=request).update(read=timezone.now())


def title(notice: Notice) -> str:
    """Return what a notice is about: the change request, or the branch of the comment."""
    if notice.request is not None:
        return f"#{notice.request.number} {apart(notice.request.title)}"
    project = apart(notice.project.name)
    return f"{project} ({apart(notice.comment.branch.name)})" if notice.comment is not None else project


def link(notice: Notice) -> str:
    """Return the address of what a notice is about."""
    comment, request = notice.comment, notice.request
    if request is not None:
        page = reverse("request", args=(request.branch.public_id, request.number))
        return f"{page}#comment-{comment.thread_id or comment.pk}" if comment is not None else page
    if comment is not None:
        return f"{reverse('design', args=(comment.branch.public_id,))}?talk={comment.thread_id or comment.pk}"
    return reverse("projects")
