"""What has to wait in PostgreSQL: checks, defaults and indexes that need what comes later, and views in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.schema import Check, Column, Exclusion, Expr, Id, Index, Record, Table, View
from exporters.ddl.catalog import Parts
from exporters.ddl.postgresql_session import DEFAULT_PATH, SessionPen
from exporters.ddl.tables import Layout
from exporters.ddl.text import commented


class LatePen(SessionPen):
    """Puts off what would stop the object that it belongs to from being created at its place."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.lacking_now: set[Id] = set()
        self.waiting: set[Id] = set()

    def unit(self, record: Record) -> str:
        """Return the statements for one object; what it lacks now is looked up once."""
        self.lacking_now = set(self.needs.firm.get(record.id, ())) - self.done - {record.id}
        return super().unit(record)

    def waits(self, targets: Iterable[Id]) -> bool:
        """Say whether one of the records that a part of an object needs is still to come."""
        return bool(self.lacking_now) and not self.lacking_now.isdisjoint(self.finder.owners(targets))

    def waits_for_expr(self, expr: Expr | None) -> bool:
        """Say whether an expression needs what is still to come."""
        return bool(self.lacking_now) and self.waits(self.finder.in_expr(expr))

    def later(self, record: Record, statement: str) -> None:
        """Write a statement when all objects are there, under the search path of a record."""
        path = record.extra.get("search_path", "")
        if path:
            statement = f"SET search_path = {path};\n{statement}\nSET search_path = {DEFAULT_PATH};"
        self.late.append(statement)

    def is_circular(self, view: View) -> bool:
        """Say whether a view must be there before its query can be: it needs itself, or what is still to come."""
        reads_itself = view.id in self.finder.owners(self.finder.in_query(view))
        return "stub" in view.extra and (bool(self.lacking_now) or reads_itself)

    # Defaults, checks, exclusions, indexes

    def default_in_place(self, column: Column) -> str:
        """Return the DEFAULT clause of a column; empty where the default is put off."""
        owner = self.design.get(column.parent) if column.parent else None
        clause = self.default(column)
        if not clause or not isinstance(owner, Table) or not self.waits_for_expr(column.default):
            return clause
        self.later(owner, f"ALTER TABLE ONLY {self.path(owner)} ALTER COLUMN {self.column(column.id)} SET {clause};")
        return ""

    def place_check(self, check: Check, clause: str | None, layout: Layout, table: Table) -> None:
        """A check that is not valid yet cannot be a part of CREATE TABLE: there it would be taken as valid."""
        if not clause or not (check.not_valid or self.waits_for_expr(check.expr)) or self.refused(check):
            super().place_check(check, clause, layout, table)
            return
        statement = f"ALTER TABLE {self.path(table)} ADD {clause}{' NOT VALID' if check.not_valid else ''};"
        if self.waits_for_expr(check.expr) or self.has_heirs(table):
            self.put_off_part(check, table, statement)
        else:
            layout.behind.append(statement)

    def has_heirs(self, table: Table) -> bool:
        """Say whether tables take over what a table has: one made behind a check that is not valid has a valid one."""
        users = (self.design.get(each) for each in self.design.referrers(table.id))
        return any(isinstance(each, Table) and table.id in (*each.inherits, each.partition_of) for each in users)

    def may_inline_checks(self, table: Table, parts: Parts) -> bool:
        """A check behind its column cannot be one that is not valid yet."""
        return super().may_inline_checks(table, parts) and not any(check.not_valid for check in parts.checks)

    def takes_check(self, column: Id, layout: Layout) -> bool:
        """Checks stand at table level as long as anything is put off, so that each can be."""
        return not self.lacking_now

    def place(self, record: Record | object, clause: str | None, layout: Layout, table: Table) -> None:
        """Write a clause at table level, or put an exclusion off."""
        if clause and isinstance(record, Exclusion) and self.waits(self.finder.of_index(record)):
            self.put_off_part(record, table, f"ALTER TABLE {self.path(table)} ADD {clause};")
        else:
            super().place(record, clause, layout, table)

    def put_off_part(self, part: Check | Exclusion | Index, owner: Table | View, statement: str) -> None:
        """Write a part of a table, and the comment on it, when all objects are there."""
        self.later(owner, statement)
        self.waiting.add(part.id)
        if isinstance(part, Index):
            self.late += self.index_comment(part, owner)
        elif isinstance(owner, Table):
            self.late += self.constraint_comment(part, owner)

    def indexes(self, table: Table | View, parts: Parts) -> Iterator[str]:
        """Yield CREATE INDEX for each, as a comment where the server would refuse it."""
        for index in parts.indexes:
            reason = self.refused(index)
            statement = self.index(index, table)
            if reason:
                yield commented(f"{reason}\n{statement}")
            elif (index.only and parts.partitionings) or (self.lacking_now and self.waits(self.finder.of_index(index))):
                self.put_off_part(index, table, statement)
            else:
                yield self.switch(index) + statement

    def index(self, index: Index, table: Table | View) -> str:
        """Return CREATE INDEX."""
        raise NotImplementedError

    def put_off_comments(self, parts: Parts) -> Parts:
        """Return parts without those whose comments are written later."""
        if not self.waiting:
            return parts
        return Parts(
            columns=parts.columns,
            keys=parts.keys,
            foreign_keys=parts.foreign_keys,
            checks=[each for each in parts.checks if each.id not in self.waiting],
            exclusions=[each for each in parts.exclusions if each.id not in self.waiting],
            indexes=[each for each in parts.indexes if each.id not in self.waiting],
        )

    def table_comments(self, table: Table, parts: Parts) -> list[str]:
        """Return the comments on a table and what hangs on it; on what is put off they come later."""
        return super().table_comments(table, self.put_off_comments(parts))

    def view_comments(self, view: View, parts: Parts, kind: str) -> Iterator[str]:
        """Yield the comments on a view, its columns and its indexes."""
        return super().view_comments(view, self.put_off_comments(parts), kind)
