"""Rows for the proof of a migration: such as both sides can hold, as far as there are any."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from designer.evolution.carrying import Bringing, Filling, carried
from designer.evolution.carrying_back import made_to_agree
from designer.proof.contract import Piece, Scratch
from designer.proof.rows import rows_for
from designer.schema import Check, Column, Design, Exclusion, ForeignKey, Id, Index, Key, Record, Table
from designer.schema.references import referred_ids

_RULES = (Key, ForeignKey, Check, Exclusion, Index)


def fill(scratch: Scratch, old: Design, new: Design, model: Id, dialect: str) -> int:
    """Put rows into the old schema that the new one takes as well, and return how many.

    A table that refuses all of them gets rows that are made for the old schema only.
    """
    total, filled = _put(scratch, holding_both(old, new), old, model, dialect, frozenset())
    empty = {each.id for each in old.of(Table)} - filled
    if empty:
        total += _put(scratch, old, old, model, dialect, frozenset(filled))[0]
    agreeing = made_to_agree(old, new, model, dialect, scratch.rows)
    if agreeing:
        scratch.apply([Piece(sql, number, table) for number, (table, sql) in enumerate(agreeing)], old)
    return total


def _put(
    scratch: Scratch, design: Design, old: Design, model: Id, dialect: str, done: frozenset[Id]
) -> tuple[int, frozenset[Id]]:
    made = [each for each in rows_for(design, model, dialect).inserts if each.table not in done]
    pieces = [Piece(each.sql, number, each.table) for number, each in enumerate(made)]
    refused = {each.piece.line for each in scratch.apply(pieces, old).refusals} if pieces else set()
    taken = [each.table for number, each in enumerate(made) if not each.is_update and number not in refused]
    return len(taken), frozenset(taken)


def holding_both(old: Design, new: Design) -> Design:
    """Return the old design with what the new one asks of rows that are there: types, NOT NULL, keys, checks."""
    held = old.changed((), [*_columns(old, new), *_rules(old, new)])
    return held.changed((), list(_agreeing(held, new)))


def _agreeing(old: Design, new: Design) -> Iterator[Record]:
    """Yield what lets no two rows contradict each other in what is to be said only once: a key over what tells them
    apart."""
    for carry in carried(old, new).carries:
        key: tuple[Id, ...] = ()
        if isinstance(carry, Filling) and not carry.each_row:
            key = carry.key
        elif isinstance(carry, Bringing) and carry.back:
            key = carry.path[0].columns
        if key:
            yield Key(id=f"{carry.target[:30]}agreeing", parent=carry.source, columns=key)
            columns = (old[each] for each in key)
            yield from (replace(each, nullable=False) for each in columns if isinstance(each, Column))


def _columns(old: Design, new: Design) -> Iterator[Record]:
    for one in old.of(Column):
        two = new.get(one.id)
        if isinstance(two, Column) and one.generated is None and two.generated is None:
            kept = two.type_ref is None or two.type_ref in old
            kind = {"type": two.type, "logical": two.logical, "type_ref": two.type_ref} if kept else {}
            yield replace(one, nullable=one.nullable and two.nullable, **kind)


def _rules(old: Design, new: Design) -> Iterator[Record]:
    for kind in _RULES:
        for each in new.of(kind):
            if each.parent in old and all(target in old for target in referred_ids(each)):
                yield each
