"""Edits that a branch does not take any more, kept on a new one.

A branch may be archived or protected while somebody works on it, or has lost the network. What he did then is brought
to a branch of his own, made from the version that his page had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from designer.change import Change
from designer.models import Branch
from designer.services import branches, branching, permissions
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import seen

MOST = 2000
"""How many edits may be kept at once."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edit that its author's page holds, made on the ones before it."""

    key: str
    label: str
    change: Change


@dataclass(frozen=True, slots=True)
class Kept:
    """The new branch, and a sentence for each edit that even it could not take."""

    branch: Branch
    left_out: tuple[str, ...]


def keep(user: AnyUser, source: Branch, base: int, edits: Sequence[Waiting], client: str) -> Kept:
    """Bring edits, the first of which was made on version `base`, to a new branch made from that version."""
    permissions.require(user, source.project, Right.EDIT, "design")
    if not 0 < len(edits) <= MOST:
        raise Invalid(f"Between 1 and {MOST} edits can be kept on a branch at once.")
    with transaction.atomic():
        made = branching.create(user, source, _free_name(user, source), base)
        left_out = [sentence for each in edits if (sentence := _brought(user, made, each, client))]
    return Kept(made, tuple(left_out))


def _brought(user: AnyUser, made: Branch, edit: Waiting, client: str) -> str:
    """Append an edit; return why it cannot be, or nothing."""
    try:
        with transaction.atomic():
            branches.commit(user, made, made.head, edit.change, edit.label, edit.key, client)
    except Invalid as error:
        return f"{edit.label or 'An edit'}: {error.message}"
    return ""


def _free_name(user: AnyUser, source: Branch) -> str:
    """Return a name that no branch of the project has."""
    wished = seen(f"Edits of {branches.display_name(user)}")[: branching.LONGEST_NAME - 6]
    taken = set(Branch.objects.filter(project_id=source.project_id).values_list("name", flat=True))
    numbers = (f"{wished} {number}" for number in range(2, len(taken) + 3))
    return wished if wished not in taken else next(name for name in numbers if name not in taken)
