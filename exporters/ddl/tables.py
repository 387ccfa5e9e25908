"""CREATE TABLE: one algorithm; the dialects answer what a column, a key or a foreign key looks like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from designer.dialects import features as can
from designer.schema import Check, Column, ForeignKey, Id, Key, Table
from exporters.ddl.catalog import Parts
from exporters.ddl.constraints import HARMLESS, ConstraintPen, is_plain, is_plain_reference, joined
from exporters.ddl.text import block, commented, enclosed


@dataclass(slots=True)
class Layout:
    """Where the constraints of one table are written."""

    mine: set[Id]
    """The columns that the table itself has: a partition may have keys over columns of its parent."""
    inline: dict[Id, list[str]] = field(default_factory=dict)
    """Clauses behind a column."""
    primary: set[Id] = field(default_factory=set)
    """Columns with PRIMARY KEY behind them."""
    lines: list[str] = field(default_factory=list)
    """Clauses at table level."""
    behind: list[str] = field(default_factory=list)
    """Statements and comments after CREATE TABLE."""

    def put(self, column: Id, clause: str) -> None:
        """Write a clause behind a column."""
        self.inline.setdefault(column, []).append(clause)


class TablePen(ConstraintPen):
    """Writes tables. Foreign keys to tables that are not there yet are put off: `late` is written at the end."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.created: set[Id] = set()
        self.missing: set[Id] = set()
        self.late: list[str] = []

    # The table

    def table(self, table: Table) -> list[str]:
        """Return the statements that create a table and what hangs on it."""
        parts = self.catalog.parts(table)
        layout = self.layout(table, parts)
        self.created.add(table.id)
        lines = [self.column_line(column, table, layout) for column in parts.columns]
        statements = [self.create_table(table, parts, lines + layout.lines), *layout.behind]
        statements += self.indexes(table, parts)
        return statements + self.table_comments(table, parts)

    def create_table(self, table: Table, parts: Parts, lines: list[str]) -> str:
        """Return CREATE TABLE round its lines."""
        head = f"CREATE {self.table_word(table)} {self.path(table)}"
        if lines:
            return block(head, lines, self.table_tail(table, parts))
        if self.can(can.EMPTY_TABLES, table, "a table without columns is only a comment"):
            return f"{head} (){self.table_tail(table, parts)};"
        return commented(f"{head} ();")

    def table_word(self, table: Table) -> str:
        """Return the kind of table: TABLE, TEMPORARY TABLE."""
        if table.persistence == "temporary":
            return "TEMPORARY TABLE"
        if table.persistence == "unlogged" and self.can(can.UNLOGGED, table, "it is an ordinary table"):
            return "UNLOGGED TABLE"
        return "TABLE"

    def table_tail(self, table: Table, parts: Parts) -> str:
        """Return the options behind the closing parenthesis, with a leading space."""
        return ""

    def indexes(self, table: Table, parts: Parts) -> Iterator[str]:
        """Yield the statements for the indexes of a table."""
        raise NotImplementedError

    def table_comments(self, table: Table, parts: Parts) -> list[str]:
        """Return the statements that comment a table and what hangs on it."""
        return []

    # Columns

    def column_line(self, column: Column, table: Table, layout: Layout) -> str:
        """Return a column with all that stands behind it."""
        clauses = layout.inline.get(column.id, ())
        return joined(self.column(column.id), self.column_type(column), *self.column_clauses(column, layout), *clauses)

    def column_type(self, column: Column) -> str:
        """Return the type of a column."""
        return self.speech.type(column)

    def column_clauses(self, column: Column, layout: Layout) -> Iterator[str]:
        """Yield the clauses of a column between its type and its constraints."""
        raise NotImplementedError

    def default(self, column: Column) -> str:
        """Return the DEFAULT clause of a column."""
        text = self.speech.default(column) if column.default is not None else None
        return f"DEFAULT {text}" if text else ""

    def generated(self, column: Column) -> str:
        """Return the GENERATED clause of a column; a column that the server would refuse is a plain one."""
        if column.generated is None or self.refused(column):
            return ""
        text = self.speech.expr(column.generated, column.id)
        if text is None:
            return ""
        return f"GENERATED ALWAYS AS {enclosed(text)} {self.generated_word(column)}"

    def generated_word(self, column: Column) -> str:
        """Return how a generated column is kept."""
        return "VIRTUAL" if column.generated_kind == "virtual" else "STORED"

    # Where constraints go

    def layout(self, table: Table, parts: Parts) -> Layout:
        """Return where each constraint of a table is written."""
        layout = Layout({column.id for column in parts.columns})
        for key in parts.keys:
            self.place_key(key, layout, table)
        self.place_checks(table, parts, layout)
        for exclusion in parts.exclusions:
            clause = self.exclusion_clause(exclusion)
            self.place(exclusion, clause, layout, table)
        self.place_foreign_keys(table, parts, layout)
        return layout

    def place(self, record: Key | Check | object, clause: str | None, layout: Layout, table: Table) -> None:
        """Write a clause at table level, or as a comment behind the table where the server would refuse it."""
        if clause is None:
            return
        reason = self.refused(record)  # type: ignore[arg-type]
        if reason:
            layout.behind.append(commented(f"{reason}\nALTER TABLE {self.path(table)} ADD {clause};"))
        else:
            layout.lines.append(clause)

    def place_key(self, key: Key, layout: Layout, table: Table) -> None:
        """Write a key behind its column where people would, else at table level."""
        if self.inlines_key(key) and key.columns[0] in layout.mine:
            layout.put(key.columns[0], self.key_word(key))
            if key.primary:
                layout.primary.add(key.columns[0])
        else:
            self.place(key, self.key_clause(key), layout, table)

    def inlines_key(self, key: Key) -> bool:
        """Say whether a key is written behind its column."""
        return is_plain(key)

    def place_checks(self, table: Table, parts: Parts, layout: Layout) -> None:
        """Write checks; those without a name keep the order from which the server numbers their names."""
        inline = self.may_inline_checks(table, parts)
        for check in parts.checks:
            clause = self.check_clause(check)
            used = {use.id for use in check.expr.uses} & layout.mine
            if (
                clause
                and inline
                and not check.name
                and not check.extra.keys() - HARMLESS
                and len(used) == 1
                and self.takes_check(next(iter(used)), layout)
            ):
                layout.put(used.pop(), clause)
            else:
                self.place_check(check, clause, layout, table)

    def may_inline_checks(self, table: Table, parts: Parts) -> bool:
        """Say whether no given name can meet one that the server makes from table and column."""
        return not any(check.name.startswith(f"{table.name}_") for check in parts.checks)

    def takes_check(self, column: Id, layout: Layout) -> bool:
        """Say whether one more check can stand behind a column."""
        return True

    def place_check(self, check: Check, clause: str | None, layout: Layout, table: Table) -> None:
        """Write a check at table level."""
        self.place(check, clause, layout, table)

    def place_foreign_keys(self, table: Table, parts: Parts, layout: Layout) -> None:
        """Write the foreign keys whose table is there, and put the others off."""
        waiting = [key for key in parts.foreign_keys if not self.is_ready(key, table, parts)]
        unnamed = {key.columns for key in waiting if not key.name}
        for key in parts.foreign_keys:
            if key in waiting or (not key.name and key.columns in unnamed):
                self.put_off(key, table)
            elif is_plain_reference(key) and key.columns[0] in layout.mine and not self.refused(key):
                layout.put(key.columns[0], self.references(key))
            else:
                self.place(key, self.foreign_key_clause(key), layout, table)

    def is_ready(self, key: ForeignKey, table: Table, parts: Parts) -> bool:
        """Say whether a foreign key can be a part of CREATE TABLE."""
        if key.not_valid:
            return False
        if key.ref_table == table.id:
            return not key.ref_columns or any(set(key.ref_columns) == set(each.columns) for each in parts.keys)
        return key.ref_table in self.created

    def put_off(self, key: ForeignKey, table: Table) -> None:
        """Write a foreign key at the end, when all tables are there."""
        reason = self.refused(key)
        if key.ref_table is None and not reason:
            self.late.append(self.missing_reference(key, table))
        else:
            if key.ref_table in self.missing:
                reason = "its table is left out"
                self.lost("missing-table", f"the foreign key is a comment: {reason}", key)
            statement = f"ALTER TABLE {self.path(table)} ADD {self.foreign_key_clause(key)};"
            self.late.append(commented(f"{reason}\n{statement}") if reason else statement)

    def missing_reference(self, key: ForeignKey, table: Table) -> str:
        """Return what stands for a foreign key to a table that is not in the design."""
        clause = self.foreign_key_clause(key)
        self.lost(
            "missing-table", f"the table {key.missing_table} is not in the design; the foreign key is a comment", key
        )
        return commented(
            f"the table {key.missing_table} is not in this schema\nALTER TABLE {self.path(table)} ADD {clause};"
        )
