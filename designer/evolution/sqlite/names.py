"""Renames: tables and columns by ALTER TABLE, before anything else; what is in the way of a name goes aside first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from designer.dialects.base import Dialect
from designer.evolution.contract import Step
from designer.evolution.facts import of_kind
from designer.evolution.mover import Renamed
from designer.evolution.sqlite.doubts import doubtful
from designer.evolution.sqlite.stranded import stranded
from designer.evolution.sqlite.words import words_of
from designer.schema import Column, Design, Id, Index, Named, Record, Table, Trigger, View
from designer.schema.expressions import render

Free = Callable[[str], str]


def moves(names: Mapping[Id, str], wanted: Mapping[Id, str], free: Free) -> Iterator[tuple[Id, str]]:
    """Yield renames in an order in which no name is taken twice: first what is in the way goes aside.

    `names` are all names of a space, `wanted` those that get another one; letters do not count for what is taken.
    """
    holders = {name.lower(): each for each, name in names.items()}
    now = dict(names)
    waiting = {each: name for each, name in wanted.items() if now[each] != name}

    def move(each: Id, name: str) -> tuple[Id, str]:
        del holders[now[each].lower()]
        holders[name.lower()] = each
        now[each] = name
        return each, name

    while waiting:
        ready = [each for each, name in waiting.items() if name.lower() not in holders]
        for each in ready:
            if waiting[each].lower() not in holders:
                yield move(each, waiting.pop(each))
        if not ready:
            held = next(iter(waiting.values()))
            yield move(holders[held.lower()], free(f"old_{held}"))


@dataclass(slots=True)
class Renames:
    """The renames of one migration."""

    old: Design
    new: Design
    dialect: Dialect
    free: Free
    steps: list[Step] = field(default_factory=list)

    def renamed(self) -> Renamed:
        """Return the old design with the new names. What SQLite could not follow a rename into is dropped before."""
        tables, columns = self.tables(), self.columns()
        if not tables and not columns:
            return Renamed(self.old)
        self.step_aside(tables)
        for table, name in moves(self.relations(), tables, self.free):
            self.rename_table(table, name)
        for table in dict.fromkeys(self.old[each].parent or "" for each in columns):
            names = {each.id: each.name for each in self.old.of(Column, table)}
            wanted = {each: name for each, name in columns.items() if each in names}
            taken = {name.lower() for name in (*names.values(), *wanted.values())}
            for column, name in moves(names, wanted, lambda base: _unlike(base, taken)):  # noqa: B023
                self.rename_column(column, name)
        return Renamed(self.old, self.steps)

    # What is renamed

    def tables(self) -> dict[Id, str]:
        """Return the tables that get another name."""
        return {
            each.id: other.name
            for each in self.old.of(Table)
            if isinstance(other := self.new.get(each.id), Table) and other.name != each.name and not each.persistence
        }

    def columns(self) -> dict[Id, str]:
        """Return the columns that get another name, letters included."""
        return {
            each.id: other.name
            for each in self.old.of(Column)
            if isinstance(other := self.new.get(each.id), Column)
            and other.name != each.name
            and other.parent == each.parent
            and isinstance(self.old.get(each.parent or ""), Table)
        }

    def relations(self) -> dict[Id, str]:
        """Return the names of the tables; whatever else has one of the new names was dropped."""
        return {each.id: each.name for each in self.old.of(Table) if not each.persistence}

    # What goes first

    def step_aside(self, tables: Mapping[Id, str]) -> None:
        """Drop the views and triggers that SQLite cannot read, and views and indexes with a name that a table gets."""
        wanted = {name.lower() for name in tables.values()}
        kinds: tuple[type[Named], ...] = (View, Index)
        going: list[Named] = [each for kind in kinds for each in self.old.of(kind) if each.name.lower() in wanted]
        going += [each for each in self.rewritten() if each not in going]
        going += [each for each in stranded(self.old, self.columns(), self.dialect) if each not in going]
        going += self.unresolved(going)
        hanging = [each for owner in going if isinstance(owner, View) for each in self.old.of(Trigger, owner.id)]
        for each in going:
            if each not in hanging:
                word = _kind(each)
                sql = f"DROP {word.upper()} {self.dialect.quote(each.name)};"
                operation = "drop index" if isinstance(each, Index) else "drop"
                self.steps.append(self.step(sql, operation, each, None, "it is in the way of a rename"))
        self.old = self.old.changed({each.id for each in (*going, *hanging)}, ())

    def unresolved(self, going: list[Named]) -> list[Named]:
        """Return what SQLite cannot resolve, also when the rest is gone."""
        found: list[Named] = []
        while True:
            gone = {each.id for each in (*going, *found)}
            more = [each for each in doubtful(self.old.changed(gone, ())) if each.id not in gone]
            if not more:
                return found
            found += more

    def rewritten(self) -> Iterator[View | Trigger]:
        """Yield what SQLite would rewrite and the new design does not: the old name stands there, marked by nobody."""
        said = [(of_kind(self.old[each], Table).name.lower(), "") for each in self.tables()]
        for each in self.columns():
            column = of_kind(self.old[each], Column)
            names = [of_kind(side[column.parent or ""], Table).name.lower() for side in (self.old, self.new)]
            said += [(column.name.lower(), name) for name in names]
        programs: list[View | Trigger] = [*self.new.of(View), *self.new.of(Trigger)]
        for program in programs:
            before = self.old.get(program.id)
            text = program.query if isinstance(program, View) else program.text
            words = {*words_of(render(text, self.new, self.dialect.quote, self.dialect.unquote)), ""}
            if isinstance(before, View | Trigger) and any(one in words and two in words for one, two in said):
                yield before

    # The steps

    def rename_table(self, table: Id, name: str) -> None:
        before = self.old[table]
        if isinstance(before, Table):
            after = replace(before, name=name)
            quoted = map(self.dialect.quote, (before.name, name))
            sql = "ALTER TABLE {} RENAME TO {};".format(*quoted)
            self.steps.append(self.step(sql, "rename", before, after))
            self.old = self.old.changed((), [after])

    def rename_column(self, column: Id, name: str) -> None:
        before = self.old[column]
        table = self.old.get(before.parent or "")
        if isinstance(before, Column) and isinstance(table, Table):
            after = replace(before, name=name)
            quoted = map(self.dialect.quote, (table.name, before.name, name))
            sql = "ALTER TABLE {} RENAME COLUMN {} TO {};".format(*quoted)
            self.steps.append(self.step(sql, "rename", before, after))
            self.old = self.old.changed((), [after])

    def step(self, sql: str, operation: str, old: Named, new: Record | None, reason: str = "") -> Step:
        owner = self.old.get(old.parent or "")
        of_table = isinstance(owner, Table)
        label = f"{owner.name}.{old.name}" if isinstance(owner, Table) else old.name
        table = owner.id if of_table and owner is not None else old.id if isinstance(old, Table) else None
        fields = ("name",) if operation == "rename" else ()
        return Step(sql, operation, old.id, label, _kind(old), old, new, fields, table, reason)


def _kind(record: Record) -> str:
    return type(record).__name__.lower()


def _unlike(base: str, taken: set[str]) -> str:
    """Return a name that is not taken, and take it."""
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base}_{number}"
    taken.add(name.lower())
    return name
