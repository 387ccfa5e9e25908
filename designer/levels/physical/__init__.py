"""Deriving a physical model: tables, columns, keys, references, checks and indexes for a database."""

from __future__ import annotations

import gc

from designer.commands.contract import get as get_record
from designer.dialects.registry import get
from designer.levels.contract import Result, Settings
from designer.levels.folding import fold
from designer.levels.naming import Spaces, names_for
from designer.levels.physical.auditing import audited
from designer.levels.physical.carrying import write_dependencies
from designer.levels.physical.checking import write_checks
from designer.levels.physical.circles import opened
from designer.levels.physical.columns import write_columns
from designer.levels.physical.indexes import write_indexes
from designer.levels.physical.key_sizes import size_of
from designer.levels.physical.references import write_references
from designer.levels.physical.row_sizes import narrowed
from designer.levels.physical.settling import settled
from designer.levels.physical.slots import Slots
from designer.levels.physical.tables import schema_of, write_keys, write_tables
from designer.levels.physical.writing import Writing
from designer.levels.reading import read
from designer.levels.values import Values
from designer.schema import Design, Id, Model


def physical(design: Design, source: Id, model: Model, settings: Settings) -> Result:
    """Return what the model `source` of a design becomes in the physical model `model`, in its target.

    Raises KeyError where the target is no dialect, Refused where the source is no model.
    """
    above = get_record(design, source, Model)
    collects = gc.isenabled()
    gc.disable()  # what is made here stays or goes as a whole; looking through it in between takes a third of the time
    try:
        return _derived(design, above, model, settings)
    finally:
        if collects:
            gc.enable()


def _derived(design: Design, above: Model, model: Model, settings: Settings) -> Result:
    dialect = get(model.target or "postgresql")
    names = names_for(settings, dialect)
    spaces = Spaces(names)
    schema = schema_of(model, settings, dialect)
    values = Values(design, model.id, schema.id if schema else model.id, settings, dialect, names, spaces)
    er = values.prepared(fold(read(design, above, settings), settings, dialect))
    er = settled(er, settings, dialect, lambda field: size_of(values.column(field).raw))
    er = audited(opened(er, dialect), settings, dialect)
    writing = Writing(er, model, settings, dialect, Slots(er, settings), names, spaces, values, schema)
    write_tables(writing)
    write_columns(writing)
    write_keys(writing)
    write_references(writing)
    write_checks(writing)
    write_indexes(writing)
    write_dependencies(writing, design, above)
    return _result(writing)


def _result(writing: Writing) -> Result:
    """Return the records in an order in which parents come first, each note once."""
    rows = writing.values.rows(writing.tables, writing.columns)
    first = [writing.schema] if writing.schema else []
    records, wide = narrowed((*first, *writing.values.records(), *writing.records, *rows), writing.dialect)
    notes = (*writing.er.notes, *writing.slots.notes, *writing.values.notes, *writing.notes, *wide)
    return Result(tuple(records), tuple(dict.fromkeys(notes)))
