"""Taking a merged change request back: a branch with the inverse of its merge, and a request that asks for it.

The inverse is a three-way merge: the base is the target right after the merge, one side is what the target is now, the
other what it was before the merge. What was changed since is a conflict there, and the newer state is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from designer.change import Change, apply, diff
from designer.change.merge import Conflict, Merged, Side, merge, resolve
from designer.commands.names import called, word
from designer.models import Branch, ChangeRequest, LogEntry
from designer.schema import Design, Diagram, Id, Model, Placement, Schema
from designer.services import branches, branching, permissions, requests
from designer.services.errors import Denied, Invalid
from designer.services.leveling_words import decisions
from designer.services.permissions import AnyUser, Right
from designer.services.releases import free_name
from designer.services.requests import MERGED, OPEN
from designer.services.short_names import seen
from designer.services.states import design_at
from designer.services.words import counted

MOST_LISTED = 40
"""How many things that stay are listed in the description; the change request shows the rest by not touching it."""

_HOLDERS = (Model, Schema, Diagram)


@dataclass(frozen=True, slots=True)
class Inverse:
    """What takes a merge back from the head of its target, and in words what stays because it was changed since."""

    head: int
    change: Change
    kept: tuple[str, ...]


def standing_revert(request: ChangeRequest) -> ChangeRequest | None:
    """Return the open or merged request that takes this one back, the latest of them."""
    found: ChangeRequest | None = request.reverted_by.exclude(state="closed").order_by("-number").first()
    return found


def inverse(request: ChangeRequest) -> Inverse:
    """Return what is left to take back of a merged request. Raises Invalid where that is nothing."""
    entry = _merge_entry(request)
    target = Branch.objects.select_related("source", "project").get(pk=request.target_id)
    before, after = design_at(target, entry.version - 1), design_at(target, entry.version)
    now, head = branches.load(target)
    merged = merge(after, _as_placed(now, after, before), before)
    sides: dict[str, Side] = {each.key: "ours" for each in merged.conflicts}
    settled = apply(after, resolve(merged, sides))
    gone = _leftovers(settled, now, after, before)
    change = diff(now, settled.changed(gone, ()))
    if not change:
        raise Invalid(f"Nothing is left to revert: all that #{request.number} brought was changed or removed since.")
    return Inverse(head, change, _kept(merged, gone, now, before))


def _merge_entry(request: ChangeRequest) -> LogEntry:
    if request.state != MERGED or request.merged_version is None:
        raise Invalid("Only a merged change request can be reverted.")
    entry = LogEntry.objects.filter(branch_id=request.target_id, version=request.merged_version).first()
    is_it = entry is not None and (
        entry.merged_from_id == request.branch_id or entry.label.startswith(f"Merge #{request.number} ")
    )
    if entry is None or not is_it:
        raise Invalid(f"#{request.number} changed nothing when it was merged; there is nothing to revert.")
    return entry


def _as_placed(now: Design, after: Design, before: Design) -> Design:
    """Return the design with the boxes that the merge brought where it put them: to move a box is not to want it."""
    moved = (each for each in now.of(Placement) if each.id in after and each.id not in before)
    return now.changed((), [after[each.id] for each in moved if after[each.id] != each])


def _leftovers(settled: Design, now: Design, after: Design, before: Design) -> set[Id]:
    """Return what the merge brought and nobody has touched since, and yet stays only because what holds it does.

    A schema that stays for the sake of one table does not keep the others; a table that stays keeps its columns.
    """
    brought = {each for each in settled if each in after and each not in before}
    gone = {each for each in brought if now.get(each) == after[each] or isinstance(settled[each], Placement)}
    stays = set(gone)
    while stays:
        stays = {each for each in gone if _is_held(settled, each, gone)}
        gone -= stays
    return gone


def _is_held(design: Design, each: Id, gone: set[Id]) -> bool:
    parent = design.get(design[each].parent or "")
    inside = parent is not None and parent.id not in gone and not isinstance(parent, _HOLDERS)
    return inside or bool(design.referrers(each) - gone)


def _kept(merged: Merged, gone: set[Id], now: Design, before: Design) -> tuple[str, ...]:
    titles = (_title(each, now, before) for each in merged.conflicts if each.about not in gone)
    return tuple(dict.fromkeys(titles))


def _title(conflict: Conflict, now: Design, before: Design) -> str:
    record = now.get(conflict.about)
    (said,) = decisions(now, before, [conflict])
    if conflict.code == "field":
        return f"{said.title} stays {said.ours}"
    if record is None:
        return f"{said.title.split(' is ')[0]} stays away: it was removed since"
    return f"{word(record)} {called(now, record)} stays: it was changed since, or something newer needs it"


def revert(user: AnyUser, request: ChangeRequest) -> ChangeRequest:
    """Make the branch and open the request that takes a merged one back.

    Raises Invalid where nothing is left to revert, and where a request that does so is open.
    """
    permissions.require(user, request.project, Right.EDIT, "change request")
    with transaction.atomic():
        ChangeRequest.objects.select_for_update().get(pk=request.pk)
        there = request.reverted_by.filter(state=OPEN).first()
        if there is not None:
            raise Invalid(f"#{there.number} reverts it and is open; go on there.")
        Branch.objects.select_for_update().get(pk=request.target_id)
        target = Branch.objects.select_related("source", "project").get(pk=request.target_id)
        if target.archived:
            raise Denied(f"The branch {target.name} is archived; take it out of the archive first.")
        found = inverse(request)
        title = seen(f"Revert #{request.number} {request.title}")[: requests.LONGEST_TITLE]
        branch = branching.create(user, target, free_name(target, f"revert-{request.number}"), found.head)
        branches.commit(user, branch, found.head, found.change, title, branches.new_key())
        branch.refresh_from_db()
        made = requests.open_one(user, branch, title, _description(request, found))
        made.reverts = request
        made.save(update_fields=["reverts"])
    return made


def _description(request: ChangeRequest, found: Inverse) -> str:
    said = [f"Takes back what #{request.number} brought to {request.target.name}."]
    if found.kept:
        said += ["", f"{counted(len(found.kept), 'thing')} changed since, and kept as now:", ""]
        said += [f"- {_plain(each)}" for each in found.kept[:MOST_LISTED]]
        more = len(found.kept) - MOST_LISTED
        said += [f"- and {more} more"] if more > 0 else []
    return "\n".join(said)


def _plain(text: str) -> str:
    """Return a line as Markdown that shows just it: names may hold any sign."""
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>#|~&" else sign for sign in " ".join(text.split()))
