"""The movers of MySQL and MariaDB: their handlers, and what these know of the whole migration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, Facts
from designer.evolution.handlers import HandledMover, Handler, Side, side_of
from designer.evolution.mover import Renamed
from designer.evolution.mysql.base import MariaPen, MyPen
from designer.evolution.mysql.columns import Columns
from designer.evolution.mysql.constraints import Checks, ForeignKeys
from designer.evolution.mysql.databases import Databases
from designer.evolution.mysql.joining import joined_steps
from designer.evolution.mysql.keys import Keys
from designer.evolution.mysql.partitions import Partitions
from designer.evolution.mysql.programs import Events, Routines, Triggers, Views
from designer.evolution.mysql.renames import Renamer
from designer.evolution.mysql.sequences import Sequences
from designer.evolution.mysql.settled import paired, settled
from designer.evolution.mysql.statements import Statements
from designer.evolution.mysql.tables import Tables, converts
from designer.evolution.scope import scoped
from designer.schema import Column, Design, Id, Record, Table

HANDLERS: tuple[type[Handler[Any]], ...] = (
    Databases, Sequences, Tables, Columns, Keys, ForeignKeys, Checks, Partitions, Views, Routines, Triggers, Events,
    Statements,
)  # fmt: skip


class MySQLMover(HandledMover[MyPen]):
    """The words of MySQL for one migration."""

    dialect = "mysql"
    pen = MyPen
    handlers: ClassVar[tuple[type[Handler[Any]], ...]] = HANDLERS
    is_maria: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.plain: Side[MyPen]
        """The new side as it was given, to write whole tables with."""
        self.given: Design
        self.renamed_ids: frozenset[Id] = frozenset()
        """What has another name on the old side: the server does not follow that in bodies and queries."""
        self.implied: dict[Id, Id] = {}
        """The indexes that old foreign keys imply, where they have the id of one that the new side says."""
        self._places: dict[Id, int] = {}
        self._never_null: dict[int, frozenset[Id]] = {}
        self._moved: dict[Id, frozenset[Id]] = {}
        self._converts: dict[Id, bool] = {}

    def renamed(self, old: Design, new: Design) -> Renamed:
        """Give what is on both sides its new name; both designs say all names from then on."""
        old, new = scoped(old, new, whole=True)  # what a server calls a foreign key depends on those beside it
        self.given = new
        before, after, self.implied = paired(settled(old, maria=self.is_maria), settled(new, maria=self.is_maria))
        renamer = Renamer(before, after, self.dialect, self.pen, maria=self.is_maria)
        found = renamer.renamed()
        self.renamed_ids = frozenset(renamer.renamed_ids)
        return Renamed(found.design, found.steps, after)

    def facts(self, design: Design, model: Id, *, old: bool) -> Facts:
        """Take one side apart; of the new one, keep the design as it was given as well."""
        if not old:
            self.plain = side_of(self.given, model, self.dialect, self.pen)
        return super().facts(design, model, old=old)

    def records(self, side: Side[MyPen]) -> Iterator[Record]:
        """Yield the model as well: it is the database, with its defaults."""
        yield side.model
        yield from super().records(side)

    def finish(self, steps: list[Step]) -> list[Step]:
        """Join what one ALTER TABLE can do, and set what programs are made under."""
        return joined_steps(steps, self)

    # What handlers ask

    def place_of(self, fact: Fact) -> int:
        """Return a number for the table that a fact is about, by which all that is about it comes together."""
        side = self.old if fact.id in self.old_facts and fact is self.old_facts[fact.id] else self.new
        home = side.relation(fact.record) or fact.record.id
        return self._places.setdefault(home, len(self._places))

    def is_new(self, side: Side[MyPen]) -> bool:
        """Say whether a side is the new one."""
        return side is getattr(self, "new", None)

    def never_null(self, side: Side[MyPen]) -> frozenset[Id]:
        """Return the columns of primary keys and periods, which are NOT NULL whether said or not."""
        found = self._never_null.get(id(side))
        if found is None:
            keys = (key for parts in side.catalog.hanging.values() for key in parts.keys if key.primary)
            columns = {column for key in keys for column in key.columns}
            columns.update(*(_in_periods(table, side) for table in side.catalog.of(Table)))
            found = self._never_null[id(side)] = frozenset(columns)
        return found

    def moved(self, table: Id, side: Side[MyPen]) -> frozenset[Id]:
        """Return the columns of a table that stand at another place among the others on the new side."""
        if not self.is_new(side) or table not in self.old_facts:
            return frozenset()
        if table not in self._moved:
            before = [each.id for each in self.old.design.of(Column, table)]
            after = [each.id for each in self.new.design.of(Column, table) if each.id in before]
            self._moved[table] = frozenset(after) - _longest_rising(after, {each: at for at, each in enumerate(before)})
        return self._moved[table]

    def converts(self, table: Id) -> bool:
        """Say whether CONVERT TO gives the columns of a table their new character set."""
        if table not in self._converts:
            sides = [side.design.get(table) for side in (self.old, self.new)]
            self._converts[table] = all(isinstance(each, Table) for each in sides) and converts(
                self.old, self.new, table
            )
        return self._converts[table]


def _in_periods(table: Table, side: Side[MyPen]) -> Iterator[Id]:
    """Yield the columns in which the periods of a table begin and end."""
    for key, written in table.extra.items():
        if "period_for" in key:
            names = {side.dialect.unquote(each.strip()).lower() for each in written.split(",")}
            yield from (each.id for each in side.catalog.parts(table).columns if each.name.lower() in names)


def _longest_rising(columns: list[Id], place: dict[Id, int]) -> frozenset[Id]:
    """Return the most columns that keep their order: a longest increasing subsequence (Schensted 1961)."""
    if all(place[one] < place[two] for one, two in pairwise(columns)):
        return frozenset(columns)
    best: list[list[Id]] = []
    for column in columns:
        longest: list[Id] = []
        for each in best:
            if place[each[-1]] < place[column] and len(each) > len(longest):
                longest = each
        best.append([*longest, column])
    return frozenset(sorted(best, key=len)[-1])


class MariaMover(MySQLMover):
    """The words of MariaDB for one migration."""

    dialect = "mariadb"
    pen = MariaPen
    is_maria = True
