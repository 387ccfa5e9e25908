"""Branches of a design: made from any version, compared, brought up to date, merged, archived, protected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from designer.change import apply, diff
from designer.change.change import with_fields
from designer.change.merge import Conflict, Merged, Side, merge, resolve
from designer.commands.names import free_name
from designer.models import Branch
from designer.schema import Design, Id, Named
from designer.services import branches, permissions
from designer.services.branches import Accepted
from designer.services.errors import Denied, Invalid
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import short_name
from designer.services.states import design_at
from designer.services.words import counted

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """How a branch stands to its source: versions that only it has, and versions that only the source has."""

    ahead: int
    behind: int


@dataclass(frozen=True, slots=True)
class Union:
    """A merge that nobody has made yet: what comes into `into` from `of`, at the versions that were looked at."""

    into: Branch
    of: Branch
    into_version: int
    of_version: int
    merged: Merged
    before: Design

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to decide; `ours` is what the branch has that the change goes into."""
        return self.merged.conflicts


def of_project(branch: Branch) -> list[Branch]:
    """Return the branches of a project: the oldest first, which is the main one, and archived ones last."""
    found = Branch.objects.filter(project=branch.project).select_related("source", "project", "project__workspace")
    return list(found.order_by("archived", "pk"))


def standing(branch: Branch) -> Standing:
    """Return how far a branch and its source have gone apart since they last knew the same state."""
    if branch.source is None:
        return Standing(0, 0)
    return Standing(branch.head - branch.merged_up_to, branch.source.head - branch.updated_to)


def create(user: AnyUser, source: Branch, name: str, version: int | None = None) -> Branch:
    """Make a branch from a version of another one, by default its head. Raises Invalid for a name that is taken."""
    permissions.require(user, source.project, Right.EDIT, "design")
    at = source.head if version is None else version
    if not 0 <= at <= source.head:
        raise Invalid(f"There is no version {at}; the newest is {source.head}.")
    try:
        with transaction.atomic():
            return Branch.objects.create(
                project=source.project, name=valid_name(name), source=source, head=at, forked_at=at,
                merged_up_to=at, updated_to=at, author_name=branches.display_name(user),
            )  # fmt: skip
    except IntegrityError:
        raise Invalid(
            f"There is a branch named {' '.join(name.split())} already; choose another name.", "name"
        ) from None


def valid_name(name: str) -> str:
    """Return the name of a branch as it is kept. Raises Invalid for an empty or endless one."""
    return short_name(name, LONGEST_NAME, f"Give the branch a name of 1 to {LONGEST_NAME} characters.")


def rename(user: AnyUser, branch: Branch, name: str) -> None:
    """Give a branch another name. Raises Invalid for one that is taken."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    kept = valid_name(name)
    if Branch.objects.filter(project=branch.project, name=kept).exclude(pk=branch.pk).exists():
        raise Invalid(f"There is a branch named {kept} already; choose another name.", "name")
    Branch.objects.filter(pk=branch.pk).update(name=kept)
    branch.name = kept


def archive(user: AnyUser, branch: Branch, archived: bool) -> None:
    """Put a branch away, or take it out again. Nothing of it is lost; it can be looked at and compared still."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    if branch.source is None:
        raise Invalid("The first branch of a project cannot be archived; delete the project instead.")
    Branch.objects.filter(pk=branch.pk).update(archived=archived)
    branch.archived = archived


def protect(user: AnyUser, branch: Branch, protected: bool) -> None:
    """Let a branch take merges only, or edits again."""
    permissions.require(user, branch.project, Right.MANAGE, "design")
    Branch.objects.filter(pk=branch.pk).update(protected=protected)
    branch.protected = protected


def update_of(user: AnyUser, branch: Branch) -> Union:
    """Return what comes into a branch from its source. Raises Invalid where it has none."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    return _union(branch, _source(branch), branch)


def merge_of(user: AnyUser, branch: Branch) -> Union:
    """Return what comes into the source of a branch from it. Raises Invalid where it has none."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    return _union(_source(branch), branch, branch)


def union_up(branch: Branch) -> Union:
    """Return what comes into the source of a branch from it, for whoever may look at it already."""
    return _union(_source(branch), branch, branch)


def _source(branch: Branch) -> Branch:
    if branch.source is None:
        raise Invalid(f"{branch.name} is the first branch of its project; there is nothing above it.")
    return branch.source


def _union(into: Branch, of: Branch, branch: Branch) -> Union:
    ours, theirs = design_at(into, into.head), design_at(of, of.head)
    merged = merge(base(branch), ours, theirs)
    return Union(into, of, into.head, of.head, merged, ours)


def base(branch: Branch) -> Design:
    """Return the last state that a branch and its source both know."""
    return (
        design_at(branch, branch.merged_up_to) if branch.merged_last else design_at(_source(branch), branch.updated_to)
    )


