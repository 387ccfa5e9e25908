"""Change requests: asking for a merge, reviewing it, and merging it once its rules are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from designer.change.merge import Side
from designer.models import Branch, ChangeRequest, Comment, Notice, Review
from designer.services import branching, check_due, checks, notices, permissions, talk
from designer.services.branches import Accepted, display_name
from designer.services.checks import Check, Rules
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import short_name

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
OPEN, MERGED, CLOSED = ChangeRequest.State.OPEN, ChangeRequest.State.MERGED, ChangeRequest.State.CLOSED
APPROVED, CHANGES = Review.Verdict.APPROVED, Review.Verdict.CHANGES


@dataclass(frozen=True, slots=True)
class Opinion:
    """The last word of one reviewer. `stale`: the branch was edited since, and it counts no longer."""

    review: Review
    stale: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a request can be merged now; `missing` are the sentences that say what stands in the way."""

    opinions: tuple[Opinion, ...]
    checks: tuple[Check, ...]
    approvals: int
    missing: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.missing


def find(user: AnyUser, branch: Branch, number: int) -> ChangeRequest:
    """Return a request of the project of a branch. Raises NotFound where there is none."""
    found: ChangeRequest | None = _all(branch).filter(number=number).first()
    if found is None:
        raise NotFound("There is no such change request, or it is not shared with you.")
    permissions.require(user, found.project, Right.VIEW, "change request")
    return found


def _all(branch: Branch) -> QuerySet[ChangeRequest]:
    rows = ChangeRequest.objects.filter(project=branch.project)
    return rows.select_related("project", "branch", "branch__project", "branch__source", "target", "target__project")


def listed(branch: Branch, state: str = OPEN) -> list[ChangeRequest]:
    """Return the requests of a project in a state, the newest first."""
    return list(_all(branch).filter(state=state).order_by("-number"))


def open_one(user: AnyUser, branch: Branch, title: str, description: str = "", *, draft: bool = False) -> ChangeRequest:
    """Ask for a branch to be merged into the one that it came from.

    Raises Invalid for the first branch of a project, for one without anything to merge, and where one is open already.
    """
    permissions.require(user, branch.project, Right.EDIT, "design")
    if branch.source is None:
        raise Invalid(f"{branch.name} is the first branch of its project; make a branch of it and ask for that.")
    if branching.standing(branch).ahead == 0:
        raise Invalid(f"{branch.name} has nothing that {branch.source.name} has not; edit it first.")
    try:
        with transaction.atomic():
            Branch.objects.select_for_update().filter(project=branch.project).order_by("pk").first()
            last = ChangeRequest.objects.filter(project=branch.project).aggregate(last=Max("number"))["last"] or 0
            made: ChangeRequest = ChangeRequest.objects.create(
                project=branch.project, number=last + 1, branch=branch, target=branch.source, title=_title(title),
                description=_text(description), draft=draft, author_id=user.pk, author_name=display_name(user),
            )  # fmt: skip
    except IntegrityError:
        raise Invalid(f"A change request for {branch.name} is open already; edit that one.") from None
    check_due.when_at_rest(permissions.key_of(user), branch, branch.head)
    return made


def _title(text: str) -> str:
    otherwise = f"Give the change request a title of 1 to {LONGEST_TITLE} characters."
    return short_name(text, LONGEST_TITLE, otherwise, "title")


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Invalid(f"A text has at most {LONGEST_TEXT:,} characters.", "body")
    return text.strip()


def edit(user: AnyUser, request: ChangeRequest, title: str, description: str, *, draft: bool) -> None:
    """Write title and description anew, and say whether it is a draft still."""
    _changing(user, request)
    request.title, request.description, request.draft = _title(title), _text(description), draft
    request.edited = timezone.now()
    request.save(update_fields=["title", "description", "draft", "edited"])


def _changing(user: AnyUser, request: ChangeRequest) -> None:
    permissions.require(user, request.project, Right.EDIT, "change request")
    if request.state != OPEN:
        raise Invalid(f"This change request is {request.state}; open another one.")


