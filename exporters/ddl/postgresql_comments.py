"""COMMENT ON for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

from designer.schema import (
    Check,
    CompositeType,
    DomainType,
    EnumType,
    Index,
    Key,
    Named,
    Routine,
    Table,
    View,
)
from designer.schema.relational import Exclusion, ForeignKey
from exporters.ddl.catalog import Parts
from exporters.ddl.names import generated_name
from exporters.ddl.tables import TablePen

_Constraint = Key | ForeignKey | Check | Exclusion


class CommentPen(TablePen):
    """Writes comments as statements of their own."""

    def comment_on(self, kind: str, what: str, record: Named) -> Iterator[str]:
        """Yield the comment of a record, if it has one."""
        if record.comment:
            yield f"COMMENT ON {kind} {what} IS {self.literal(record.comment)};"

    def type_path(self, record: EnumType | DomainType | CompositeType) -> str:
        """Return the name of a type with its schema; more words need quotes there than among tables."""
        name = self.dialect.quote_type(self.fit(record.name or record.id, record))
        schema = self.catalog.schema_of(record)
        return f"{self.dialect.quote(schema)}.{name}" if schema else name

    def domain_comments(self, domain: DomainType, checks: list[Check]) -> Iterator[str]:
        """Yield the comments on a domain and its checks."""
        name = self.type_path(domain)
        yield from self.comment_on("DOMAIN", name, domain)
        for check in checks:
            own = self.own_name(check) if check.name else self.dialect.quote(generated_name(domain.name, "", "check"))
            yield from self.comment_on("CONSTRAINT", f"{own} ON DOMAIN {name}", check)

    def composite_comments(self, composite: CompositeType) -> Iterator[str]:
        """Yield the comments on a row type and its fields."""
        name = self.type_path(composite)
        yield from self.comment_on("TYPE", name, composite)
        for each in composite.fields:
            if each.comment:
                yield f"COMMENT ON COLUMN {name}.{self.dialect.quote(each.name)} IS {self.literal(each.comment)};"

    def table_comments(self, table: Table, parts: Parts) -> list[str]:
        """Return the comments on a table, its columns, constraints and indexes."""
        kind = "FOREIGN TABLE" if "server" in table.extra else "TABLE"
        said = list(self.comment_on(kind, self.path(table), table))
        said += self.column_comments(table, parts)
        constraints: list[_Constraint] = [*parts.keys, *parts.checks, *parts.exclusions]
        for constraint in constraints:
            said += self.constraint_comment(constraint, table)
        for key in parts.foreign_keys:
            self.foreign_key_comment(key, table)
        return said + self.index_comments(table, parts)

    def view_comments(self, view: View, parts: Parts, kind: str) -> Iterator[str]:
        """Yield the comments on a view, its columns and its indexes."""
        yield from self.comment_on(kind, self.path(view), view)
        yield from self.column_comments(view, parts)
        yield from self.index_comments(view, parts)

    def column_comments(self, owner: Table | View, parts: Parts) -> Iterator[str]:
        """Yield the comments on columns."""
        for column in parts.columns:
            if column.comment:
                yield from self.comment_on("COLUMN", f"{self.path(owner)}.{self.column(column.id)}", column)

    def index_comments(self, owner: Table | View, parts: Parts) -> list[str]:
        """Return the comments on indexes."""
        said: list[str] = []
        for index in parts.indexes:
            said += self.index_comment(index, owner)
        return said

    def index_comment(self, index: Index, owner: Table | View) -> Iterator[str]:
        """Yield the comment on an index."""
        if index.comment and not index.extra.get("refused"):
            yield from self.comment_on("INDEX", self.index_path(index, owner), index)

    def index_path(self, index: Index, owner: Table | View) -> str:
        """Return the name of an index with its schema, which is that of its table."""
        schema = self.catalog.schema_of(owner)
        name = self.own_name(index) if index.name else self.dialect.quote(self.index_name(index, owner))
        return f"{self.dialect.quote(schema)}.{name}" if schema else name

    def index_name(self, index: Index, owner: Table | View) -> str:
        """Return the name that the server gives to an index without one."""
        names = [self.name_of(part.column) if part.column else "expr" for part in index.parts]
        return generated_name(owner.name, "_".join(names), "idx")

    def constraint_comment(self, record: _Constraint, table: Table) -> Iterator[str]:
        """Yield the comment on a constraint."""
        if record.comment and not record.extra.get("refused"):
            name = self.own_name(record) if record.name else self.dialect.quote(self.server_name(record, table))
            yield from self.comment_on("CONSTRAINT", f"{name} ON {self.path(table)}", record)

    def foreign_key_comment(self, key: ForeignKey, table: Table) -> None:
        """Write the comment on a foreign key at the end, when it is surely there."""
        if key.ref_table is not None:
            self.late += self.constraint_comment(key, table)

    def server_name(self, record: _Constraint, table: Table) -> str:
        """Return the name that the server gives to a constraint without one."""
        if isinstance(record, Key) and record.primary:
            return generated_name(table.name, "", "pkey")
        if isinstance(record, Check):
            mine = {name for use in record.expr.uses if (name := self.name_of(use.id))}
            return generated_name(table.name, mine.pop() if len(mine) == 1 else "", "check")
        if isinstance(record, Exclusion):
            names = [self.name_of(part.column) if part.column else "expr" for part in record.parts]
            return generated_name(table.name, "_".join(names), "excl")
        label = "key" if isinstance(record, Key) else "fkey"
        return generated_name(table.name, "_".join(map(self.name_of, record.columns)), label)

    def name_of(self, column: str | None) -> str:
        """Return the name of a column, not quoted."""
        record = self.design.get(column) if column else None
        return record.name if isinstance(record, Named) else ""

    def routine_comment(self, routine: Routine) -> Iterator[str]:
        """Yield the comment on a function, procedure or aggregate."""
        signature = routine.signature or "()"
        signature = signature if signature.startswith("(") else f"({signature})"
        yield from self.comment_on(routine.routine_kind.upper(), f"{self.path(routine)}{signature}", routine)