def update(user: AnyUser, branch: Branch, choices: Mapping[str, Side], seen: tuple[int, int] | None = None) -> Accepted:
    """Bring what the source has into a branch.

    `seen` are the versions of the branch and of its source that the choices were made on. Raises Invalid while
    conflicts are open, or where somebody has edited either since.
    """
    permissions.editing(user, branch)
    with transaction.atomic():
        union = _locked(user, branch, update_of, seen)
        own = union.into
        apart = counted(standing(own).behind, "version")
        nothing_of_its_own = own.head == own.merged_up_to
        done = _settled(user, union, choices, f"Update from {union.of.name} ({apart})")
        known = {"merged_up_to": done.head} if nothing_of_its_own else {}
        _remember(branch, updated_to=union.of_version, merged_last=False, **known)
    return done


def merge_up(
    user: AnyUser, branch: Branch, choices: Mapping[str, Side], seen: tuple[int, int] | None = None, label: str = ""
) -> Accepted:
    """Bring what a branch has into its source; `seen` are the versions of the source and of the branch.

    With a `label` it is a change request that was found right, which an editor may merge into a protected branch too.
    Raises Invalid as `update` does, and Denied where the source is protected and the user may not merge into it.
    """
    into = _source(branch)
    needed = Right.MANAGE if into.protected and not label else Right.EDIT
    permissions.require(user, into.project, needed, "design")
    if into.archived:
        raise Denied(f"The branch {into.name} is archived; take it out of the archive to merge into it.")
    with transaction.atomic():
        union = _locked(user, branch, merge_of, seen)
        own = union.of
        up_to_date = union.into.head == own.updated_to
        done = _settled(user, union, choices, label or f"Merge {own.name}")
        known = {"updated_to": done.head} if up_to_date else {}
        _remember(branch, merged_up_to=union.of_version, merged_last=True, **known)
    return done


def _locked(
    user: AnyUser, branch: Branch, of: Callable[[AnyUser, Branch], Union], seen: tuple[int, int] | None
) -> Union:
    """Return a merge of states that nobody can move until the transaction ends."""
    both = Branch.objects.filter(pk__in=[branch.pk, branch.source_id])
    list(both.select_for_update().order_by("pk"))  # always in this order, so that no two merges wait for each other
    own = Branch.objects.select_related("source", "project", "source__project").get(pk=branch.pk)
    union = of(user, own)
    if seen is not None and seen != (union.into_version, union.of_version):
        raise Invalid("Somebody has edited one of the branches meanwhile; look at the merge again.")
    return union


def outcome(union: Union, choices: Mapping[str, Side]) -> Design:
    """Return what a merge comes to. Where both sides brought one name, the side that was not chosen gets another."""
    known = {conflict.key: conflict for conflict in union.conflicts}
    settled = {key: side for key, side in following(union.conflicts, choices).items() if key in known}
    made = apply(union.merged.base, resolve(union.merged, settled))
    for key, side in settled.items():
        if known[key].code == "name":
            made = _renamed(made, known[key].theirs if side == "ours" else known[key].ours)
    return made


def foreseen(union: Union, choices: Mapping[str, Side] | None = None) -> Design:
    """Return what a merge would come to today: what nobody has decided is as the side has it that it goes into."""
    sides: dict[str, Side] = {each.key: "ours" for each in union.conflicts}
    return outcome(union, {**sides, **(choices or {})})


_WITH_TYPE = ("logical", "type_ref")
"""What a type also is: to decide one of them apart from the others would make them contradict each other."""


def asked(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return the conflicts that a person has to decide; what goes with a type is not asked beside it."""
    found = tuple(conflicts)
    typed = {each.about for each in found if each.code == "field" and each.field == "type"}
    return tuple(each for each in found if not (each.field in _WITH_TYPE and each.about in typed))


def following(conflicts: Iterable[Conflict], choices: Mapping[str, Side]) -> dict[str, Side]:
    """Return the choices, with those of what goes with a type that was chosen."""
    found = tuple(conflicts)
    left = {each.key for each in asked(found)}
    along = {each.key: f"field:{each.about}:type" for each in found if each.key not in left}
    return {**choices, **{key: choices[of] for key, of in along.items() if of in choices}}


def _renamed(design: Design, about: Id) -> Design:
    record = design.get(about)
    if not isinstance(record, Named):
        return design
    others = [each for child in design.children(record.parent) if (each := design[child]).id != about]
    taken = {each.name for each in others if isinstance(each, type(record))}
    return design.changed((), [with_fields(record, {"name": free_name(record.name, taken)})])


def _settled(user: AnyUser, union: Union, choices: Mapping[str, Side], label: str) -> Accepted:
    """Append what a merge comes to, once nothing is open."""
    missing = [conflict for conflict in asked(union.conflicts) if conflict.key not in choices]
    if missing:
        raise Invalid(f"{counted(len(missing), 'conflict')} of this merge must be decided first.")
    change = diff(union.before, outcome(union, choices))
    return branches.merge_in(user, union.into, union.into_version, change, label, (union.of, union.of_version))


def _remember(branch: Branch, **fields: int | bool) -> None:
    Branch.objects.filter(pk=branch.pk).update(**fields)
    for name, value in fields.items():
        setattr(branch, name, value)
