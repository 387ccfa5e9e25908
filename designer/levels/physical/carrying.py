"""What a derived record takes over from the one above: definition, governance and dependencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from designer.levels.physical.writing import Writing
from designer.schema import Column, Dependency, Design, Entity, Id, Model, Record

_CARRIED = ("comment", "owner", "classification", "pii", "retention", "tags")


def carried(source: Record | None) -> dict[str, Any]:
    """Return the definition and governance that a derived record takes over from the one above."""
    return {name: value for name in _CARRIED if (value := getattr(source, name))} if source is not None else {}


def write_dependencies(writing: Writing, design: Design, source: Model) -> None:
    """Add the dependencies of entities to the tables that have all their columns."""
    for entity in design.of(Entity, source.id):
        for each in design.of(Dependency, entity.id):
            found = _in_one_table(writing, each)
            if found is not None:
                writing.put(found)


def _in_one_table(writing: Writing, dependency: Dependency) -> Dependency | None:
    """Return a dependency of columns, or None where they do not stand in one table."""
    sides = [[_columns(writing, each) for each in side] for side in (dependency.determinant, dependency.dependent)]
    tables = {column.parent for side in sides for columns in side for column in columns}
    if len(tables) != 1 or not all(columns for side in sides for columns in side):
        return None
    determinant, dependent = (_ids(side) for side in sides)
    is_whole = len(determinant) == len(dependency.determinant) and len(dependent) == len(dependency.dependent)
    return msgspec.structs.replace(
        dependency, id=writing.id("dependency", dependency.id), parent=next(iter(tables)), origin=dependency.id,
        determinant=determinant, dependent=dependent,
        counterexample=dependency.counterexample if is_whole else (),
    )  # fmt: skip


def _columns(writing: Writing, attribute: Id) -> list[Column]:
    """Return the columns of an attribute; none where it became columns of several tables."""
    found: list[Column] = []
    for mark, name in writing.er.where.get(attribute, ()):
        thing = writing.er.things.get(mark)
        found += [writing.columns[slot.mark] for slot in writing.slots.of_mark(thing, name)] if thing else []
    return found


def _ids(side: Sequence[Iterable[Column]]) -> tuple[Id, ...]:
    return tuple(dict.fromkeys(column.id for columns in side for column in columns))
