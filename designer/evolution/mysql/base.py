"""What the handlers of MySQL and MariaDB share: the phases of a migration, and pieces of ALTER TABLE."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import TYPE_CHECKING, Any, cast

from designer.compare.tokens import tokens
from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.handlers import Handler, Side
from designer.schema import Expr, Id, Named, Record
from exporters.ddl.mariadb import MariaWriter
from exporters.ddl.mysql import MySQLWriter
from exporters.ddl.pen import Scope

if TYPE_CHECKING:
    from designer.evolution.mysql.mover import MySQLMover


class Phase(IntEnum):
    """When something happens. Programs are gone before rows are written, foreign keys before columns change."""

    DATABASES = 1
    PROGRAMS_GO = 2  # triggers would fire, and name what is about to change
    SEQUENCES = 3
    FOREIGN_KEYS_GO = 4
    TABLES_CHANGE = 5
    TABLES_COME = 6
    FOREIGN_KEYS_COME = 7
    ROUTINES = 8
    VIEWS = 9
    TRIGGERS = 10
    STATEMENTS = 11
    ROWS_GO = 12


class Place(IntEnum):
    """Where a clause stands in an ALTER TABLE, and what else is done about the table before and after it."""

    BEFORE = 0  # a statement of its own: an UPDATE
    DROP_CHECK = 1
    DROP_KEY = 2
    DROP_COLUMN = 3
    PERIOD_GOES = 4
    COLUMN = 5
    OPTION = 6
    PERIOD_COMES = 7
    ADD_KEY = 8
    ADD_CHECK = 9
    TAIL = 10  # PARTITION BY and REMOVE PARTITIONING stand at the end, with no comma before them
    AFTER = 11  # a statement of its own behind it
    AFTERWARDS = 12  # a clause of one more ALTER TABLE behind those
    ALONE = 13  # a clause that no other one may stand beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Step):
    """One clause of an ALTER TABLE, also written as a statement of its own; `Place` says how it may be joined."""

    target: str = ""  # the path of the table
    clause: str = ""
    place: Place = Place.OPTION
    phase: Phase = Phase.TABLES_CHANGE
    column: Id | None = None  # which it puts at its place


def plain(step: Step) -> Step:
    """Return a piece as an ordinary step."""
    return Step(**{each.name: getattr(step, each.name) for each in fields(Step)})


class MyPen(MySQLWriter):
    """Writes clauses for a migration of MySQL: with the names of the designs, since the database is as these say."""

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """No name is changed to tell it from another one."""
        return ()


class MariaPen(MariaWriter, MyPen):
    """Writes clauses for a migration of MariaDB."""

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """No name is changed to tell it from another one."""
        return ()


class MyHandler(Handler[MyPen]):
    """A handler of MySQL or MariaDB."""

    @property
    def my(self) -> MySQLMover:
        """The mover, with what it knows of the whole migration."""
        return cast("MySQLMover", self.mover)

    @property
    def is_maria(self) -> bool:
        """Whether this is MariaDB."""
        return self.my.is_maria

    def piece(
        self, clause: str, operation: str, place: Place, *, old: Fact | None = None, new: Fact | None = None,
        reason: str = "", fields: tuple[str, ...] = (), phase: Phase = Phase.TABLES_CHANGE, column: Id | None = None,
    ) -> Piece:  # fmt: skip
        """Return a clause of ALTER TABLE about a fact."""
        whole = self.step("", operation, old=old, new=new, reason=reason, fields=fields)
        target = (self.new if new is not None else self.old).pen.path_of(whole.table)
        said = {each: getattr(whole, each) for each in Step.__dataclass_fields__} | {"sql": altering(target, clause)}
        return Piece(**said, target=target, clause=clause, place=place, phase=phase, column=column)

    def aside(self, sql: str, operation: str, place: Place, **said: Any) -> Piece:
        """Return a statement of its own that is done right before or behind the ALTER TABLE of its table."""
        piece = self.piece("", operation, place, **said)
        said = {each: getattr(piece, each) for each in Piece.__dataclass_fields__} | {"sql": sql}
        return Piece(**said)

    def ranked(self, phase: Phase, fact: Fact, place: Place = Place.BEFORE) -> int:
        """Return the rank of something about a table: all that happens to one table in a phase stands together."""
        return (phase * 1_000_000 + self.my.place_of(fact)) * 100 + place


def altering(target: str, *clauses: str, tail: str = "") -> str:
    """Return ALTER TABLE with some clauses, a line each where there are several."""
    many = len(clauses) > 1
    body = "\n    " + ",\n    ".join(clauses) if many else " " + "".join(clauses)
    return f"ALTER TABLE {target}{body.rstrip()}{chr(10) if many else ' '}{tail}".rstrip() + ";"


def spelled(expr: Expr | None, side: Side[MyPen]) -> Hashable:
    """Return an expression token by token, with the names of today."""
    if expr is None:
        return None
    found = tokens(side.pen.speech.expr(expr) or "")
    while len(found) > 1 and found[0] == "(" and _closes_last(found):
        found = found[1:-1]
    return found


def _closes_last(found: tuple[str, ...]) -> bool:
    depth = 0
    for at, sign in enumerate(found):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at == len(found) - 1
    return False


def extras(record: Record, *unsaid: str) -> frozenset[tuple[str, str]]:
    """Return what only this family of databases keeps of a record, but for the keys that are not asked for."""
    return frozenset((key, value.strip("'\"").lower()) for key, value in record.extra.items() if key not in unsaid)
