"""The checks that people settle: hazards that somebody takes, and approvals by those who have to give them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from django.db import IntegrityError, transaction

from designer.evolution.contract import Hazard, Migration
from designer.models import Acknowledgement, ChangeRequest, Review
from designer.schema import Id
from designer.services import permissions
from designer.services.branches import display_name
from designer.services.check_contract import MOST_LINES, Check, Line
from designer.services.check_rules import HAZARDS, Area, Rules, rules_of
from designer.services.check_subject import Subject, subject_of
from designer.services.errors import Denied, Invalid
from designer.services.permissions import AnyUser, Right
from designer.services.words import counted

LONGEST_REASON = 2000
_WORST_FIRST = HAZARDS[1:]


def of_hazards(subject: Subject, rules: Rules, taken: dict[str, Acknowledgement]) -> Check:
    """Say which hazards of the migrations nobody has taken yet."""
    asked = _WORST_FIRST[: _WORST_FIRST.index(rules.hazards or "danger") + 1]
    found = [each for each in hazards_of(subject) if each[1].severity in asked]
    problems = [each.problem for each in subject.ways if each.problem]
    lines = [Line(each, "") for each in problems]
    lines += [_hazard(subject, about, hazard, taken.get(key_of(hazard, about))) for about, hazard in found]
    open_ones = sum(not each.taken for each in lines if each.hazard)
    said = f"{counted(open_ones, 'hazard')} that nobody has taken" if open_ones else "all taken" if lines else "none"
    return Check(
        "hazards", "Hazards", not open_ones and not problems, problems[0].rstrip(".") if problems else said,
        bool(rules.hazards), tuple(lines[:MOST_LINES]), action="take" if open_ones else "", count=len(lines),
    )  # fmt: skip


def hazards_of(subject: Subject) -> list[tuple[Id, Hazard]]:
    """Return the hazards of all migrations with what they are about, the worst first, none twice."""
    found = {
        key_of(h, about): (about, h) for way in subject.ways if way.migration for about, h in _steps(way.migration)
    }
    return sorted(
        found.values(), key=lambda each: (_WORST_FIRST.index(each[1].severity), each[1].code, each[1].message)
    )


def _steps(migration: Migration) -> Iterator[tuple[Id, Hazard]]:
    for step in migration.steps:
        yield from ((step.about, hazard) for hazard in step.hazards)


def key_of(hazard: Hazard, about: Id) -> str:
    """Return what names a hazard from one version to the next: it is another one as soon as it says something else."""
    return hashlib.sha256(f"{hazard.code}\0{about}\0{hazard.message}".encode()).hexdigest()[:32]


def _hazard(subject: Subject, about: Id, hazard: Hazard, by: Acknowledgement | None) -> Line:
    said = f"{by.author_name}: {by.reason}" if by else ""
    here = about in subject.after
    return Line(hazard.message, about, here, hazard=key_of(hazard, about), taken=said, mark=str(hazard.severity))


def take(user: AnyUser, request: ChangeRequest, key: str, reason: str) -> None:
    """Say that a hazard is known and why it is taken.

    Raises Invalid without a reason, Denied for the author where others have to approve.
    """
    permissions.require_role(user, request.project, Right.COMMENT, "change request")
    if request.state != ChangeRequest.State.OPEN:
        raise Invalid(f"This change request is {request.state}.")
    if request.author_id == user.pk and rules_of(request.project).approvals:
        raise Denied("Somebody else has to take the hazards of a change request of yours.")
    text = reason.strip()
    if not text or len(text) > LONGEST_REASON:
        raise Invalid(f"Say why the hazard is taken, in at most {LONGEST_REASON:,} characters.", "reason")
    known = {key_of(h, about): h for about, h in hazards_of(subject_of(request.branch, request.target))}
    if key not in known:
        raise Invalid("This hazard is not there any more; look at the checks again.")
    by = {"author_id": user.pk, "author_name": display_name(user)}
    try:
        with transaction.atomic():
            Acknowledgement.objects.create(request=request, hazard=key, message=known[key].message, reason=text, **by)
    except IntegrityError:
        raise Invalid("Somebody has taken this hazard already.") from None


def give_back(user: AnyUser, request: ChangeRequest, key: str) -> None:
    """Take an acknowledgement back, one's own, or anybody's as an administrator."""
    held = permissions.require_role(user, request.project, Right.COMMENT, "change request")
    found = Acknowledgement.objects.filter(request=request, hazard=key).first()
    if found is None:
        raise Invalid("Nobody has taken this hazard.")
    if found.author_id != user.pk and held < Right.MANAGE:
        raise Denied("Only who took a hazard, or an administrator, gives it back.")
    found.delete()


def taken_of(request: ChangeRequest) -> dict[str, Acknowledgement]:
    """Return who took which hazard of a request."""
    return {each.hazard: each for each in request.acknowledgements.all()}


def of_approvals(request: ChangeRequest, subject: Subject, rules: Rules, approvals: Iterable[Review]) -> Check | None:
    """Say which approvals are missing, None where the project asks for none."""
    if not rules.approvals and not rules.areas:
        return None
    may = _keys(request, Right.COMMENT) - {request.author_id}
    given = {each.author_id for each in approvals if each.author_id in may}
    lines = tuple(Line(each, "") for each in _missing(request, subject, rules, given))
    said = counted(len(given), "approval")
    return Check("approvals", "Approvals", not lines, said, True, lines, count=len(lines))


def _missing(request: ChangeRequest, subject: Subject, rules: Rules, given: set[int]) -> Iterator[str]:
    as_it_is = " of the branch as it is now" if rules.lapse else ""
    if len(given) < rules.approvals:
        yield f"{counted(rules.approvals - len(given), 'approval')} more{as_it_is}."
    for least, needed, who in (
        (Right.EDIT, rules.by_editors, "an editor"), (Right.MANAGE, rules.by_admins, "an administrator"),
    ):  # fmt: skip
        by_them = len(given & _keys(request, least)) if needed else 0
        if by_them < needed:
            yield f"{counted(needed - by_them, 'approval')} more by {who}{as_it_is}."
    yield from _areas(request, subject, rules, given)


def _keys(request: ChangeRequest, right: Right) -> set[int]:
    return {each.pk for each in permissions.people(request.project, right)}


def _areas(request: ChangeRequest, subject: Subject, rules: Rules, given: set[int]) -> Iterator[str]:
    names = {each.pk: display_name(each) for each in permissions.people(request.project, Right.COMMENT)}
    for area in rules.areas if names else ():
        touched = matched(area, subject.table_names)
        people = [key for key in area.people if key in names]
        if touched and people and not (given | {request.author_id or 0}) & set(people):
            shown = ", ".join(touched[:3]) + (" …" if len(touched) > 3 else "")
            yield f"An approval by {' or '.join(names[key] for key in people)}, for {shown}."


def matched(area: Area, tables: Iterable[str]) -> list[str]:
    """Return the names that an area is about; `*` stands for any letters, and capitals do not count."""
    return [each for each in tables if fnmatchcase(each.lower(), area.pattern.lower())]
