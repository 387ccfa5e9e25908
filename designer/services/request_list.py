"""The change requests of a project as a list: by state, by whom, by words, and how many there are of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from designer.models import Branch, ChangeRequest, Comment, Review
from designer.services import permissions
from designer.services.permissions import AnyUser, Right, key_of
from designer.services.requests import CLOSED, MERGED, OPEN

STATES = (OPEN, MERGED, CLOSED)
MINE, ASKED = "mine", "asked"
WHOSE = {"": "Everybody's", MINE: "Mine", ASKED: "Review asked of me"}
PAGE = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for: a state, whose requests, and words that stand in them; `page` counts from 1."""

    state: str = OPEN
    whose: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One request of the list, with how many approve it, ask for changes, and talk about it."""

    request: ChangeRequest
    approvals: int
    wishes: int
    comments: int
    asked: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `counts` are those of each state for the same people and words."""

    rows: tuple[Row, ...]
    counts: tuple[tuple[str, int], ...]
    total: int
    pages: int


def listed(user: AnyUser, branch: Branch, wanted: Filter) -> Listed:
    """Return the requests of a project that are asked for, the newest first."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    found = _matching(user, branch, wanted)
    numbers = dict(found.order_by().values_list("state").annotate(number=Count("pk", distinct=True)))
    counts = tuple((str(state), numbers.get(state, 0)) for state in STATES)
    total = numbers.get(wanted.state, 0)
    start = (wanted.page - 1) * PAGE
    rows = found.filter(state=wanted.state).select_related("branch", "target").prefetch_related("reviewers")
    kept = list(rows.order_by("-number")[start : start + PAGE])
    talk = _talk(kept)
    return Listed(tuple(_row(user, each, talk) for each in kept), counts, total, max(1, -(-total // PAGE)))


def _matching(user: AnyUser, branch: Branch, wanted: Filter) -> QuerySet[ChangeRequest]:
    found = ChangeRequest.objects.filter(project=branch.project)
    if wanted.whose == MINE:
        found = found.filter(author_id=key_of(user))
    if wanted.whose == ASKED:
        asked = ChangeRequest.reviewers.through.objects.filter(changerequest_id=OuterRef("pk"), user_id=key_of(user))
        found = found.filter(Exists(asked))
    for each in wanted.text.split():
        said = Q(title__icontains=each) | Q(description__icontains=each) | Q(author_name__icontains=each)
        said |= Q(branch__name__icontains=each)
        found = found.filter(said | Q(number=int(each.removeprefix("#"))) if _is_number(each) else said)
    return found


def _is_number(text: str) -> bool:
    plain = text.removeprefix("#")
    return plain.isascii() and plain.isdecimal() and len(plain) < 9


def _talk(rows: list[ChangeRequest]) -> dict[int | None, int]:
    found = Comment.objects.filter(request__in=rows).order_by().values_list("request_id").annotate(number=Count("pk"))
    return dict(found)


def _row(user: AnyUser, each: ChangeRequest, talk: dict[int | None, int]) -> Row:
    said = each.reviews.order_by("created", "pk").values_list("author_id", "verdict")
    verdicts = list(dict(said).values())  # the last word of each
    asked = any(person.pk == key_of(user) for person in each.reviewers.all())
    approvals, wishes = (verdicts.count(kind) for kind in (Review.Verdict.APPROVED, Review.Verdict.CHANGES))
    return Row(each, approvals, wishes, talk.get(each.pk, 0), asked)
