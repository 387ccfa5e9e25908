"""The fix that gives the columns of a foreign key the types of those that it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from designer.commands import Edit
from designer.commands.contract import edit, replace
from designer.commands.names import called
from designer.commands.types_of import type_like
from designer.lint.contract import Fix
from designer.lint.pairs import Pair
from designer.lint.subject import Subject
from designer.schema import Design, IdSource


def retyping(subject: Subject, wrong: Sequence[Pair]) -> Fix | None:
    """Return the fix, or None where a column is in another foreign key too, whose types would then differ."""
    if any(subject.referring.get(column.id, 0) > 1 for column, _ in wrong):
        return None
    if any(column.identity or column.generated for column, _ in wrong):
        return None
    types = ", ".join(dict.fromkeys(str(type_like(ref)["type"]) for _, ref in wrong))
    return Fix(f"Change it to {types}", partial(_retype, wrong=tuple(wrong)))


def _retype(design: Design, _ids: IdSource, wrong: tuple[Pair, ...]) -> Edit:
    names = ", ".join(called(design, column) for column, _ in wrong)
    return edit(
        design,
        f"Give {names} the type of what it refers to",
        [replace(column, **type_like(ref)) for column, ref in wrong],
    )
