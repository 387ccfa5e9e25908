"""Checks: rules of things, columns that always hold one value, references that are given whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from designer.levels.er import Field, Link, Literal, Ref, Rule, Thing
from designer.levels.physical.slots import Slot
from designer.levels.physical.writing import Writing
from designer.levels.values.conditions import condition
from designer.schema import Check, Column

Parts = tuple[str | Ref | Literal, ...]


def write_checks(writing: Writing) -> None:
    """Add a check for each rule."""
    for thing in writing.things:
        for slot in writing.slots.all(thing):
            if slot.field is not None and slot.field.fixed is not None:
                _write(writing, _always(slot, slot.field))
    for rule in writing.er.rules:
        if rule.thing in writing.tables:
            _write(writing, rule)


def write_whole(writing: Writing, thing: Thing, link: Link, slots: Sequence[Slot]) -> None:
    """Add a check that a reference of several columns that may be empty is given whole or not at all.

    MATCH SIMPLE, which is all that most databases know, lets a reference pass where one of its columns is empty.
    """
    marks = [Ref(slot.mark) for slot in slots]
    parts = (*_all(marks, " IS NULL"), " OR ", *_all(marks, " IS NOT NULL"))
    words = f"whole {link.role or writing.er.things[link.parent].words}"
    _write(writing, Rule(f"whole {link.mark}", thing.mark, words, parts, link.origin))


def _all(marks: Sequence[Ref], said: str) -> Parts:
    parts: list[str | Ref | Literal] = []
    for mark in marks:
        parts += [" AND " if parts else "(", mark, said]
    return (*parts, ")")


def _always(slot: Slot, field: Field) -> Rule:
    """Return the rule that a column holds the one value it is for."""
    value = field.fixed or ""
    said: str | Literal = value.upper() if field.type == "boolean" else Literal(value)
    return Rule(f"always {field.mark}", slot.thing, field.words, (Ref(slot.mark), " = ", said), field.origin)


def _write(writing: Writing, rule: Rule) -> None:
    table, thing = writing.tables[rule.thing], writing.er.things[rule.thing]
    if any(_slot(writing, thing, part) not in writing.columns for part in rule.parts if isinstance(part, Ref)):
        return
    name = writing.spaces.claim(
        "check", rule.mark, writing.names.check(table.name, rule.words), schema=table.parent or "", table=table.id
    )
    expr = condition(rule, column_of(writing, thing), writing.dialect)
    writing.put(Check(id=writing.id("check", rule.mark), parent=table.id, name=name, expr=expr, origin=rule.origin))


def column_of(writing: Writing, thing: Thing) -> Callable[[Ref], Column]:
    """Return what finds the column that a condition of a thing speaks of."""
    return lambda ref: writing.columns[_slot(writing, thing, ref)]


def _slot(writing: Writing, thing: Thing, ref: Ref) -> str:
    """Return the mark of the column that is meant; an empty text where there is none, as of what is derived."""
    if ref.field in writing.columns:
        return ref.field
    link = writing.er.links.get(ref.link)
    slots = writing.slots.reference(link) if link else writing.slots.of_mark(thing, ref.field)
    return slots[0].mark if slots else ""