def ask(user: AnyUser, request: ChangeRequest, reviewers: Iterable[int]) -> None:
    """Say who should review. Raises Invalid for somebody who may not comment here."""
    _changing(user, request)
    wanted = set(reviewers)
    known = {each.pk for each in permissions.people(request.project, Right.COMMENT)}
    if not wanted <= known:
        raise Invalid("Choose reviewers among those who may comment on this project.", "reviewers")
    asked = wanted - set(request.reviewers.values_list("pk", flat=True))
    request.reviewers.set(wanted)
    notices.tell(Notice.Kind.REVIEW_ASKED, asked, user, request.project, request=request)


def close(user: AnyUser, request: ChangeRequest) -> None:
    """End a request without merging it."""
    _changing(user, request)
    _end(user, request, CLOSED)
    notices.tell(Notice.Kind.CLOSED, _concerned(request), user, request.project, request=request)


def reopen(user: AnyUser, request: ChangeRequest) -> None:
    """Open a closed request again."""
    permissions.require(user, request.project, Right.EDIT, "change request")
    if request.state != CLOSED:
        raise Invalid("Only a closed change request can be opened again.")
    if ChangeRequest.objects.filter(branch=request.branch, state=OPEN).exists():
        raise Invalid(f"Another change request for {request.branch.name} is open.")
    request.state, request.ended, request.ended_by = OPEN, None, ""
    request.save(update_fields=["state", "ended", "ended_by"])
    check_due.when_at_rest(permissions.key_of(user), request.branch, request.branch.head)


def _end(user: AnyUser, request: ChangeRequest, state: str) -> None:
    request.state, request.ended, request.ended_by = state, timezone.now(), display_name(user)
    request.save(update_fields=["state", "ended", "ended_by", "merged_version", "branch_version"])


# Reviewing


def review(user: AnyUser, request: ChangeRequest, verdict: str, body: str, seen: int) -> Review:
    """Approve a request or ask for changes; `seen` is the version of the branch that was looked at.

    Nobody approves a request of his own where the rules ask for approvals.
    """
    permissions.require_role(user, request.project, Right.COMMENT, "change request")
    if request.state != OPEN:
        raise Invalid(f"This change request is {request.state}.")
    if verdict not in Review.Verdict.values:
        raise Invalid("Approve the change request, or ask for changes.", "verdict")
    if verdict == APPROVED and request.author_id == user.pk and checks.rules_of(request.project).approvals:
        raise Denied("Somebody else has to approve a change request of yours.")
    if verdict == CHANGES and not body.strip():
        raise Invalid("Say what should be changed.", "body")
    head = Branch.objects.values_list("head", flat=True).get(pk=request.branch_id)
    if not 0 <= seen <= head:
        raise Invalid("Look at the change request before you decide about it.")
    by = {"author_id": user.pk, "author_name": display_name(user)}
    made = Review.objects.create(request=request, verdict=verdict, body=_text(body), version=seen, **by)
    notices.tell(Notice.Kind.REVIEWED, [request.author_id or 0], user, request.project, request=request)
    return made


def opinions(request: ChangeRequest) -> tuple[Opinion, ...]:
    """Return the last word of each reviewer, the newest last."""
    last: dict[int | None, Review] = {}
    for each in request.reviews.order_by("created", "pk"):
        last.pop(each.author_id, None)
        last[each.author_id] = each
    head = request.branch.head
    return tuple(Opinion(each, stale=each.version < head and request.state == OPEN) for each in last.values())


def standing(request: ChangeRequest, rules: Rules | None = None, choices: Mapping[str, Side] | None = None) -> Standing:
    """Return what the rules of the project, or others, say of a request as it is now, with its conflicts decided so."""
    rules = rules or checks.rules_of(request.project)
    found = opinions(request)
    given = [each.review for each in found if each.review.verdict == APPROVED and not (each.stale and rules.lapse)]
    results = checks.of_request(request, rules, given, choices)
    return Standing(found, results, len(given), tuple(_missing(request, found, results)))


