"""What a rule may ask about the migration round a step."""

from __future__ import annotations

from functools import cached_property

from designer.dialects.base import Dialect
from designer.dialects.registry import get
from designer.evolution.contract import Migration, Step
from designer.evolution.hazards.lost_outputs import Lost
from designer.schema import Column, Design, Id, Model, Named, Record, Schema, Table, View


class Setting:
    """A migration, with what follows from all of it: which tables it makes, which have rows."""

    def __init__(self, migration: Migration):
        self.migration = migration
        self.dialect: Dialect = get(migration.dialect)
        self.made = {
            step.about
            for step in migration.steps
            if step.about not in migration.old
            and (step.operation == "create table" or (step.operation == "create" and isinstance(step.new, View)))
        }
        self.dropped = {step.about for step in migration.steps if step.operation == "drop table"}

    @cached_property
    def views(self) -> Lost:
        """What views no longer give."""
        return Lost(self.migration)

    @property
    def new(self) -> Design:
        """The new design."""
        return self.migration.new

    @property
    def old(self) -> Design:
        """The old design."""
        return self.migration.old

    def is_new(self, step: Step) -> bool:
        """Say whether a step is about a table that the migration itself makes: it is empty and nobody waits for it."""
        return step.table is not None and step.table in self.made

    def has_rows(self, step: Step) -> bool:
        """Say whether there may be rows in the table of a step."""
        return step.table is not None and not self.is_new(step) and self.rows(step) != 0

    def rows(self, step: Step) -> int | None:
        """Return how many rows the table of a step has, where that is known."""
        return None if step.table is None else self.migration.options.rows.get(step.table)

    def counted(self, step: Step) -> str:
        """Return the rows of a step's table in words: `its 40 M rows`, or `every row` where nobody counted."""
        rows = self.rows(step)
        return "every row" if rows is None else f"its {short_count(rows)} rows"

    # Names, as the new side has them, quoted

    def path(self, record: Record | None) -> str:
        """Return the name of a table, view or type with its schema, as SQL writes it."""
        if not isinstance(record, Named):
            return ""
        parent = self.find(record.parent)
        own = self.dialect.quote(record.name)
        return f"{self.dialect.quote(parent.name)}.{own}" if isinstance(parent, Schema) else own

    def table(self, step: Step) -> Table | View | None:
        """Return the table or view that a step locks."""
        found = self.find(step.table)
        return found if isinstance(found, (Table, View)) else None

    def table_path(self, step: Step) -> str:
        """Return the name of a step's table, as SQL writes it."""
        return self.path(self.table(step))

    def find(self, record: Id | None) -> Record | None:
        """Return a record of the new side, or of the old one where it is gone."""
        if record is None:
            return None
        found: Record | None = self.new.get(record) or self.old.get(record)
        return found

    def column(self, record: Id) -> str:
        """Return the name of a column, as SQL writes it."""
        found = self.find(record)
        return self.dialect.quote(found.name) if isinstance(found, Column) else record

    def columns(self, records: tuple[Id, ...]) -> list[str]:
        """Return the names of columns, as SQL writes them."""
        return [self.column(each) for each in records]

    def model(self) -> Model | None:
        """Return the new model."""
        found = self.new.get(self.migration.new_model)
        return found if isinstance(found, Model) else None


_UNITS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


def short_count(number: int) -> str:
    """Return a number of rows as people say it: 40 M, 1.5 k, 12."""
    for size, unit in _UNITS:
        if number >= size:
            return f"{number / size:.1f}".removesuffix(".0") + f" {unit}"
    return str(number)
