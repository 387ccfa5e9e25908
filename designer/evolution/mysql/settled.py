"""Designs with what a server adds by itself: names of keys and constraints, and the indexes of foreign keys.

Two scripts may leave a name to the server and still mean different ones; what is to be renamed or dropped must be
called by its name. Source of the rules: `mysql_prepare_create_table` and InnoDB's `dict_create_foreign_constraints`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import TypeVar

import msgspec

from designer.schema import Check, Column, Design, ForeignKey, Id, Index, IndexPart, Key, Record, Table

L = TypeVar("L", bound=Record)
Line = Key | Index | ForeignKey | Check
Columns = tuple[tuple[Id | None, int | None], ...]
"""Columns with their prefix lengths; None for an expression."""
_NO_FOREIGN_KEYS = frozenset({"myisam", "aria", "memory", "heap", "csv", "archive", "merge", "mrg_myisam", "blackhole"})


def settled(design: Design, *, maria: bool) -> Design:
    """Return a design in which every key, index, foreign key and check has its name and every foreign key its index."""
    removed: list[Id] = []
    put: list[Record] = []
    for table in design.of(Table):
        lines = [each for each in (design[child] for child in design.children(table.id)) if isinstance(each, Line)]
        lines.sort(key=lambda each: (each.order, each.id))
        _Settler(design, table, maria).settle(lines, removed, put)
    return design.changed(removed, put)


class _Settler:
    """Settles one table."""

    def __init__(self, design: Design, table: Table, maria: bool):
        self.design, self.table, self.maria = design, table, maria

    def settle(self, lines: list[Line], removed: list[Id], put: list[Record]) -> None:
        removed += (each.id for each in lines if "refused" in each.extra)
        lines = [each for each in lines if "refused" not in each.extra]
        foreign = [each for each in lines if isinstance(each, ForeignKey)]
        dead = {each.id for each in foreign if each.ref_table is None}
        if self.table.extra.get("engine", "").lower() in _NO_FOREIGN_KEYS:
            dead = {each.id for each in foreign}  # such an engine reads them, makes their indexes, and forgets them
        named = self._named_constraints(lines)
        put += (each for each in named if each is not self.design[each.id] and each.id not in dead)
        keys = [each for each in named if isinstance(each, Key | Index)]
        put += self._named_keys(self._with_indexes(lines, keys))
        removed += dead

    # Constraints

    def _named_constraints(self, lines: Iterable[Line]) -> list[Line]:
        taken = {each.name.lower() for each in lines if each.name}
        foreign, checks = count(1), count(1)
        found: list[Line] = []
        for line in lines:
            if isinstance(line, ForeignKey) and not line.name:
                written = line.extra.get("index_name", "") if self.maria else ""
                name = written or _free(lambda n: f"{self.table.name}_ibfk_{n}", foreign, taken)
                found.append(_called(line, name))
            elif isinstance(line, Check) and not line.name and not (self.maria and "inline" in line.extra):
                found.append(_called(line, _free(self._check_name, checks, taken)))
            else:
                found.append(line)
        return found

    def _check_name(self, number: int) -> str:
        return f"CONSTRAINT_{number}" if self.maria else f"{self.table.name}_chk_{number}"

    # Keys and indexes

    def _with_indexes(self, lines: list[Line], keys: list[Key | Index]) -> list[tuple[Key | Index, str]]:
        """Return keys and indexes in the order of the text with those of foreign keys, and what names each."""
        by_id: dict[Id, Key | Index] = {each.id: each for each in keys}
        foreign = [each for each in lines if isinstance(each, ForeignKey) and each.ref_table is not None]
        wanted: dict[Id, Columns] = {each.id: tuple((column, None) for column in each.columns) for each in foreign}
        served = [columns_of(each) for each in keys]
        found: list[tuple[Key | Index, str]] = []
        for line in lines:
            if line.id in wanted:
                mine = wanted.pop(line.id)  # of several for the same columns the last one names the index
                others = [each for each in wanted.values() if len(each) > len(mine) or each == mine]
                if isinstance(line, ForeignKey) and mine and not any(_begins(each, mine) for each in served + others):
                    served.append(mine)
                    found.append((self._implied(line), self._first(line.columns[0])))
            elif line.id in by_id:
                key = by_id[line.id]
                parts = columns_of(key)
                found.append((key, self._first(parts[0][0] if parts else None)))
        return found

    def _implied(self, key: ForeignKey) -> Index:
        name = key.name or key.extra.get("index_name", "")
        parts = tuple(IndexPart(column=column) for column in key.columns)
        return Index(id=f"index:{key.id}", parent=self.table.id, order=key.order, name=name, parts=parts)

    def _first(self, column: Id | None) -> str:
        record = self.design.get(column) if column else None
        return record.name if isinstance(record, Column) else "functional_index"

    def _named_keys(self, keys: list[tuple[Key | Index, str]]) -> Iterable[Record]:
        taken: set[str] = set()
        for key, column in keys:
            if isinstance(key, Key) and key.primary:
                continue
            written = key
            if not key.name:
                name = next(n for n in _numbered(column) if n.lower() not in taken)
                written = _called(key, name)
            taken.add(written.name.lower())
            if written is not key or written.id not in self.design:
                yield written


def _numbered(column: str) -> Iterable[str]:
    yield column
    yield from (f"{column}_{number}" for number in count(2))


def _called(record: L, name: str) -> L:
    return msgspec.structs.replace(record, name=name)


def _free(name: Callable[[int], str], numbers: Iterable[int], taken: set[str]) -> str:
    found = next(each for each in map(name, numbers) if each.lower() not in taken)
    taken.add(found.lower())
    return found


def _begins(whole: Columns, mine: Columns) -> bool:
    return whole[: len(mine)] == mine


def columns_of(key: Key | Index) -> Columns:
    """Return the columns of a key or index."""
    if key.parts:
        return tuple((part.column, part.length) for part in key.parts)
    return tuple((column, None) for column in key.columns) if isinstance(key, Key) else ()


def paired(old: Design, new: Design) -> tuple[Design, Design, dict[Id, Id]]:
    """Return the designs with one id for an index that one side implies, or that has one name in both.

    A server does not tell them apart, and neither does it a unique key from a unique index. The third answer says which
    id an index has that the old side implies, by its foreign key, where that is another one now.
    """
    back: list[Record] = []
    forth: list[Record] = []
    gone_back: list[Id] = []
    gone_forth: list[Id] = []
    implied: dict[Id, Id] = {}
    for table in new.of(Table):
        if table.id not in old:
            continue
        ours, theirs = _alone(old, new, table.id), _alone(new, old, table.id)
        for one, two in _pairs(ours, theirs):
            if one.id.startswith("index:"):
                gone_back.append(one.id)
                implied[one.id.removeprefix("index:")] = two.id
                back.append(msgspec.structs.replace(one, id=two.id))
            else:
                gone_forth.append(two.id)
                forth.append(msgspec.structs.replace(two, id=one.id))
    return old.changed(gone_back, back), new.changed(gone_forth, forth), implied


def _alone(design: Design, other: Design, table: Id) -> list[Key | Index]:
    """Return the keys and indexes of a table that the other side does not have by their ids."""
    children = (design[child] for child in design.children(table))
    return [each for each in children if isinstance(each, Key | Index) and each.id not in other]


def _pairs(ours: list[Key | Index], theirs: list[Key | Index]) -> Iterable[tuple[Key | Index, Key | Index]]:
    """Yield what is one index: the same name first, then the same columns where one side only implies it."""
    left = dict.fromkeys(range(len(theirs)))
    alike: tuple[Callable[[Key | Index, Key | Index], bool], ...] = (
        lambda one, two: one.name.lower() == two.name.lower() and _primary(one) == _primary(two),
        lambda one, two: (
            (one.id.startswith("index:") or two.id.startswith("index:"))
            and columns_of(one) == columns_of(two)
            and not (_unique(one) or _unique(two))
        ),
    )
    waiting = list(ours)
    for test in alike:
        for one in list(waiting):
            found = next((at for at in left if test(one, theirs[at])), None)
            if found is not None:
                del left[found]
                waiting.remove(one)
                yield one, theirs[found]


def _primary(key: Key | Index) -> bool:
    return isinstance(key, Key) and key.primary


def _unique(key: Key | Index) -> bool:
    return isinstance(key, Key) or key.unique
