"""Edits that any record takes: set fields, rename, delete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from designer.change.change import field_names
from designer.change.codec import misfit
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called, names_in, word
from designer.schema import (
    Attribute,
    Column,
    Design,
    Entity,
    EnumType,
    Id,
    Model,
    Named,
    Record,
    Schema,
    Table,
    View,
)  # fmt: skip

_UNIQUE_AMONG: tuple[tuple[type[Record], ...], ...] = (
    (Table, View), (Column,), (Schema,), (EnumType,), (Entity,), (Attribute,),
)  # fmt: skip
"""Kinds whose names must differ under one parent; tables and views share one space."""


def set_fields(design: Design, record: Id, values: Mapping[str, Any]) -> Edit:
    """Set fields of one record. Raises Refused for an unknown field, a value of the wrong type, or a taken name.

    For example `set_fields(design, column.id, {"nullable": False})`.
    """
    old = get(design, record, Record)
    unknown = [name for name in values if name not in field_names(type(old)) or name == "parent"]
    if unknown:
        raise Refused(f"a {word(old)} has no field {unknown[0]!r} to set", unknown[0])
    if "name" in values:
        check_name(design, old, values["name"])
    new = replace(old, **values)
    wrong = misfit(new)
    if wrong is not None:
        raise Refused(f"that value does not fit: {wrong}", next(iter(values)))
    return edit(design, _label(design, old, new, values), [new])


def _label(design: Design, old: Record, new: Record, values: Mapping[str, Any]) -> str:
    if set(values) == {"name"} and isinstance(new, Named):
        return f"Rename {word(old)} {called(design, old)} to {new.name}"
    fields = ", ".join(name.replace("_", " ") for name in values)
    return f"Set {fields} of {word(old)} {called(design, old)}"


def rename(design: Design, record: Id, name: str) -> Edit:
    """Give a record another name; whatever refers to it follows by id."""
    return set_fields(design, record, {"name": name})


def check_name(design: Design, record: Record, name: object) -> None:
    """Raise Refused where a name cannot be given to a record: not text, empty, or held by a sibling."""
    if not isinstance(name, str) or not name.strip():
        raise Refused("a name cannot be empty; type at least one letter", "name")
    if "\x00" in name:
        raise Refused("a name cannot hold the character NUL; no database accepts it", "name")
    for kinds in _UNIQUE_AMONG:
        if isinstance(record, kinds) and record.parent:
            own = design.get(record.id)
            siblings = names_in(design, record.parent, kinds) - ({own.name} if isinstance(own, Named) else set())
            if name in siblings:
                raise Refused(f"there is a {word(record)} named {name} here already; choose another name", "name")


def delete(design: Design, records: Iterable[Id]) -> Edit:
    """Delete records with all that falls with them: a column's keys, a table's columns and the foreign keys to it."""
    gone = tuple(each for each in records if each in design)
    if not gone:
        raise Refused("nothing to delete: what was selected is not there any more")
    if any(isinstance(design[each], Model) for each in gone):
        raise Refused("a model is deleted from the project page, not from a diagram")
    first = design[gone[0]]
    label = f"Delete {word(first)} {called(design, first)}" if len(gone) == 1 else f"Delete {len(gone)} elements"
    return edit(design, label, [], gone)
