"""Copies told apart from snapshots: a column that the table which a foreign key leads to has as well.

The name of a product in an order line is a copy while it always equals that of the product, and can be dropped; the
price is a snapshot once it differs, for it says what was true at the time. The pair of key and value tells: it is a
copy where all pairs here are pairs there (an inclusion dependency over two columns).
"""

from __future__ import annotations

from dataclasses import dataclass

from designer.dependencies.candidates import about
from designer.dependencies.sample import Row, Sample, spoken
from designer.dependencies.subject import subject_of
from designer.schema import Column, Design, Id, Table

COPY, SNAPSHOT, UNDECIDED = "copy", "snapshot", "undecided"


@dataclass(frozen=True, slots=True)
class Twin:
    """A column here and the column there that it may be a copy of; `columns` refer to `ref_columns` of `ref_table`."""

    owner: Id
    column: Id
    columns: tuple[Id, ...]
    ref_table: Id
    ref_column: Id
    ref_columns: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What rows say about a twin: `checked` rows had a counterpart, `differ` of them say something else than it.

    `missing` rows had none among the rows of the other table, which may only be a sample of it. `example` is a key
    with the value here and the value there.
    """

    kind: str
    text: str
    checked: int = 0
    differ: int = 0
    missing: int = 0
    example: Row = ()


def twins(design: Design, owner: Id) -> tuple[Twin, ...]:
    """Return the columns of a table that may be copies, from the model alone."""
    if not isinstance(design.get(owner), Table):
        return ()
    found = about(design, subject_of(design, owner)).twins()
    return tuple(
        Twin(owner, column.id, key.columns, key.ref_table or "", other.id, key.ref_columns)
        for key, column, other in found
        if len(key.columns) == len(key.ref_columns)
    )


def told(design: Design, twin: Twin, here: Sample, there: Sample) -> Told:
    """Return what the rows of both tables say. A row whose reference is NULL says nothing."""
    if not here.holds((*twin.columns, twin.column)) or not there.holds((*twin.ref_columns, twin.ref_column)):
        return Told(UNDECIDED, "There are no rows of both tables to compare.")
    known = dict(zip(there.of(twin.ref_columns), there.of((twin.ref_column,)), strict=True))
    checked = differ = missing = 0
    example: Row = ()
    for key, (value,) in zip(here.of(twin.columns), here.of((twin.column,)), strict=True):
        if None in key:
            continue
        if key not in known:
            missing += 1
            continue
        checked += 1
        if known[key][0] != value:
            differ += 1
            example = example or (spoken(key), value, known[key][0])
    return _told(design, twin, checked, differ, missing, example)


def _told(design: Design, twin: Twin, checked: int, differ: int, missing: int, example: Row) -> Told:
    here, other = _name(design, twin.column), _name(design, twin.ref_table)
    there = f"{other}.{_name(design, twin.ref_column)}"
    rows = f"{checked:,} {'row' if checked == 1 else 'rows'}"
    if not checked:
        return Told(UNDECIDED, "No row refers to one of the rows at hand.", missing=missing)
    if not differ:
        text = f"In {rows} {here} equals {there}: a copy, which can be dropped, for {other} has it."
        return Told(COPY, text, checked, missing=missing)
    text = f"In {differ:,} of {rows} {here} differs from {there}: a snapshot of what was true at the time; leave it."
    return Told(SNAPSHOT, text, checked, differ, missing, example)


def _name(design: Design, record: Id) -> str:
    found = design.get(record)
    return found.name if isinstance(found, Column | Table) else "something"
