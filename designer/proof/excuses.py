"""What cannot count against a proof: what the DDL leaves out and says so, and what follows from a refused statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from designer.compare import Comparison, Difference
from designer.proof.contract import Refusal
from designer.schema import Design, Id, Statement
from exporters.contract import Export

LEFT_OUT = frozenset({"refused", "statement"})
"""Codes of the notes of an export about what is not in it."""
NO_COMMENTS = "no-comments"
"""Code of the note that the target keeps no comments at all."""
ELSEWHERE = "missing-table"
"""Code of the notes about foreign keys that are made only where a table exists that the design does not have."""


def without_left_out(design: Design, export: Export, dialect: str) -> Design:
    """Return the design without what the DDL leaves out, and says so in its notes."""
    codes = (
        LEFT_OUT if dialect == "sqlite" else {*LEFT_OUT, ELSEWHERE}
    )  # SQLite takes a key to a table that is not there
    if any(note.code == NO_COMMENTS for note in export.notes):
        design = design.changed((), [structs.replace(each, comment="") for each in design.records() if each.comment])
    gone = {note.about for note in export.notes if note.about and note.code in codes}
    waiting = [each for each in gone if each in design]
    found: list[Id] = []
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [each for each in design.children(one) if each not in gone]
    return design.changed(dict.fromkeys(found), ()) if found else design


def without_excused(comparison: Comparison, refusals: Sequence[Refusal], design: Design) -> Comparison:
    """Return a comparison without what follows from refused statements, which are told by themselves."""
    excused = _excused(refusals, design)
    names = {getattr(design.get(each), "name", "") for each in excused}
    made = _made_by_queries(design)
    whole = _without_halves(comparison.differences) if refusals else comparison.differences
    return replace(comparison, differences=[each for each in whole if not _is_of(each, excused, names, made)])


def _excused(refusals: Sequence[Refusal], design: Design) -> set[Id]:
    """Return the records that cannot be there since a statement was refused: each is told once, with its statement."""
    found: set[Id] = set()
    waiting = [
        each.piece.about for each in refusals if each.piece.about and not each.piece.text.lower().startswith("comment")
    ]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting += design.children(one)
    return found


def _without_halves(differences: list[Difference]) -> list[Difference]:
    """Leave out what is on both sides under one name and differs in what it belongs to only: that was refused."""
    sides = [{each.about for each in differences if each.field == "" and each.left is side} for side in ("there", None)]
    both = sides[0] & sides[1]
    return [each for each in differences if each.field or each.about not in both]


_GRANTED = re.compile(r" on \w+ (.+) to ")
_BY_QUERY = re.compile(
    r"\s*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w.\"]+)[^;()]*\bas\b", re.IGNORECASE
)


def _made_by_queries(design: Design) -> tuple[str, ...]:
    """Return the tables that a verbatim CREATE TABLE … AS makes: their columns are the query's, not the design's."""
    found = (_BY_QUERY.match(each.text.text) for each in design.of(Statement))
    return tuple(each[1].replace('"', "").rpartition(".")[2] for each in found if each)


def _is_of(difference: Difference, excused: set[Id], names: set[str], made: tuple[str, ...]) -> bool:
    if difference.left_id in excused:
        return True
    granted = _GRANTED.search(difference.path) if difference.kind == "grant" and difference.right_id is None else None
    if granted is not None:
        return granted[1].rpartition(".")[2] in names
    return difference.left_id is None and bool(made) and not set(difference.path.split(".")).isdisjoint(made)
