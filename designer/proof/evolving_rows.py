"""The rows of a scratch database before, between and after the two ways of a migration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from designer.compare.side import Side
from designer.dialects.registry import get
from designer.evolution.carrying import Spreading, carried
from designer.evolution.carrying_back import read_back
from designer.proof.contract import ProofProblem, Scratch
from designer.proof.evolving_contract import Kept
from designer.schema import Column, Design, Id, Table

MOST = 50_000
"""How many rows of a table are looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How many rows a table has, and a checksum of each column's values, in no order, or why there is none."""

    rows: int
    sums: Mapping[Id, str] = field(default_factory=dict)


class Rows:
    """Reads the columns that are on both sides of a migration, whose designs share their ids."""

    def __init__(self, old: Design, new: Design, models: tuple[Id, Id], dialect: str):
        self.old, self.new = Side(old, get(dialect), models[0]), Side(new, get(dialect), models[1])
        tables = [each for each in self.old.records() if isinstance(each, Table)]
        self.tables = [each for each in tables if _has_rows(each) and _has_rows(new.get(each.id))]
        self.elsewhere = read_back(old, new, models[1], dialect)

    def read(self, scratch: Scratch, *, old: bool) -> dict[Id, Reading]:
        """Return what is in the tables now, as the old side or the new one calls them."""
        side = self.old if old else self.new
        return {each.id: self._table(scratch, side, each.id) for each in self.tables}

    def _table(self, scratch: Scratch, side: Side, table: Id) -> Reading:
        only = "ONLY " if side.dialect.name == "postgresql" else ""  # children come and go with their own rows
        name = only + ".".join(map(side.dialect.quote, side.path_of(table)))
        columns = {each: side.dialect.quote(side.name_of(each)) for each in self.staying(table)}
        if side is self.new:
            columns |= {each: self.elsewhere[each] for each in columns if each in self.elsewhere}
        limit = f" LIMIT {MOST}" if columns else ""
        try:
            whole = scratch.rows(f"SELECT {', '.join(columns.values()) or '1'} FROM {name}{limit}")  # noqa: S608 - quoted
            sums = {each: _sum(scratch.rows(f"SELECT {text} FROM {name}{limit}")) for each, text in columns.items()}  # noqa: S608
        except ProofProblem:
            return Reading(-1)
        return Reading(len(whole), {**sums, "": _sum(whole)})

    def staying(self, table: Id) -> list[Id]:
        """Return the columns of a table that keep their values: on both sides, of one type, not computed."""
        return [
            one.id
            for one in self.old.columns(table)
            if isinstance(two := self.new.design.get(one.id), Column)
            and _keeps(one, two)
            and (one.parent == two.parent or one.id in self.elsewhere)
        ]

    def kept(self, before: Mapping[Id, Reading], there: Mapping[Id, Reading], back: Mapping[Id, Reading]) -> list[Kept]:
        """Return what became of the rows of each table."""
        return [
            self._of_table(each.id, before[each.id], there[each.id], back[each.id])
            for each in self.tables
            if before[each.id].rows >= 0
        ]

    def _of_table(self, table: Id, before: Reading, there: Reading, back: Reading) -> Kept:
        changed = (*self._changed("up", before, there), *self._changed("down", before, back))
        return Kept(self._label(table), before.rows, there.rows, back.rows, changed, len(self.staying(table)))

    def _changed(self, way: str, before: Reading, after: Reading) -> Iterator[str]:
        if before.rows != after.rows or before.sums.get("") == after.sums.get(""):
            return
        names = [self.old.name_of(each) for each in before.sums if each and before.sums[each] != after.sums.get(each)]
        yield from (f"{way}: {name}" for name in names or ["the values stand in other rows"])

    def _label(self, table: Id) -> str:
        one, two = (".".join(side.path_of(table)) for side in (self.old, self.new))
        return one if one == two else f"{one}, now {two}"

    def lost(self) -> list[str]:
        """Return what the way up drops together with what is in it, in words."""
        found = []
        spread = {
            column
            for carry in carried(self.old.design, self.new.design).carries
            if isinstance(carry, Spreading)
            for column in carry.every
        }
        for each in self.old.records():
            if each.id in spread:
                continue
            if each.id not in self.new.design and isinstance(each, Table):
                found.append(f"table {'.'.join(self.old.path(each))}")
            elif each.id not in self.new.design and isinstance(each, Column) and (each.parent or "") in self.new.design:
                found.append(f"column {'.'.join(self.old.path(each))}")
        return found


def _has_rows(table: Table | None) -> bool:
    return table is not None and "server" not in table.extra and "module" not in table.extra


def _keeps(one: Column, two: Column) -> bool:
    return one.type == two.type and one.type_ref == two.type_ref and one.generated is None and two.generated is None


def _sum(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(rows)).encode("utf-8", "surrogatepass")).hexdigest()
