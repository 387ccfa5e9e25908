"""Tables: altered where SQLite can, else made anew with the rows of the old one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from designer.evolution.contract import Remark, Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.sqlite.base import SQLiteHandler, relation
from designer.evolution.sqlite.carrying import Carrying
from designer.evolution.sqlite.change import TableChange
from designer.evolution.sqlite.pen import SQLitePen
from designer.evolution.sqlite.shape import Shape, State
from designer.schema import Column, Record, Table


class Tables(SQLiteHandler):
    """Tables with their columns, keys, checks and foreign keys: SQLite has them in one statement."""

    records = (Table,)
    kinds = ("table",)

    def facts(self, record: Table, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield the table. One that is temporary is in no file."""
        if record.persistence == "temporary":
            return
        state = State(record, side)
        wants = frozenset(each.ref_table for each in side.catalog.parts(record).foreign_keys if each.ref_table)
        names = frozenset({relation(record.name)})
        yield Fact(record.id, "table", side.label(record), state, record, wants=wants, names=names, extra=state)

    def change(self, old: Fact, new: Fact) -> TableChange:
        """Return what changes in a table."""
        return TableChange(
            old.extra.shape, new.extra.shape, lambda column: self.lite.is_named(new.extra.shape.table, column)
        )

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Drop and add columns, where that makes the new table."""
        change = self.change(old, new)
        if next(change.obstacles(), None) is not None:
            return None
        steps = [self.dropping(old, new, column) for column in reversed(in_turn(change.dropped))]
        steps += [self.adding(old, new, column, change) for column in change.added]
        return Alteration(steps)

    def dropping(self, old: Fact, new: Fact, column: Column) -> Step:
        """Return ALTER TABLE … DROP COLUMN."""
        sql = f"ALTER TABLE {self.name(new)} DROP COLUMN {self.old.pen.column(column.id)};"
        return self.column_step(self.step(sql, "drop column", old=old), column, None, self.old)

    def adding(self, old: Fact, new: Fact, column: Column, change: TableChange) -> Step:
        """Return ALTER TABLE … ADD COLUMN with what can stand behind a column."""
        pen = self.new.pen
        clauses = [pen.clause_behind(each) for each in change.behind(column)]
        line = " ".join([pen.column_alone(column, new.extra.shape.table), *clauses])
        step = self.step(f"ALTER TABLE {self.name(new)} ADD COLUMN {line};", "add column", new=new)
        return self.column_step(step, None, column, self.new)

    def column_step(self, step: Step, old: Column | None, new: Column | None, side: Side[SQLitePen]) -> Step:
        """Return a step as one about a column."""
        about: Record | None = new or old
        if about is None:
            raise ValueError("a step is about a column")
        return replace(step, about=about.id, label=side.label(about), kind="column", old=old, new=new)

    def rebuilds(self, old: Fact, new: Fact) -> bool:
        """Rows are always carried over."""
        return True

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE TABLE."""
        return [self.step(self.new.pen.table_alone(fact.extra.shape.table), "create table", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TABLE."""
        return [self.step(f"DROP TABLE {self.name(fact)};", "drop table", old=fact, reason=reason)]

    def rebuild(self, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
        """Put the old table aside, make the new one, carry the rows over, and drop the old one.

        `sqlite3` goes on behind an error. A row that the new table refuses, or that is missing, rolls all of it back:
        then there is nothing aside that could be dropped.
        """
        shapes: tuple[Shape, Shape] = (old.extra.shape, new.extra.shape)
        quote = self.new.dialect.quote
        aside, guard = (self.lite.free_name(f"{word}_{shapes[1].table.name}") for word in ("old", "kept"))
        self.remark_on_order(new, self.change(old, new))
        texts = [
            f"ALTER TABLE {self.name(new)} RENAME TO {quote(aside)};",
            self.new.pen.table_alone(shapes[1].table),
            *Carrying(*shapes, self.new.dialect, aside, guard).statements(),
            f"DROP TABLE {quote(aside)};",
        ]
        reason = self.reason(old, new)
        steps = [self.step(text, "rebuild table", old=old, new=new, reason=reason) for text in texts]
        mark = quote(f"making {shapes[1].table.name}")
        why = "a table is made anew as a whole or not at all"
        return [
            self.step(f"SAVEPOINT {mark};", "session", old=old, new=new, reason=why),
            *steps,
            self.step(f"RELEASE {mark};", "session", old=old, new=new),
        ]

    def reason(self, old: Fact, new: Fact) -> str:
        """Say why a table is made anew."""
        found = list(dict.fromkeys(self.change(old, new).obstacles()))
        shown = "; ".join(found[:3]) + (f"; and {len(found) - 3} more" if len(found) > 3 else "")
        return f"SQLite cannot {shown} in place" if found else ""

    def remark_on_order(self, new: Fact, change: TableChange) -> None:
        """Say where only the order of columns asks for a new table."""
        order = ("change the order of columns", "add a column between others")
        if set(change.obstacles()) <= set(order):
            self.mover.remarks.append(
                Remark(
                    f"the table {new.label} is made anew only for the order of its columns; where that does not matter,"
                    " keep the old order in the new design",
                    new.record.id,
                    "column-order",
                )
            )

    def name(self, fact: Fact) -> str:
        """Return the quoted name of a table."""
        return self.new.dialect.quote(record_of(fact, Table).name)


def in_turn(columns: list[Column]) -> list[Column]:
    """Return columns with those first that are not generated: they are dropped from the end."""
    return sorted(columns, key=lambda column: column.generated is not None)
