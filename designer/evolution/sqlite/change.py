"""What changes in a table, and whether ALTER TABLE can do it: https://www.sqlite.org/lang_altertable.html."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from designer.evolution.sqlite.shape import Clause, Shape
from designer.schema import Check, Column, ForeignKey, Id, Key

_CONSTANT = re.compile(
    r"""\s*(?:[+-]?\s*(?:\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|0x[0-9a-f]+)|'(?:[^']|'')*'|"(?:[^"]|"")*"|x'[0-9a-f]*'|true|false|null)\s*\Z""",
    re.IGNORECASE,
)


class TableChange:
    """The way from one shape of a table to another; `is_named` says that a column may stand in a view or trigger."""

    def __init__(self, old: Shape, new: Shape, is_named: Callable[[Column], bool]):
        self.old, self.new = old, new
        self.is_named = is_named
        before = {column.id for column in old.columns}
        after = {column.id for column in new.columns}
        self.dropped = [column for column in old.columns if column.id not in after]
        self.added = [column for column in new.columns if column.id not in before]
        self.kept = [column for column in new.columns if column.id in before]
        self.leaving = {clause.record.id for clause in old.clauses if self._falls(clause)}
        self.coming = self._coming()

    def _falls(self, clause: Clause) -> bool:
        """Say whether a clause stands behind a column that is dropped, and falls with it."""
        gone = {column.id for column in self.dropped}
        return clause.inline and not isinstance(clause.record, Key) and bool(clause.columns) and clause.columns <= gone

    def _coming(self) -> dict[Id, list[Clause]]:
        """Return the checks and foreign keys that can be written behind an added column, by that column."""
        place = {column.id: number for number, column in enumerate(self.added)}
        found: dict[Id, list[Clause]] = {}
        for clause in self.new.clauses:
            mine = [each for each in clause.columns if each in place]
            alone = isinstance(clause.record, Check) or len(clause.columns) == 1
            if mine and alone and not isinstance(clause.record, Key):
                found.setdefault(max(mine, key=place.__getitem__), []).append(clause)
        return found

    def behind(self, column: Column) -> list[Check | ForeignKey]:
        """Return the checks and foreign keys that are written behind an added column."""
        found = (clause.record for clause in self.coming.get(column.id, ()))
        return [each for each in found if not isinstance(each, Key)]

    def obstacles(self) -> Iterator[str]:
        """Yield why the table must be made anew, in words that go on from "SQLite cannot"."""
        if self.old.options != self.new.options:
            yield "make a table STRICT or WITHOUT ROWID, or stop it being so"
        yield from self._columns()
        yield from self._constraints()
        for column in self.added:
            yield from self._adding(column)
        for column in self.dropped:
            yield from self._dropping(column)

    def _columns(self) -> Iterator[str]:
        if not self.kept:
            yield "replace all columns of a table"
        for column in self.kept:
            if self.old.said[column.id] != self.new.said[column.id]:
                yield f"change the column {column.name}"
        kept = [column.id for column in self.kept]
        if [column.id for column in self.old.columns if column.id in set(kept)] != kept:
            yield "change the order of columns"
        if [column.id for column in self.new.columns[: len(kept)]] != kept:
            yield "add a column between others"

    def _constraints(self) -> Iterator[str]:
        coming = {clause.record.id for clauses in self.coming.values() for clause in clauses}
        before = Counter(clause.said for clause in self.old.clauses if clause.record.id not in self.leaving)
        after = Counter(clause.said for clause in self.new.clauses if clause.record.id not in coming)
        for shape, rest, verb in ((self.old, before - after, "drop"), (self.new, after - before, "add")):
            for clause in shape.clauses:
                if clause.said in rest:
                    yield f"{verb} a {_words(clause)}"
        if before == after:
            for kind in (Check, ForeignKey):
                if not self._in_order(kind):
                    yield f"add a {'check' if kind is Check else 'foreign key'} between others"

    def _in_order(self, kind: type[Check] | type[ForeignKey]) -> bool:
        """Say whether the constraints of a kind come to stand as in the new table, if they do so now."""
        staying = [
            each for each in self.old.clauses if isinstance(each.record, kind) and each.record.id not in self.leaving
        ]
        coming = [
            each for column in self.added for each in self.coming.get(column.id, ()) if isinstance(each.record, kind)
        ]
        wanted = [each for each in self.new.clauses if isinstance(each.record, kind)]
        ids = {each.record.id for each in coming}
        if [each.said for each in staying] != [each.said for each in wanted if each.record.id not in ids]:
            return True
        inline = [each for each in staying if each.inline]
        rest = [each for each in staying if not each.inline]
        return [each.said for each in (*inline, *coming, *rest)] == [each.said for each in wanted]

    def _adding(self, column: Column) -> Iterator[str]:
        if column.generated is not None:
            if column.generated_kind != "virtual":
                yield f"add the stored column {column.name}"
            return
        default = column.default.text if column.default is not None else "NULL"
        if not _CONSTANT.match(default):
            yield f"add {column.name} with a default that is no constant"
        elif not column.nullable and default.strip().upper() == "NULL":
            yield f"add {column.name} as NOT NULL without a default"

    def _dropping(self, column: Column) -> Iterator[str]:
        if any(column.id in clause.columns and clause.record.id not in self.leaving for clause in self.old.clauses):
            yield f"drop {column.name}, which a constraint is about"
        name = column.name.lower()
        others = [each for each in self.old.columns if each.generated is not None and each.id != column.id]
        if any(name in self.old.said[each.id] for each in others):
            yield f"drop {column.name}, from which another column is generated"
        if self.is_named(column):
            yield f"drop {column.name} while a view or trigger names it, or what is not there"


def _words(clause: Clause) -> str:
    if isinstance(clause.record, Key):
        return "primary key" if clause.record.primary else "unique key"
    return "check" if isinstance(clause.record, Check) else "foreign key"
