"""The translation of a whole model, table by table."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.schema import (
    CompositeType,
    Design,
    Diagram,
    DomainType,
    EnumType,
    Extension,
    Id,
    Record,
    Schema,
    Sequence,
    Statement,
    Table,
    View,
    kind_of,
)
from exporters.ddl.catalog import Catalog
from exporters.ddl.notes import Notes
from exporters.ddl.translation.counting import Counting
from exporters.ddl.translation.inheritance import expanded
from exporters.ddl.translation.lengths import Lengths
from exporters.ddl.translation.names import Namer
from exporters.ddl.translation.tables import Tables
from exporters.ddl.translation.types import Types
from exporters.ddl.translation.view_records import Views
from exporters.ddl.translation.work import Work


def translated(catalog: Catalog, source: Dialect, target: Dialect, notes: Notes) -> Design:
    """Return a model of `source` as one of `target`; what is lost stands in `notes`."""
    inherits = target.supports(can.INHERITANCE)
    catalog = catalog if inherits else expanded(catalog)
    named = Namer(catalog, source, target, notes).renamed()
    work = Work(catalog, source, target, notes, named)
    return _Model(work).design()


class _Model:
    def __init__(self, work: Work):
        self.work = work
        self.types = Types(work)
        self.types.find()
        self.counting = Counting(work)
        self.lengths = Lengths(work)
        self.tables = Tables(work, self.types, self.counting, self.lengths)
        self.views = Views(work, self.tables)

    def design(self) -> Design:
        """Return the records of the model in the target, in the order of the source."""
        work, model = self.work, self.work.catalog.model
        extra = {} if work.source_family != work.family else model.extra
        records: list[Record] = [msgspec.structs.replace(model, target=work.target.name, extra=extra)]
        self.tables.prepare()
        for record in work.catalog.objects:
            records += self.of(record)
        for statement in work.catalog.statements:
            self._statement(statement)
        return Design(_ordered([*records, *work.made, *self._extensions()]))

    def _extensions(self) -> Iterable[Record]:
        """A type that an extension brings needs that extension."""
        if self.work.family == "postgresql" and any(each.startswith("vector") for each in self.work.logical.values()):
            yield Extension(id=f"{self.work.catalog.model.id}.vector", parent=self.work.catalog.model.id, name="vector")

    def of(self, record: Record) -> Iterable[Record]:
        """Return the records that stand for an object in the target."""
        if isinstance(record, Schema):
            return [msgspec.structs.replace(record, extra={})] if self.work.can(can.SCHEMAS) else ()
        if isinstance(record, Table):
            return self.tables.of(record)
        if isinstance(record, View):
            return self.views.of(record)
        if isinstance(record, Sequence):
            return self._sequence(record)
        if isinstance(record, (EnumType, DomainType, CompositeType)):
            self._type(record)
            return ()
        if not isinstance(record, Diagram):
            self._left_out(record)
        return ()

    def _left_out(self, record: Record) -> None:
        work, kind = self.work, kind_of(record).replace("_", "-")
        if kind == "extension":
            work.lost("no-extension", f"{work.target.title} has no extensions; it is left out", record)
        elif kind == "publication":
            work.lost("no-publication", f"{work.target.title} has no publications; it is left out", record)
        else:
            message = f"it is written in the words of {work.source.title}; it is left out, write it anew"
            work.lost("verbatim", message, record)

    def _sequence(self, sequence: Sequence) -> Iterable[Record]:
        """A sequence is told by the column that it numbers; any other is one of its own, where there are such."""
        work = self.work
        if self.counting.used(sequence):
            return ()
        if not work.can(can.SEQUENCES):
            work.lost("no-sequences", f"{work.target.title} has no sequences; it is left out", sequence)
            return ()
        if work.family == "postgresql" and (sequence.increment == 0 or sequence.cache == 0):
            work.lost(
                "sequence-step", "PostgreSQL has no sequences of step 0 or without a cache; it counts by one", sequence
            )
            sequence = msgspec.structs.replace(
                sequence, increment=sequence.increment or None, cache=sequence.cache or None
            )
        return [Sequence(
            id=sequence.id, parent=work.named[sequence.id].parent, order=sequence.order, name=work.name(sequence.id),
            start=sequence.start, increment=sequence.increment, minimum=sequence.minimum, maximum=sequence.maximum,
            cache=sequence.cache, cycle=sequence.cycle,
            comment=sequence.comment if work.family == "postgresql" else "",
        )]  # fmt: skip

    def _type(self, record: EnumType | DomainType | CompositeType) -> None:
        """A type is written where a column is of it; one that no column is of is lost."""
        used: set[Id | None] = {
            column.type_ref for parts in self.work.catalog.hanging.values() for column in parts.columns
        }
        used |= {domain.type_ref for domain in self.work.catalog.of(DomainType)}
        if record.id not in used:
            message = f"{self.work.target.title} has no types of one's own, and no column is of it; it is left out"
            self.work.lost("type", message, record)

    def _statement(self, statement: Statement) -> None:
        reason = statement.reason or "kept for reading"
        if statement.phase != "never":
            reason = f"it is for {statement.dialect or self.work.source.title}"
        self.work.lost("statement", f"it is left out: {reason}", statement)


def _ordered(records: list[Record]) -> list[Record]:
    """Return records whose order keys follow their place in the list."""
    return [msgspec.structs.replace(each, order=f"{at:08d}") for at, each in enumerate(records)]
