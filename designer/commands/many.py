"""Several commands as one edit, for what people do to many records at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from designer.change import EMPTY, apply, compose
from designer.change.rebase import RebaseNote
from designer.commands.contract import Edit
from designer.schema import Design, Id

Step = Callable[[Design], Edit]


def together(design: Design, label: str, steps: Iterable[Step]) -> Edit:
    """Return what the steps do one after another, each on what the one before left, as one edit.

    Raises Refused as soon as one step does: then nothing is done.
    """
    change, now = EMPTY, design
    made: list[Id] = []
    notes: list[RebaseNote] = []
    for step in steps:
        done = step(now)
        now = apply(now, done.change)
        change = compose(change, done.change)
        made.extend(done.made)
        notes.extend(done.notes)
    return Edit(change, label, tuple(made), tuple(notes))