def _missing(request: ChangeRequest, found: tuple[Opinion, ...], results: tuple[Check, ...]) -> Iterable[str]:
    if request.draft:
        yield "It is a draft still."
    yield from (line for each in results if each.code == "approvals" for line, _ in each.lines)
    for each in found:
        if each.review.verdict == CHANGES:
            yield f"{each.review.author_name} asked for changes."
    yield from (f"{each.title}: {each.said}" for each in results if each.blocks and each.code != "approvals")


def merge(user: AnyUser, request: ChangeRequest, choices: Mapping[str, Side], seen: tuple[int, int]) -> Accepted:
    """Merge a request, into a protected branch too. Raises Invalid with what stands in the way."""
    permissions.require(user, request.project, Right.EDIT, "change request")
    if request.state != OPEN:
        raise Invalid(f"This change request is {request.state} already.")
    with transaction.atomic():
        locked = ChangeRequest.objects.select_for_update().get(pk=request.pk)
        if locked.state != OPEN:
            raise Invalid(f"This change request is {locked.state} already.")
        missing = standing(request, choices=choices).missing
        if missing:
            raise Invalid(f"It cannot be merged yet. {missing[0]}{_by_choice(request, choices)}")
        done = branching.merge_up(user, request.branch, choices, seen, label=f"Merge #{request.number} {request.title}")
        request.merged_version, request.branch_version = done.head, request.branch.merged_up_to
        _end(user, request, MERGED)
        notices.tell(Notice.Kind.MERGED, _concerned(request), user, request.project, request=request)
    return done


def merge_branch(user: AnyUser, branch: Branch, choices: Mapping[str, Side], seen: tuple[int, int]) -> Accepted:
    """Merge a branch past its change request, as who may edit its source may; that merges an open one as well."""
    with transaction.atomic():
        asked = ChangeRequest.objects.select_for_update().filter(branch=branch, target=branch.source_id, state=OPEN)
        found = list(asked)  # before the branches are locked, as `merge` does
        done = branching.merge_up(user, branch, choices, seen)
        for request in found:
            request.merged_version, request.branch_version = done.head, branch.merged_up_to
            _end(user, request, MERGED)
            notices.tell(Notice.Kind.MERGED, _concerned(request), user, request.project, request=request)
    return done


def _by_choice(request: ChangeRequest, choices: Mapping[str, Side]) -> str:
    """Return what to do where only the decision of a conflict stands in the way."""
    if not choices or standing(request).missing:
        return ""
    return f". That comes of how a conflict was decided; bring in what {request.target.name} has and decide it there."


def _concerned(request: ChangeRequest) -> set[int]:
    """Return who asked for a merge, who was asked to review it, and who did."""
    asked = set(request.reviewers.values_list("pk", flat=True))
    return {
        request.author_id or 0,
        *asked,
        *(each or 0 for each in request.reviews.values_list("author_id", flat=True)),
    }


# Talking


def comment(
    user: AnyUser, request: ChangeRequest, body: str, *, element: str = "", thread: int | None = None
) -> Comment:
    """Remark on a request, on one element of it, or answer a remark."""
    permissions.require(user, request.project, Right.COMMENT, "change request")
    if thread is not None:
        return talk.answer(user, _comment(request, thread), body)
    about, _, field = element.partition(":")
    return talk.say(user, request.branch, body, talk.Anchor(about, field), request=request)


def _comment(request: ChangeRequest, key: int) -> Comment:
    found = request.comments.select_related("thread").filter(pk=key).first()
    if found is None:
        raise NotFound("This comment is not there any more.")
    return found


def settle(user: AnyUser, request: ChangeRequest, key: int, resolved: bool) -> None:
    """Mark a thread as resolved, or open it again."""
    permissions.require(user, request.project, Right.COMMENT, "change request")
    talk.settle(user, _comment(request, key), resolved)


def threads(request: ChangeRequest) -> list[Comment]:
    """Return the threads of a request, the oldest first, with their answers."""
    return talk.of_request(request)
