"""What a migration needs of the session: foreign keys off, and renames that leave other texts alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from designer.evolution.contract import Step
from designer.evolution.handlers import Side
from designer.evolution.sqlite.pen import SQLitePen
from designer.schema import ForeignKey, Id, Table, Trigger, View

if TYPE_CHECKING:
    from designer.evolution.sqlite.mover import SQLiteMover

_SWAPS = frozenset({"rebuild table", "drop table"})


class Session:
    """The statements round the steps of one migration."""

    def __init__(self, mover: SQLiteMover, steps: list[Step]):
        self.mover = mover
        self.steps = steps

    def framed(self) -> list[Step]:
        """Return the steps with what must stand before, between and behind them."""
        behind = [step for step in self.steps if not step.in_transaction]
        steps = [step for step in self.steps if step.in_transaction]
        renames = next((at for at, step in enumerate(steps) if not self.is_early(step)), len(steps))
        if self.reads_programs(steps):
            why = "what names a table goes on doing so while another takes its place"
            steps.insert(renames, self.pragma("legacy_alter_table = ON", why))
            steps.append(self.pragma("legacy_alter_table = OFF"))
        if self.touches_references(steps):
            steps += self.checks(steps)
            why = "a table that is dropped would take the rows along that refer to it"
            steps.insert(0, self.pragma("foreign_keys = OFF", why, outside=True))
            behind.insert(0, self.pragma("foreign_keys = ON", outside=True))
        return steps + behind

    def is_early(self, step: Step) -> bool:
        """Say whether a step belongs to the renames, into which SQLite is to follow."""
        return step.operation == "rename" or step.reason == "it is in the way of a rename"

    def reads_programs(self, steps: list[Step]) -> bool:
        """Say whether SQLite would follow a table that goes aside, or read views and triggers that are in the way."""
        done = {step.operation for step in steps}
        if "rebuild table" in done or "drop column" not in done:
            return "rebuild table" in done
        sides = (self.mover.old, self.mover.new)
        return any(side.design.of(kind) for side in sides for kind in (View, Trigger))

    def touches_references(self, steps: list[Step]) -> bool:
        """Say whether foreign keys would be in the way of a step."""
        if not any(side.design.of(ForeignKey) for side in (self.mover.old, self.mover.new)):
            return False
        return any(step.operation in _SWAPS or _adds_reference(step) for step in steps)

    def checks(self, steps: list[Step]) -> Iterator[Step]:
        """Yield what lists the rows that refer to none, for tables made anew and those that refer to them."""
        new = self.mover.new
        anew = {step.about for step in steps if step.operation == "rebuild table"}
        for table in new.catalog.of(Table):
            keys = new.catalog.parts(table).foreign_keys
            near = table.id in anew or any(key.ref_table in anew for key in keys)
            if keys and near and all(is_sound(key, new) for key in keys):
                name = new.dialect.quote(table.name)
                yield self.pragma(
                    f"foreign_key_check({name})", "it lists rows whose foreign key refers to none", table.id
                )

    def pragma(self, text: str, reason: str = "", about: Id | None = None, *, outside: bool = False) -> Step:
        """Return a PRAGMA as a step."""
        model = self.mover.new.model
        return Step(
            f"PRAGMA {text};", "session", about or model.id, text.partition(" ")[0], "setting", reason=reason,
            in_transaction=not outside,
        )  # fmt: skip


def _adds_reference(step: Step) -> bool:
    return step.operation == "add column" and "REFERENCES" in step.sql.upper() and "DEFAULT" in step.sql.upper()


def is_sound(key: ForeignKey, side: Side[SQLitePen]) -> bool:
    """Say whether a foreign key refers to a key of its table; SQLite stops at one that does not."""
    table = side.design.get(key.ref_table or "")
    if not isinstance(table, Table):
        return False
    parts = side.catalog.parts(table)
    unique = [set(each.columns) for each in parts.keys]
    unique += [
        {part.column for part in index.parts if part.column}
        for index in parts.indexes
        if index.unique and index.where is None and all(part.column for part in index.parts)
    ]
    return set(key.ref_columns) in unique
