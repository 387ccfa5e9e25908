"""The columns of a table or an entity as rules over names look at them."""

from __future__ import annotations

from dataclasses import dataclass

from designer.dependencies.entities import column_ids, identified
from designer.dependencies.implied import unique_sets
from designer.dependencies.words import Words, words_of
from designer.schema import Attribute, Column, Design, Entity, Id, Named, Table


@dataclass(frozen=True, slots=True)
class Seen:
    """One column: its words, whether it may be missing, and its type in words that no database owns."""

    id: Id
    name: str
    words: Words
    type: str
    optional: bool


def seen(design: Design, owner: Id) -> list[Seen]:
    """Return the columns of a table, or what an entity would have as columns, in order."""
    if isinstance(design[owner], Table):
        columns = design.of(Column, owner)
        return [Seen(each.id, each.name, words_of(each.name), each.logical, each.nullable) for each in columns]
    return [_part(design, each, name) for each, name in column_ids(design, owner).items()]


def _part(design: Design, part: Id, name: str) -> Seen:
    record = design.get(part)
    if isinstance(record, Attribute):
        return Seen(part, name, words_of(name), record.type, record.optional)
    return Seen(part, name, (*words_of(name), "id"), "", False)


def unique_of(design: Design, owner: Id) -> list[frozenset[Id]]:
    """Return the sets of columns on which no two rows can agree, the primary key first."""
    if isinstance(design[owner], Entity):
        return [frozenset(fact.left) for fact in identified(design, owner)]
    return [frozenset(columns) for columns, _, _ in unique_sets(design, owner)]


def owner_words(design: Design, owner: Id) -> Words:
    """Return the words of the name of a table or an entity."""
    record = design[owner]
    return words_of(record.name) if isinstance(record, Named) else ()
