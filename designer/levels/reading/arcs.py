"""Arcs: of several references of an entity exactly one, or at most one, is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from designer.levels.contract import Note
from designer.levels.er import Link, Literal, Ref, Rule
from designer.levels.reading.source import Source
from designer.schema import Arc, Entity, Id


def arc_rules(
    source: Source, entities: Mapping[Id, Entity], links: Mapping[str, Link], notes: list[Note]
) -> tuple[dict[str, Link], tuple[Rule, ...]]:
    """Return the links, those of arcs optional, and the rule of each arc."""
    after = dict(links)
    rules = []
    for entity in entities.values():
        for arc in source.design.of(Arc, entity.id):
            rule = _rule(source, arc, entity, after, notes)
            if rule is not None:
                rules.append(rule)
    return after, tuple(rules)


def _rule(source: Source, arc: Arc, entity: Entity, links: dict[str, Link], notes: list[Note]) -> Rule | None:
    thing = source.mark(entity.id)
    marks = [mark for each in arc.relationships if (mark := source.mark(each)) in links and links[mark].child == thing]
    if len(marks) < len(arc.relationships):
        notes.append(
            Note(
                "arc-without", source.true(arc.id),
                f"an arc of {entity.name} names a relationship that {entity.name} holds no reference for; "
                "the rule is about the others",
            )
        )  # fmt: skip
    if len(marks) < 2:
        return None
    for mark in marks:
        links[mark] = replace(links[mark], optional=True)
    words = arc.name or ("one parent" if arc.mandatory else "at most one parent")
    return Rule(
        mark=source.mark(arc.id), thing=thing, words=words,
        parts=_parts(marks, arc.mandatory), origin=source.true(arc.id),
    )  # fmt: skip


def _parts(marks: list[str], mandatory: bool) -> tuple[str | Ref | Literal, ...]:
    parts: list[str | Ref | Literal] = []
    for number, mark in enumerate(marks):
        parts += [" + " if number else "", "CASE WHEN ", Ref(link=mark), " IS NULL THEN 0 ELSE 1 END"]
    return (*parts, " = 1" if mandatory else " <= 1")
