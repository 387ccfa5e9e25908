"""The last pass: what one ALTER TABLE can do is joined, columns get their places, programs their settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from designer.evolution.contract import Step
from designer.evolution.mysql.base import Phase, Piece, Place, altering, plain
from designer.schema import Column, Id, Record, Routine, Statement, Table, Trigger, View
from exporters.ddl.mysql_settings import Settings

if TYPE_CHECKING:
    from designer.evolution.mysql.mover import MySQLMover

_ZERO_DATE = re.compile(r"DEFAULT '\d{4}-(?:00-\d\d|\d\d-00)")
_MADE = ("create", "replace")


def joined_steps(steps: list[Step], mover: MySQLMover) -> list[Step]:
    """Return the steps of a migration as they are run."""
    found: list[Step] = []
    for key, group in groupby(steps, _home):
        members = list(group)
        if key is None:
            found += members
        else:
            found += _Table([each for each in members if isinstance(each, Piece)], mover).steps()
    return list(_settled(_versioned(found, mover), mover))


def _home(step: Step) -> tuple[str, Phase] | None:
    return (step.target, step.phase) if isinstance(step, Piece) else None


class _Table:
    """What happens to one table in one phase."""

    def __init__(self, pieces: list[Piece], mover: MySQLMover):
        self.pieces = pieces
        self.mover = mover

    def steps(self) -> Iterator[Step]:
        """Yield what is done before, the ALTER TABLE, what is done behind it, and what can only be done alone."""
        by_place: dict[Place, list[Piece]] = {}
        for piece in self.pieces:
            by_place.setdefault(piece.place, []).append(piece)
        yield from map(plain, by_place.pop(Place.BEFORE, []))
        behind = [by_place.pop(place, []) for place in (Place.AFTER, Place.AFTERWARDS, Place.ALONE)]
        yield from self.altering([each for place in sorted(by_place) for each in self.in_order(by_place[place])])
        yield from map(plain, behind[0])
        yield from self.altering(behind[1])
        yield from map(plain, behind[2])

    def in_order(self, pieces: list[Piece]) -> list[Piece]:
        """Return the clauses about columns from left to right, so that each finds the one that it stands behind."""
        if pieces[0].place is not Place.COLUMN:
            return pieces
        table = pieces[0].table or ""
        order = [each.id for each in self.mover.new.design.of(Column, table)] if hasattr(self.mover, "new") else []
        rank = {column: number for number, column in enumerate(order)}
        pieces = sorted(pieces, key=lambda each: rank.get(each.about, -1))
        put = {each.column for each in pieces if each.column and self.is_put(each)}
        return [self.placed(each, order, put) if each.column in put else each for each in pieces]

    def is_put(self, piece: Piece) -> bool:
        """Say whether a clause gives a column a place."""
        return piece.operation == "add column" or piece.about in self.mover.moved(piece.table or "", self.mover.new)

    def placed(self, piece: Piece, order: list[Id], put: set[Id]) -> Piece:
        """Return a clause with FIRST or AFTER, unless the column comes last anyway."""
        at = order.index(piece.about)
        if piece.operation == "add column" and put.issuperset(order[at:]):
            return piece
        place = f"AFTER {self.mover.new.pen.column(order[at - 1])}" if at else "FIRST"
        clause = f"{piece.clause} {place}"
        return replace(piece, clause=clause, sql=altering(piece.target, clause))

    def altering(self, pieces: list[Piece]) -> Iterator[Step]:
        """Yield one statement for some clauses."""
        if not pieces:
            return
        if len(pieces) == 1:
            yield plain(pieces[0])
            return
        first = pieces[0]
        clauses = [each.clause for each in pieces if each.place is not Place.TAIL]
        tail = " ".join(each.clause for each in pieces if each.place is Place.TAIL)
        old, new = self.records(first.table or "")
        reasons = dict.fromkeys(each.reason for each in pieces if each.reason)
        yield Step(
            altering(first.target, *clauses, tail=tail), "alter table", first.table or first.about,
            new.name if new else first.label, "table", old, new, table=first.table,
            reason="; ".join(reasons), parts=tuple(map(plain, pieces)),
        )  # fmt: skip

    def records(self, table: Id) -> list[Table | None]:
        """Return the table on both sides."""
        found = (side.design.get(table) for side in (self.mover.old, self.mover.new))
        return [each if isinstance(each, Table) else None for each in found]


# The session


def _versioned(steps: list[Step], mover: MySQLMover) -> Iterator[Step]:
    """Allow changes of tables whose history MariaDB keeps: the rows of the past are changed along."""
    told = False
    for step in steps:
        table = mover.old.design.get(step.table or "")
        versioned = isinstance(table, Table) and "system_versioning" in table.extra
        if versioned and not told and step.sql.startswith("ALTER TABLE"):
            told = True
            yield _session("SET system_versioning_alter_history = KEEP;", step)
        yield step


def _session(sql: str, step: Step, reason: str = "") -> Step:
    return Step(sql, "session", step.about, step.label, "session", table=step.table, reason=reason)


def _settled(steps: Iterable[Step], mover: MySQLMover) -> Iterator[Step]:
    """Yield the steps with what must be set for them: programs keep the settings that they are made under."""
    settings = Settings(mover.new.pen.twin)
    found: list[Step] = []
    for step in steps:
        record = step.new
        if record is not None and step.operation in _MADE and isinstance(record, View | Routine | Trigger | Statement):
            found += (_session(f"USE {name};", step) for name in _database(record, mover, settings))
            found += (_session(sql, step) for sql in settings.before(record.extra, step.sql))
        elif _ZERO_DATE.search(step.sql):
            found += (_session(sql, step) for sql in settings.of_table({"sql_mode": "NO_AUTO_VALUE_ON_ZERO"}))
        found.append(step)
    if any(not step.sql.isascii() for step in found):
        yield _session("SET NAMES utf8mb4;", found[0], "names and texts are written in UTF-8")
    yield from found
    for line in settings.closing().splitlines():
        yield _session(line, found[-1])


def _database(record: Record, mover: MySQLMover, settings: Settings) -> Iterator[str]:
    """Yield the database that names in a program are of, where it is another one than before."""
    owner = mover.new.design.get(record.parent or "") if isinstance(record, Trigger) else record
    name = mover.new.catalog.schema_of(owner) if owner is not None else ""
    if name and name != settings.database:
        settings.database = name
        yield mover.new.dialect.quote(name)
