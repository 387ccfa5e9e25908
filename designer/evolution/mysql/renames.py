"""New names for what is on both sides: tables, views, sequences, columns, indexes. They come before all else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

import msgspec

from designer.dialects.registry import get
from designer.evolution.contract import Step
from designer.evolution.facts import of_kind
from designer.evolution.handlers import kind_words, side_of
from designer.evolution.mover import Renamed
from designer.evolution.mysql.base import MyPen, Phase, Piece, Place, altering
from designer.evolution.mysql.columns import column_line, inline_checks
from designer.schema import (
    Check,
    Column,
    Design,
    Expr,
    ForeignKey,
    Id,
    Index,
    Key,
    Named,
    Record,
    Schema,
    Sequence,
    Table,
    View,
)

_RELATIONS = (Table, View, Sequence)
_LONGEST = 64
_SPEAKS = "it speaks of a column that gets another name"
Where = tuple[str, str]
"""Database and name; the database is empty for the one that the session is in."""


class Renamer:
    """Gives the old design the names of the new one."""

    def __init__(self, old: Design, new: Design, dialect: str, pen: type[MyPen], *, maria: bool):
        self.old, self.new, self.maria = old, new, maria
        self.dialect, self.pen = dialect, pen
        self.quote = get(dialect).quote
        self.steps: list[Step] = []
        self.renamed_ids: set[Id] = set()

    def renamed(self) -> Renamed:
        """Return the old design with the new names."""
        if not self.maria:
            self.free_columns()
        self.relations()
        self.columns()
        self.indexes()
        return Renamed(self.old, self.steps)

    # Tables

    def relations(self) -> None:
        """Rename and move tables, views and sequences; what stands in the way and goes is moved aside."""
        taken = {self.where(each, self.old): each for kind in _RELATIONS for each in self.old.of(kind)}
        wanted = {
            each.id: target for each in taken.values() if (target := self.target(each)) != self.where(each, self.old)
        }
        for one in [taken[target] for target in wanted.values() if target in taken]:
            if one.id not in wanted:
                wanted[one.id] = self.aside(self.where(one, self.old), taken)
        at = {record.id: where for where, record in taken.items()}
        moves = list(_moves({each: at[each] for each in wanted}, wanted))
        for group in moves:
            self.rename_relations(group)
        put = [self.put_at(taken[at[each]], where) for each, where in wanted.items()]
        self.old = self.old.changed((), put)
        for record in put:
            if isinstance(record, Table):
                self.follow_names(record, at[record.id][1])

    def target(self, record: Record) -> Where:
        """Return where a relation is on the new side; where it is, if it is not there."""
        after = self.new.get(record.id)
        if type(after) is not type(record):
            return self.where(record, self.old)
        return self.where(after, self.new)

    def where(self, record: Record, design: Design) -> Where:
        """Return where a relation is."""
        parent = design.get(record.parent or "")
        return parent.name if isinstance(parent, Schema) else "", record.name if isinstance(record, Named) else ""

    def aside(self, where: Where, taken: Iterable[Where]) -> Where:
        """Return a name in the same database that nothing has."""
        return where[0], free_name(where[1], {name for home, name in taken if home == where[0]})

    def put_at(self, record: Record, where: Where) -> Record:
        """Return a relation with its new name and database."""
        after = self.new.get(record.id)
        parent = after.parent if after is not None and self.where(after, self.new) == where else record.parent
        return msgspec.structs.replace(record, name=where[1], parent=parent)

    def rename_relations(self, group: list[tuple[Id, Where, Where]]) -> None:
        """Add one statement, which renames all of a circle at once."""
        said = ", ".join(f"{self.path(one)} TO {self.path(two)}" for _, one, two in group)
        record = self.old[group[0][0]]
        after = self.new.get(record.id)
        gone = type(after) is not type(record)
        self.renamed_ids |= {each for each, _, _ in group if type(self.new.get(each)) is type(self.old[each])}
        moved = group[0][1][0] != group[-1][2][0]
        self.steps.append(Step(
            f"RENAME TABLE {said};", "move" if moved else "rename", record.id, ".".join(filter(None, group[0][1])),
            kind_words(record), record, None if gone else after, ("name",), record.id,
            "its name is wanted by another one" if gone else "",
        ))  # fmt: skip

    def path(self, where: Where) -> str:
        """Return a name with its database, quoted."""
        return ".".join(map(self.quote, filter(None, where)))

    def follow_names(self, table: Table, before: str) -> None:
        """Constraints that the server named after their table have other names now."""
        put = []
        for child in self.old.children(table.id):
            record = self.old[child]
            sign = "_ibfk_" if isinstance(record, ForeignKey) else "_chk_"
            if not isinstance(record, ForeignKey | Check) or (self.maria and sign == "_chk_"):
                continue
            if record.name.startswith(before + sign) and record.name.removeprefix(before + sign).isdigit():
                name = table.name + record.name.removeprefix(before)
                put.append(msgspec.structs.replace(record, name=name))
        self.old = self.old.changed((), put)

    # Columns and indexes

    def columns(self) -> None:
        """Rename columns: all of a table in one statement, in which names may change places."""
        renamed: dict[Id, list[Piece]] = {}
        for table in self.old.of(Table):
            pieces = self.parts(table, [*self.old.of(Column, table.id)], "RENAME COLUMN")
            if pieces:
                renamed[table.id] = pieces
        for table_id, pieces in renamed.items():
            self.steps += self.with_speakers(table_id, pieces) if self.maria else pieces

    def indexes(self) -> None:
        """Rename indexes and unique keys."""
        for table in self.old.of(Table):
            keys: list[Index | Key] = [
                *self.old.of(Index, table.id),
                *(each for each in self.old.of(Key, table.id) if not each.primary),
            ]
            self.steps += self.parts(table, [*keys], "RENAME INDEX")

    def parts(self, table: Table, records: list[Column | Index | Key], word: str) -> list[Piece]:
        """Rename some parts of a table in the design, and return the clauses that do so."""
        wanted = {}
        for record in records:
            after = self.new.get(record.id)
            if isinstance(after, type(record)) and after.parent == table.id and after.name != record.name:
                wanted[record.id] = after.name
        targets = {name.lower() for name in wanted.values()}
        taken = {each.name.lower() for each in records} | targets
        for record in records:
            if record.id not in wanted and record.name.lower() in targets:
                wanted[record.id] = free_name(record.name, taken)
                taken.add(wanted[record.id].lower())
        pieces = [self.rename_part(table, record, wanted[record.id], word) for record in records if record.id in wanted]
        put = [msgspec.structs.replace(each, name=wanted[each.id]) for each in records if each.id in wanted]
        names = {each.name.lower(): wanted[each.id] for each in records if each.id in wanted}
        checks = self.old.of(Check, table.id) if word == "RENAME COLUMN" else []
        self.old = self.old.changed((), [*put, *_in_columns(checks, names)])
        return pieces

    def rename_part(self, table: Table, record: Column | Index | Key, name: str, word: str) -> Piece:
        """Return the clause that renames a part."""
        after = self.new.get(record.id)
        if isinstance(record, Column) and after is not None:
            self.renamed_ids.add(record.id)
        clause = f"{word} {self.quote(record.name)} TO {self.quote(name)}"
        reason = "" if after is not None else "its name is wanted by another one"
        return self.piece(table, record, clause, "rename", Place.OPTION, after=after, reason=reason)

    def piece(
        self, table: Table, record: Named, clause: str, operation: str, place: Place,
        after: Record | None = None, reason: str = _SPEAKS,
    ) -> Piece:  # fmt: skip
        """Return a clause about a part of a table."""
        target = self.path(self.where(table, self.old))
        renames_column = isinstance(record, Column | Check) and (self.maria or operation == "rename")
        phase = Phase.DATABASES if renames_column else Phase.PROGRAMS_GO
        return Piece(
            sql=altering(target, clause), operation=operation, about=record.id, label=f"{table.name}.{record.name}",
            kind=kind_words(record), old=record, new=after, fields=("name",) if operation == "rename" else (),
            table=table.id, reason=reason, target=target, clause=clause, place=place, phase=phase,
        )  # fmt: skip

    # What speaks of a renamed column

    def with_speakers(self, table_id: Id, pieces: list[Piece]) -> list[Piece]:
        """Return clauses with those that say anew what names a renamed column.

        MariaDB changes the names in checks, defaults and generated columns by itself, but not where it has a table at
        hand that a query opened under an alias ("Unknown column 'total' in 'CHECK'").
        """
        table = of_kind(self.old[table_id], Table)
        model = self.old.model_of(table)
        renamed = {each.about for each in pieces}
        side = side_of(self.old, model.id if model else "", self.dialect, self.pen)
        found = list(pieces)
        for check in side.catalog.parts(table).checks:
            if self.names(check.expr, renamed) and not ("inline" in check.extra and not check.name):
                clause = side.pen.check_clause(check)
                name = self.quote(check.name)
                found.append(self.piece(table, check, f"DROP CONSTRAINT {name}", "drop constraint", Place.DROP_CHECK))
                found.append(self.piece(table, check, f"ADD {clause}", "add check", Place.ADD_CHECK))
        for column in side.catalog.parts(table).columns:
            exprs = [column.default, column.generated, *(each.expr for each in inline_checks(column, side, maria=True))]
            if any(self.names(each, renamed) for each in exprs):
                found = self.said_anew(table, column, column_line(column, side, maria=True), found)
        return found

    def said_anew(self, table: Table, column: Column, line: str, pieces: list[Piece]) -> list[Piece]:
        """Return clauses in which a column has its whole definition, with a new name or with the one that it has."""
        for at, piece in enumerate(pieces):
            if piece.about == column.id and piece.clause.startswith("RENAME COLUMN"):
                clause = f"CHANGE COLUMN {self.quote(getattr(piece.old, 'name', ''))} {line}"
                return [
                    *pieces[:at],
                    replace(piece, clause=clause, sql=altering(piece.target, clause)),
                    *pieces[at + 1 :],
                ]
        return [*pieces, self.piece(table, column, f"MODIFY COLUMN {line}", "alter column", Place.COLUMN)]

    def names(self, expr: Expr | None, columns: set[Id]) -> bool:
        """Say whether an expression names one of some columns."""
        return expr is not None and any(use.id in columns for use in expr.uses)

    # What MySQL refuses

    def free_columns(self) -> None:
        """MySQL renames no column that a check, a generated column or an index over an expression speaks of."""
        renamed = {
            each.id for each in self.old.of(Column)
            if isinstance(after := self.new.get(each.id), Column) and after.name != each.name
        }  # fmt: skip
        gone: dict[Id, None] = {}
        waiting = sorted(renamed)
        while waiting:
            for each in sorted(self.old.referrers(waiting.pop())):
                if each not in gone and each not in renamed and self.speaks_of(self.old[each], renamed | gone.keys()):
                    gone[each] = None
                    waiting.append(each)
        for each in gone:
            self.drop_part(of_kind(self.old[each], Named))
        self.old = self.old.changed(gone, ())

    def speaks_of(self, record: Record, columns: set[Id]) -> bool:
        """Say whether a part of a table names one of some columns in an expression, or is over one that goes."""
        if isinstance(record, Check):
            return any(use.id in columns for use in record.expr.uses)
        if isinstance(record, Column):
            return record.generated is not None and any(use.id in columns for use in record.generated.uses)
        if isinstance(record, Index | Key):
            exprs = [part.expr for part in record.parts if part.expr is not None]
            over = [part.column for part in record.parts if part.column] + [*getattr(record, "columns", ())]
            generated = any(each in columns and getattr(self.old[each], "generated", None) is not None for each in over)
            return generated or any(use.id in columns for expr in exprs for use in expr.uses)
        return False

    def drop_part(self, record: Named) -> None:
        """Drop a part of a table, which is made again afterwards."""
        table = of_kind(self.old[record.parent or ""], Table)
        name = self.quote(record.name)
        word = "CHECK" if isinstance(record, Check) else "COLUMN" if isinstance(record, Column) else "INDEX"
        primary = isinstance(record, Key) and record.primary
        clause = "DROP PRIMARY KEY" if primary else f"DROP {word} {name}"
        operation = {"CHECK": "drop constraint", "COLUMN": "drop column", "INDEX": "drop index"}[word]
        place = {"CHECK": Place.DROP_CHECK, "COLUMN": Place.DROP_COLUMN, "INDEX": Place.DROP_KEY}[word]
        self.steps.append(self.piece(table, record, clause, operation, place))


def _in_columns(checks: Iterable[Check], names: dict[str, str]) -> Iterator[Check]:
    """Yield the checks that stand in a renamed column, with the name of that."""
    for check in checks:
        name = names.get(check.extra.get("inline", "").lower())
        if name is not None:
            yield msgspec.structs.replace(check, extra={**check.extra, "inline": name})


def _moves(at: dict[Id, Where], wanted: dict[Id, Where]) -> Iterator[list[tuple[Id, Where, Where]]]:
    """Yield moves in an order in which each name is free; those of a circle together, through a name in between."""
    holders = {where: each for each, where in at.items()}
    waiting = dict(wanted)
    while waiting:
        free = [each for each, where in waiting.items() if where not in holders or holders[where] == each]
        for each in free:
            yield [(each, at[each], waiting[each])]
            holders.pop(at[each], None)
            del waiting[each]
        if not free and waiting:
            yield _circle(next(iter(waiting)), at, waiting, holders)


def _circle(
    first: Id, at: dict[Id, Where], waiting: dict[Id, Where], holders: dict[Where, Id]
) -> list[tuple[Id, Where, Where]]:
    """Return the moves of a circle, in which the first steps aside until its name is free."""
    between = at[first][0], free_name(at[first][1], {where[1] for where in (*holders, *waiting.values())})
    moves = [(first, at[first], between)]
    hole = at[first]
    while waiting[first] != hole:
        mover = next(each for each, where in waiting.items() if where == hole)
        moves.append((mover, at[mover], hole))
        hole = at[mover]
        del waiting[mover]
        holders.pop(hole, None)
    moves.append((first, between, waiting.pop(first)))
    holders.pop(at[first], None)
    return moves


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name in place of another one, until that is free."""
    used = {each.lower() for each in taken}
    names = (f"{name[: _LONGEST - 20]}_wholekey{number or ''}" for number in count())
    return next(each for each in names if each.lower() not in used)
