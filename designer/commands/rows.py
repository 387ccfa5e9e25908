"""Moving and copying the rows of a box: columns of a table, attributes of an entity; as doc/commands/columns.js."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.contract import Edit, Refused, edit, replace
from designer.commands.names import called, free_name, names_in, word
from designer.schema import Attribute, Column, Design, Id, IdSource
from designer.schema.order import between, sequence

Row = Column | Attribute


def move_rows(design: Design, rows: Sequence[Id], before: Id | None) -> Edit:
    """Move columns or attributes, in their order, in front of another one of their table, or to the end."""
    first = _row(design, rows[0])
    siblings = _siblings(design, first)
    moving = [each for each in siblings if each.id in rows]
    parent = design[first.parent or ""]
    if len(moving) != len(set(rows)):
        raise Refused(f"these {word(first)}s do not all stand in {called(design, parent)}; move those of one at a time")
    others = [each for each in siblings if each.id not in rows]
    target = _following(siblings, rows, before) if before in rows else before
    at = next((number for number, each in enumerate(others) if each.id == target), len(others))
    one = len(moving) == 1
    label = f"Move {word(first)} {called(design, first)}" if one else _many("Move", moving, called(design, parent))
    if [*others[:at], *moving, *others[at:]] == siblings:
        return edit(design, label, [])
    return edit(design, label, [*_ordered(others, moving, at)])


def duplicate_rows(design: Design, rows: Sequence[Id], before: Id | None, ids: IdSource) -> Edit:
    """Copy columns or attributes within their table, under free names and without their keys."""
    first = _row(design, rows[0])
    siblings = _siblings(design, first)
    taken = names_in(design, first.parent or "", (type(first),))
    at = next((number for number, each in enumerate(siblings) if each.id == before), len(siblings))
    copies: list[Row] = []
    for each in siblings:
        if each.id in rows:
            name = free_name(each.name, taken)
            taken.add(name)
            copies.append(replace(each, id=ids(), name=name, order=""))
    parent = called(design, design[first.parent or ""])
    one = len(copies) == 1
    label = f"Duplicate {word(first)} {called(design, first)}" if one else _many("Duplicate", copies, parent)
    return edit(design, label, [*_ordered(siblings, copies, at)])


def _row(design: Design, row: Id) -> Row:
    found = design.get(row)
    if not isinstance(found, Column | Attribute):
        raise Refused("this column is not there any more; somebody may have removed it")
    return found


def _siblings(design: Design, row: Row) -> list[Row]:
    return list(design.of(type(row), row.parent or ""))


def _many(verb: str, rows: Sequence[Row], parent: str) -> str:
    return f"{verb} {len(rows)} {word(rows[0])}s of {parent}"


def _following(siblings: Sequence[Row], rows: Sequence[Id], before: Id | None) -> Id | None:
    """Return the first sibling after `before` that does not move itself."""
    at = next(number for number, each in enumerate(siblings) if each.id == before)
    return next((each.id for each in siblings[at:] if each.id not in rows), None)


def _ordered(others: Sequence[Row], moving: Sequence[Row], at: int) -> list[Row]:
    """Return what gets a new order key: only what moves, where there is room between its new neighbours."""
    low = others[at - 1].order if at > 0 else None
    high = others[at].order if at < len(others) else None
    if (low or "") < ("~" if high is None else high) and low != "":
        placed: list[Row] = []
        for each in moving:
            low = between(low, high)
            placed.append(replace(each, order=low))
        return placed
    whole = [*others[:at], *moving, *others[at:]]
    return [replace(each, order=key) for each, key in zip(whole, sequence(len(whole)), strict=True)]
