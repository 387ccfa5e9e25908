"""From drafts, which know one another by name, to records, which know one another by id."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

from designer.dialects.logical import logical_type
from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.constraints import ConstraintBuilder
from designer.importers.sql.generic.drafts import (
    ColumnDraft,
    Item,
    PartitioningDraft,
    RoutineDraft,
    SequenceDraft,
    StatementDraft,
    TableDraft,
    ViewDraft,
)
from designer.importers.sql.generic.key_names import name_apart
from designer.importers.sql.generic.places import Places
from designer.importers.sql.generic.queries import QueryReader
from designer.importers.sql.generic.scope import Scope, Warn
from designer.schema import (
    Column,
    Expr,
    Id,
    Model,
    Partitioning,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)
from designer.schema.ids import IdSource
from designer.schema.order import sequence

orders = lru_cache(maxsize=512)(sequence)
"""Order keys for so many siblings."""


class Builder:
    """Makes the records of one model."""

    def __init__(self, catalog: Catalog, model: Model, ids: IdSource, text: str, places: Places, warn: Warn):
        self.catalog = catalog
        self.model = model
        self.ids = ids
        self.places = places
        self.dialect = catalog.flavour.dialect
        self.records: list[Record] = [model]
        self.schemas: dict[str, Id] = {}
        self.scope = Scope(catalog, text, warn)
        self.constraints = ConstraintBuilder(self.scope, ids)
        self.queries = QueryReader(self.scope)

    def build(self) -> list[Record]:
        """Return all records, the model first."""
        items = self.catalog.items()
        self._make_schemas(items)
        self._name(items)
        for item, order in zip(items, orders(len(items)), strict=True):
            self._write[type(item)](self, item, order)
        return self.records

    def _make_schemas(self, items: list[Item]) -> None:
        names = [each.schema for each in items if not isinstance(each, StatementDraft) and each.schema]
        found = list(dict.fromkeys(names))
        for name, order in zip(found, orders(len(found)), strict=True):
            self.schemas[name] = self.ids()
            options = self.catalog.databases.get(name, {})
            self.records.append(
                Schema(id=self.schemas[name], parent=self.model.id, order=order, name=name, extra=options)
            )

    def _name(self, items: list[Item]) -> None:
        """Give tables, their columns, views and routines their ids, so that all can refer to all."""
        for item in items:
            if isinstance(item, TableDraft | ViewDraft | RoutineDraft):
                self.scope.ids[id(item)] = self.ids()
            if isinstance(item, TableDraft):
                self.scope.columns[id(item)] = {name: self.ids() for name in item.columns}

    def _home(self, schema: str) -> Id:
        return self.schemas[schema] if schema else self.model.id

    # Tables

    def _table(self, draft: TableDraft, order: str) -> None:
        table_id = self.scope.ids[id(draft)]
        count = len(draft.columns) + len(draft.constraints) + len(draft.triggers) + 1
        places = iter(orders(count))
        self.records.append(
            Table(
                id=table_id, parent=self._home(draft.schema), order=order, name=draft.name, comment=draft.comment,
                extra=draft.extra, persistence=draft.persistence, tablespace=draft.tablespace,
            )
        )  # fmt: skip
        not_null = self._not_null(draft)
        names = self.scope.columns[id(draft)]
        for key, column in draft.columns.items():
            self.records.append(self._column(column, names[key], draft, next(places), key in not_null))
        if self.catalog.flavour.mysql:
            name_apart(draft)
        for constraint in draft.constraints:
            self.records.append(self.constraints.record(constraint, draft, next(places)))
        if draft.partitioning is not None:
            self.records.append(self._partitioning(draft.partitioning, draft, next(places)))
        self._triggers(draft, list(places))

    def _not_null(self, draft: TableDraft) -> set[str]:
        """Return the columns that the primary key makes NOT NULL: all of it in MySQL, none in SQLite."""
        key = draft.primary_key()
        if key is None or self.catalog.flavour.sqlite:
            return set()
        return {part.column.lower() for part in key.parts}

    def _column(self, draft: ColumnDraft, column_id: Id, table: TableDraft, order: str, not_null: bool) -> Column:
        return Column(
            id=column_id,
            parent=self.scope.ids[id(table)],
            order=order,
            name=draft.name,
            comment=draft.comment,
            type=draft.type,
            logical=logical_type(draft.type, self.dialect) if draft.type else "",
            nullable=draft.nullable and not not_null,
            default=Expr(self.catalog.plain(draft.default)) if draft.default is not None else None,
            generated=self.scope.expr(draft.generated, table) if draft.generated is not None else None,
            generated_kind=draft.generated_kind,
            identity=draft.identity,
            not_null_name=draft.not_null_name,
            collation=draft.collation,
            on_update=draft.on_update,
            extra=draft.extra,
        )

    def _partitioning(self, draft: PartitioningDraft, table: TableDraft, order: str) -> Partitioning:
        return Partitioning(
            id=self.ids(),
            parent=self.scope.ids[id(table)],
            order=order,
            strategy=draft.strategy,
            parts=tuple(self.scope.part(part, table) for part in draft.parts),
            text=draft.text,
        )

    def _triggers(self, drafted: TableDraft | ViewDraft, places: list[str]) -> None:
        owner = self.scope.ids[id(drafted)]
        for draft, order in zip(drafted.triggers, places, strict=False):
            text = self.queries.trigger(draft, drafted)
            self.records.append(
                Trigger(id=self.ids(), parent=owner, order=order, name=draft.name, text=text, extra=draft.extra)
            )

    # Views, routines, sequences, statements

    def _view(self, draft: ViewDraft, order: str) -> None:
        view_id = self.scope.ids[id(draft)]
        query, depends_on = self.queries.view(draft)
        self.records.append(
            View(
                id=view_id, parent=self._home(draft.schema), order=order, name=draft.name, columns=draft.columns,
                query=query, check_option=draft.check_option, depends_on=depends_on, extra=draft.extra,
            )
        )  # fmt: skip
        self._triggers(draft, orders(len(draft.triggers)))

    def _routine(self, draft: RoutineDraft, order: str) -> None:
        self.records.append(
            Routine(
                id=self.scope.ids[id(draft)], parent=self._home(draft.schema), order=order, name=draft.name,
                routine_kind=draft.kind, signature=draft.signature, text=Expr(draft.text), extra=draft.extra,
            )
        )  # fmt: skip

    def _sequence(self, draft: SequenceDraft, order: str) -> None:
        self.records.append(
            Sequence(
                id=self.ids(), parent=self._home(draft.schema), order=order, name=draft.name, type=draft.type,
                cycle=draft.cycle, extra=draft.extra, start=draft.numbers.get("start"),
                increment=draft.numbers.get("increment"), minimum=draft.numbers.get("minimum"),
                maximum=draft.numbers.get("maximum"), cache=draft.numbers.get("cache"),
            )
        )  # fmt: skip

    def _statement(self, draft: StatementDraft, order: str) -> None:
        self.records.append(
            Statement(
                id=self.ids(), parent=self.model.id, order=order, text=Expr(draft.text), dialect=self.dialect.name,
                phase=draft.phase, reason=draft.reason, line=self.places.of(draft.offset)[0],
                extra={**draft.extra, **({"needs": draft.needs} if draft.needs else {})},
            )
        )  # fmt: skip

    _write: ClassVar[dict[type, Callable[..., None]]] = {
        TableDraft: _table,
        ViewDraft: _view,
        RoutineDraft: _routine,
        SequenceDraft: _sequence,
        StatementDraft: _statement,
    }
