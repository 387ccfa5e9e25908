"""Keys, foreign keys, checks and indexes as records."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from designer.importers.sql.generic.cursor import Cursor
from designer.importers.sql.generic.drafts import (
    CheckDraft,
    Constraint,
    ForeignKeyDraft,
    IndexDraft,
    KeyDraft,
    PartDraft,
    TableDraft,
)
from designer.importers.sql.generic.scope import Scope
from designer.schema import Check, Expr, ForeignKey, Id, Index, IndexPart, Key, Record, Statement
from designer.schema.ids import IdSource


class ConstraintBuilder:
    """Makes records of the constraints of tables, when all tables have their ids."""

    def __init__(self, scope: Scope, ids: IdSource):
        self.scope = scope
        self.ids = ids
        self.flavour = scope.catalog.flavour

    def record(self, draft: Constraint, table: TableDraft, order: str) -> Record:
        """Return the record of a constraint; one over a column that is not there becomes a statement kept aside."""
        missing = self._missing_column(draft, table)
        if missing:
            return self._aside(draft, table, order, missing)
        return self._make[type(draft)](self, draft, table, order)

    def _missing_column(self, draft: Constraint, table: TableDraft) -> str:
        names: list[str] = []
        if isinstance(draft, ForeignKeyDraft):
            names = draft.columns
        elif isinstance(draft, KeyDraft | IndexDraft):
            names = [part.column for part in draft.parts if part.column]
        return next((name for name in names if self.scope.column(table, name) is None), "")

    def _aside(self, draft: Constraint, table: TableDraft, order: str, missing: str) -> Statement:
        reason = f"the table has no column «{missing}»"
        self.scope.warn(f"CREATE TABLE {table.name}", f"{reason}; what names it is kept aside", draft.offset)
        return Statement(
            id=self.ids(),
            parent=self.scope.ids[id(table)],
            order=order,
            dialect=self.flavour.dialect.name,
            phase="never",
            reason=reason,
            text=Expr(f"ALTER TABLE {self.flavour.dialect.quote(table.name)} ADD {self._source(draft)}"),
        )

    def _source(self, draft: Constraint) -> str:
        """Return the constraint as it was written."""
        text = self.scope.text
        cursor = Cursor(text, self.flavour, draft.offset, min(len(text), draft.offset + _LONGEST_SOURCE))
        return cursor.until(",", ")", ";")

    def _key(self, draft: KeyDraft, table: TableDraft, order: str) -> Key:
        return Key(
            id=self.ids(),
            parent=self.scope.ids[id(table)],
            order=order,
            name=draft.name,
            comment=draft.comment,
            primary=draft.primary,
            columns=self._columns([part.column for part in draft.parts], table),
            parts=self._parts(draft.parts, table) if any(map(_is_more_than_column, draft.parts)) else (),
            without_overlaps=draft.without_overlaps,
            extra=draft.extra,
        )

    def _columns(self, names: list[str], table: TableDraft) -> tuple[Id, ...]:
        return tuple(found for name in names if (found := self.scope.column(table, name)) is not None)

    def _parts(self, drafts: list[PartDraft], table: TableDraft) -> tuple[IndexPart, ...]:
        return tuple(self.scope.part(each, table) for each in drafts)

    def _index(self, draft: IndexDraft, table: TableDraft, order: str) -> Index:
        return Index(
            id=self.ids(),
            parent=self.scope.ids[id(table)],
            order=order,
            name=draft.name,
            comment=draft.comment,
            unique=draft.unique,
            method=draft.method,
            parts=self._parts(draft.parts, table),
            where=self.scope.expr(draft.where, table) if draft.where is not None else None,
            extra=draft.extra,
        )

    def _check(self, draft: CheckDraft, table: TableDraft, order: str) -> Check:
        return Check(
            id=self.ids(),
            parent=self.scope.ids[id(table)],
            order=order,
            name=draft.name,
            expr=self.scope.expr(draft.expr, table),
            not_enforced=draft.not_enforced,
            extra=draft.extra,
        )

    def _foreign_key(self, draft: ForeignKeyDraft, table: TableDraft, order: str) -> ForeignKey:
        found = self._target(draft, table)
        ref_table, ref_columns = found if found is not None else (None, ())
        return ForeignKey(
            id=self.ids(),
            parent=self.scope.ids[id(table)],
            order=order,
            name=draft.name,
            columns=self._columns(draft.columns, table),
            ref_table=ref_table,
            ref_columns=ref_columns,
            missing_table=_path(draft) if ref_table is None else "",
            missing_columns=tuple(draft.ref_columns) if ref_table is None else (),
            on_delete=draft.on_delete,
            on_update=draft.on_update,
            match=draft.match,
            deferrable=draft.deferrable,
            deferred=draft.deferred,
            extra={key: value for key, value in draft.extra.items() if key != "inline"}
            | self._as_written(draft, table),
        )

    def _as_written(self, draft: ForeignKeyDraft, table: TableDraft) -> dict[str, str]:
        """Return how SQLite, which keeps it, was told the target, where that is not its name and all its columns."""
        target = self.scope.catalog.table(draft.ref_schema or table.schema, draft.ref_table)
        if self.flavour.mysql or target is None:
            return {}
        found = [target.column(each) for each in draft.ref_columns]
        if draft.ref_table == target.name and found and draft.ref_columns == [each.name for each in found if each]:
            return {}
        quote = self.flavour.dialect.quote
        columns = f" ({', '.join(map(quote, draft.ref_columns))})" if draft.ref_columns else ""
        return {"references": quote(draft.ref_table) + columns}

    def _target(self, draft: ForeignKeyDraft, table: TableDraft) -> tuple[Id, tuple[Id, ...]] | None:
        """Return the referenced table and columns; None, with a warning, where they are not all there."""
        what = f"FOREIGN KEY {draft.name}".rstrip() + f" of {table.name}"
        target = self.scope.catalog.table(draft.ref_schema or table.schema, draft.ref_table)
        if target is None:
            self.scope.warn(what, f"the table «{_path(draft)}» is not in this text", draft.offset)
            return None
        if "inline" in draft.extra and self.flavour.dialect.name == "mysql":
            message = "MySQL reads REFERENCES behind a column and ignores it; write FOREIGN KEY … REFERENCES instead"
            self.scope.warn(what, message, draft.offset)
        names = draft.ref_columns or _primary_columns(target)
        columns = self._columns(names, target)
        if len(columns) < len(names):
            missing = next(name for name in names if self.scope.column(target, name) is None)
            self.scope.warn(what, f"the table «{target.name}» has no column «{missing}»", draft.offset)
            return None
        if columns and len(columns) != len(draft.columns):
            message = f"it has {len(draft.columns)} columns and refers to {len(columns)}; the numbers must be equal"
            self.scope.warn(what, message, draft.offset)
        return self.scope.ids[id(target)], columns

    _make: ClassVar[dict[type, Callable[..., Record]]] = {
        KeyDraft: _key,
        IndexDraft: _index,
        CheckDraft: _check,
        ForeignKeyDraft: _foreign_key,
    }


_LONGEST_SOURCE = 4_000


def _is_more_than_column(part: PartDraft) -> bool:
    return bool(part.desc or part.collation or part.length is not None)


def _path(draft: ForeignKeyDraft) -> str:
    return f"{draft.ref_schema}.{draft.ref_table}" if draft.ref_schema else draft.ref_table


def _primary_columns(table: TableDraft) -> list[str]:
    key = table.primary_key()
    return [part.column for part in key.parts] if key is not None else []
