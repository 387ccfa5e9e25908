"""Deriving a physical model: tables, columns, keys, references, checks and indexes for a database."""

from __future__ import annotations

from designer.commands.contract import get as get_record
from designer.dialects.registry import get
from designer.levels.contract import Result, Settings
from designer.levels.folding import fold
from designer.levels.indexes import write_indexes
from designer.levels.naming import Names, Spaces
from designer.levels.reading import read
from designer.levels.references import write_references
from designer.levels.settling import settled
from designer.levels.slots import Slots
from designer.levels.tables import write_schema, write_tables
from designer.levels.writing import Writing
from designer.schema import Design, Id, Model


def physical(design: Design, source: Id, model: Model, settings: Settings) -> Result:
    """Return what the model `source` of a design becomes in the physical model `model`, in its target.

    Raises KeyError where the target is no dialect, Refused where the source is no model.
    """
    dialect = get(model.target or "postgresql")
    er = fold(read(design, get_record(design, source, Model), settings), settings, dialect)
    er = settled(er, settings, dialect)
    names = Names(settings, dialect)
    writing = Writing(er, model, settings, dialect, Slots(er, settings), names, Spaces(names))
    write_schema(writing)
    write_tables(writing)
    write_references(writing)
    write_indexes(writing)
    return Result(tuple(writing.records), (*er.notes, *writing.slots.notes, *writing.notes))
