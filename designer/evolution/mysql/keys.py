"""Primary and unique keys and indexes: an index that a foreign key needs is swapped in the one ALTER TABLE."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, of_kind, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase, Place, extras, spelled
from designer.schema import Column, Index, IndexPart, Key, Named, Table

_LENGTH = re.compile(r"(?:char|binary)\w*\s*\((\d+)\)", re.IGNORECASE)
_HIDDEN = frozenset({"invisible", "ignored"})


class Keys(MyHandler):
    """Keys and indexes."""

    records = (Key, Index)
    kinds = ("primary key", "unique key", "index")

    def facts(self, record: Key | Index, side: Side[MyPen]) -> Iterator[Fact]:
        """A key or index of a table; one over expressions is none in MariaDB."""
        if not isinstance(side.design.get(record.parent or ""), Table):
            return
        parts = parts_of(record)
        if self.is_maria and any(part.expr is not None for part in parts):
            return
        needs = [part.column for part in parts if part.column]
        needs += [use.id for part in parts if part.expr for use in part.expr.uses if use.id in side.design]
        yield Fact(record.id, kind_of_key(record), side.label(record), self.state(record, parts, side), record,
                   record.parent, frozenset(needs))  # fmt: skip

    def state(self, record: Key | Index, parts: tuple[IndexPart, ...], side: Side[MyPen]) -> Hashable:
        """Return what the server keeps; whether it is hidden comes last, because that can be changed."""
        written = tuple((part.column or spelled(part.expr, side), part.desc, _length(part, side)) for part in parts)
        method = (record.method if isinstance(record, Index) else "") or record.extra.get("using", "")
        method = "" if method.lower() == "btree" else method.lower()
        overlaps = isinstance(record, Key) and record.without_overlaps
        said = extras(record, "using", "invisible", "ignored", "refused", "inline", "references")
        name = "" if isinstance(record, Key) and record.primary else record.name
        return (kind_of_key(record), name, written, method, overlaps, record.comment, said), bool(
            _HIDDEN & record.extra.keys()
        )

    def folds(self, child: Fact, parent: Fact) -> bool:
        """The keys of a new table stand in it."""
        return True

    def rank(self, verb: str, fact: Fact) -> int:
        """All of a table together."""
        return self.ranked(Phase.TABLES_CHANGE, fact, Place.DROP_KEY if verb == "drop" else Place.ADD_KEY)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Add a key or index to a table that is there."""
        record, pen = fact.record, self.new.pen
        if isinstance(record, Key):
            operation = "add primary key" if record.primary else "add unique"
            clause: str | None = pen.key_clause(record)
        else:
            table = of_kind(self.new.design[record.parent or ""], Table)
            operation, clause = "create index", pen.index_clause(record_of(fact, Index), table)
        if clause is None:
            return []
        return [self.piece(f"ADD {clause}", operation, Place.ADD_KEY, new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a key or index."""
        record = fact.record
        if isinstance(record, Key) and record.primary:
            return [self.piece("DROP PRIMARY KEY", "drop constraint", Place.DROP_KEY, old=fact, reason=reason)]
        operation = "drop constraint" if isinstance(record, Key) else "drop index"
        clause = f"DROP INDEX {self.old.pen.own_name(record_of(fact, Named))}"
        return [self.piece(clause, operation, Place.DROP_KEY, old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Only whether the optimizer sees an index can be altered."""
        before, after = old.state, new.state
        if before[0] != after[0] or (isinstance(new.record, Key) and new.record.primary):
            return None
        hidden = "IGNORED" if self.is_maria else "INVISIBLE"
        shown = "NOT IGNORED" if self.is_maria else "VISIBLE"
        name = self.new.pen.own_name(record_of(new, Named))
        clause = f"ALTER INDEX {name} {hidden if after[1] else shown}"
        return Alteration([self.piece(clause, "settings", Place.ADD_KEY, old=old, new=new, fields=("extra",))])


def parts_of(record: Key | Index) -> tuple[IndexPart, ...]:
    """Return what a key or index is over."""
    if isinstance(record, Key) and not record.parts:
        return tuple(IndexPart(column=each) for each in record.columns)
    return record.parts


def kind_of_key(record: Key | Index) -> str:
    """Return the kind in words; a unique index is a unique key here."""
    if isinstance(record, Key):
        return "primary key" if record.primary else "unique key"
    return "unique key" if record.unique else "index"


def _length(part: IndexPart, side: Side[MyPen]) -> int | None:
    """Return the prefix length, None where it is as long as the column, so that the server drops it."""
    column = side.design.get(part.column) if part.column else None
    found = _LENGTH.search(column.type) if isinstance(column, Column) else None
    whole = found is not None and part.length is not None and int(found[1]) <= part.length
    return None if whole else part.length
