"""A branch of a design: what it holds at a version, and how a change gets into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from designer.change import (
    EMPTY,
    Change,
    ChangeConflict,
    RebaseNote,
    apply,
    change_decode,
    change_encode,
    compose,
    rebase,
)
from designer.commands import Edit, Refused
from designer.models import Branch, LogEntry, public_id
from designer.schema import Design
from designer.services import announcing, integrity, permissions, snapshots
from designer.services.errors import Invalid
from designer.services.hearing import moved
from designer.services.permissions import AnyUser
from designer.services.short_names import seen
from designer.services.states import design_at, entries_since, remember

LABEL_LIMIT = 200
KEY_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a commit. `version` is None where nothing of the change was left after the rebase."""

    head: int
    version: int | None
    change: Change = EMPTY
    notes: tuple[RebaseNote, ...] = ()
    entries: list[LogEntry] = field(default_factory=list)
    """Everything since the base of the commit, its own entry included."""


def load(branch: Branch, version: int | None = None) -> tuple[Design, int]:
    """Return the design at a version, by default the head, with that version. Raises Invalid for one yet to come."""
    head = Branch.objects.values_list("head", flat=True).get(pk=branch.pk)
    wanted = head if version is None else version
    if not 0 <= wanted <= head:
        raise Invalid(f"There is no version {wanted}; the newest is {head}.")
    return design_at(branch, wanted), wanted


def commit(
    user: AnyUser, branch: Branch, base: int, change: Change, label: str, key: str, client: str = ""
) -> Accepted:
    """Append a change that was made on version `base`.

    It is rebased over what came since. A key that is in the log already writes nothing and gets the same answer, so a
    client that did not hear the answer may ask again. Raises Invalid where the change would break the design.
    """
    permissions.editing(user, branch)
    return _append(user, branch, lambda _: (base, change, label), key, client)


def merge_in(user: AnyUser, branch: Branch, base: int, change: Change, label: str, of: tuple[Branch, int]) -> Accepted:
    """Append what a merge brings, also to a protected branch. The caller has asked who may do that.

    `of` is the branch that it comes from, and the version of it.
    """
    return _append(user, branch, lambda _: (base, change, label), new_key(), "", of)


def run_command(
    user: AnyUser, branch: Branch, command: Callable[[Design], Edit], key: str = "", client: str = ""
) -> Accepted:
    """Run a command on the head and append what it gives. Nobody can get in between, so there is nothing to rebase."""
    permissions.editing(user, branch)

    def on_head(locked: Branch) -> tuple[int, Change, str]:
        try:
            edit = command(design_at(locked, locked.head))
        except Refused as refused:
            raise Invalid(sentence(refused.message), refused.field) from None
        return locked.head, edit.change, edit.label

    return _append(user, branch, on_head, key or new_key(), client)


def _append(
    user: AnyUser, branch: Branch, made: Callable[[Branch], tuple[int, Change, str]], key: str, client: str,
    of: tuple[Branch, int] | None = None,
) -> Accepted:  # fmt: skip
    if not 0 < len(key) <= KEY_LIMIT:
        raise Invalid(f"An edit needs a key of 1 to {KEY_LIMIT} characters.")
    with transaction.atomic():
        # On PostgreSQL the row lock, on SQLite the IMMEDIATE transaction makes this process the only sequencer.
        locked = Branch.objects.select_for_update().select_related("project").get(pk=branch.pk)
        earlier = LogEntry.objects.filter(branch=locked, key=key).first()
        if earlier is not None:
            since = entries_since(locked, earlier.version - 1)
            return Accepted(locked.head, earlier.version, change_decode(earlier.change), (), since)
        base, change, label = made(locked)
        accepted, after = _sequenced(locked, base, change)
        if accepted.version is not None:
            entry = _entry(user, locked, accepted, label, key, client, of)
            accepted.entries.append(entry)
            announcing.moved(locked, accepted.version)
    if accepted.version is not None:
        remember(locked, accepted.version, after)
        snapshots.when_due(locked, accepted.version)
        moved.send(Branch, user=user, branch=locked, version=accepted.version)
    branch.head = accepted.head
    return accepted


def _sequenced(locked: Branch, base: int, change: Change) -> tuple[Accepted, Design]:
    """Return what is to be appended, and the design after it."""
    if not 0 <= base <= locked.head:
        raise Invalid(f"The change was made on version {base}, but the newest is {locked.head}; load the design again.")
    design = design_at(locked, locked.head)
    since = entries_since(locked, base) if base < locked.head else []
    notes: tuple[RebaseNote, ...] = ()
    try:
        if since:
            over = reduce(compose, (change_decode(entry.change) for entry in since))
            rebased = rebase(change, over, design)
            change, notes = rebased.change, rebased.notes
        after = apply(design, change)
    except ChangeConflict as conflict:
        raise Invalid(f"The change does not fit: {conflict}.") from None
    if not change:
        return Accepted(locked.head, None, change, notes, since), after
    integrity.check(after, change)
    version = locked.head + 1
    return Accepted(version, version, change, notes, since), after


def _entry(
    user: AnyUser, locked: Branch, accepted: Accepted, label: str, key: str, client: str, of: tuple[Branch, int] | None
) -> LogEntry:
    """Write the one row of an edit, and where the head is now."""
    text = change_encode(accepted.change).decode()
    now = timezone.now()
    entry = LogEntry.objects.create(
        branch=locked,
        version=accepted.head,
        key=key,
        author_id=user.pk,
        author_name=display_name(user),
        time=now,
        label=(label.strip() or "Edit")[:LABEL_LIMIT],
        client=client[:KEY_LIMIT],
        change=text,
        merged_from=of[0] if of else None,
        merged_version=of[1] if of else None,
    )
    locked.tail_entries += 1
    locked.tail_bytes += len(text)
    Branch.objects.filter(pk=locked.pk).update(
        head=accepted.head, edited=now, tail_entries=F("tail_entries") + 1, tail_bytes=F("tail_bytes") + len(text)
    )
    return entry


def new_key() -> str:
    """Return a key for an edit that the server makes itself."""
    return public_id()


def sentence(words: str) -> str:
    """Return the words with a capital letter and a full stop; a name in front, as `public.orders`, stays as it is."""
    first = words.partition(" ")[0]
    is_name = "_" in first or "." in first[:-1]
    begun = words if is_name else words[:1].upper() + words[1:]
    return begun + ("" if words.endswith((".", "!", "?")) else ".")


def display_name(user: AnyUser) -> str:
    """Return how a user or a guest is called in the history; of an e-mail address only what stands before the @."""
    if not user.is_authenticated:
        found = next((f"{each.name} (guest)" for each in permissions.grants_of(user) if each.name), "a guest")
        return seen(found)[:200]
    name = getattr(user, "get_full_name", str)() or user.get_username()
    return seen(name.partition("@")[0])[:200].strip() or "somebody"
