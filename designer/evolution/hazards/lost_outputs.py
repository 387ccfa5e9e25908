"""Columns that views gave under a name that they no longer give, and the step after which they do not."""

from __future__ import annotations

from collections.abc import Iterator

from designer.compare.languages import language_of
from designer.compare.side import Side
from designer.dialects.registry import get
from designer.evolution.contract import Migration, Step
from designer.schema import Column, Design, Id, View

Change = tuple[str, str]
"""What a column of a view was called, and what stands in its place; empty where nothing does."""


class Lost:
    """What the views of the old side no longer give, by the step that takes it away."""

    def __init__(self, migration: Migration):
        self.migration = migration
        self._steps = [part for step in migration.steps for part in (step.parts or (step,))]
        self._of_step: dict[int, list[tuple[View, list[Change]]]] = {}
        if migration.old.of(View) and any(isinstance(step.new, View) or _renames(step) for step in self._steps):
            self._find()

    def at(self, step: Step) -> list[tuple[View, list[Change]]]:
        """Return the views, and what each no longer gives, that a step is the first to change."""
        return self._of_step.get(id(step), [])

    def _find(self) -> None:
        old, new = self.migration.old, self.migration.new
        changing = {step.about: step for step in reversed(self._steps) if isinstance(step.new, View)}
        renames = {step.about: step for step in self._steps if _renames(step)}
        behind = _readers(new, {new[each].parent or "": step for each, step in renames.items()})
        language, dialect = language_of(self.migration.dialect), get(self.migration.dialect)
        before = Side(old, dialect, self.migration.old_model)
        after = Side(new, dialect, self.migration.new_model)
        for view in old.of(View):
            now, step = new.get(view.id), changing.get(view.id) or behind.get(view.id)
            if step is None or not isinstance(now, View):
                continue
            ours, theirs = language.outputs(before, view), language.outputs(after, now)
            changes = list(_changes(ours, theirs)) if ours and theirs else []
            if changes:
                self._of_step.setdefault(id(step), []).append((now, changes))


def _renames(step: Step) -> bool:
    return step.operation == "rename" and isinstance(step.new, Column)


def _readers(design: Design, steps: dict[Id, Step]) -> dict[Id, Step]:
    """Return the views that read what steps are about, directly or through other views."""
    found: dict[Id, Step] = {}
    waiting = list(steps.items())
    while waiting:
        read, step = waiting.pop()
        for each in sorted(design.referrers(read)):
            if each not in found and isinstance(design[each], View):
                found[each] = step
                waiting.append((each, step))
    return found


def _changes(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Change]:
    """Yield the names that are no longer there; what stands at the same place under a new name has taken it."""
    before, after = ({each.lower() for each in side} for side in (ours, theirs))
    for at, name in enumerate(ours):
        if not name or name.lower() in after:
            continue
        other = theirs[at] if len(ours) == len(theirs) else ""
        yield name, other if other.lower() not in before else ""
