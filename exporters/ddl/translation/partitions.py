"""Partitions: tables of their own in PostgreSQL, clauses of the table in MySQL and MariaDB."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from designer.dialects import features as can
from designer.schema import IndexPart, Partitioning, Table
from exporters.ddl.translation.work import Work

_RANGE = re.compile(r"FOR\s+VALUES\s+FROM\s*\((.*)\)\s*TO\s*\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"FOR\s+VALUES\s+IN\s*\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_CAST = re.compile(r"::[\w\s]+(?=[,)]|\Z)|(?<=\d)\+00(?::?00)?(?=')")
_LESS = re.compile(
    r"PARTITION\s+(`(?:[^`]|``)+`|\w+)\s+VALUES\s+(?:LESS\s+THAN\s*(?:\((.*?)\)|(MAXVALUE))|IN\s*\((.*?)\))",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"\A\s*(?:-?\d+|'(?:[^']|'')*')\s*\Z")
_COUNT = re.compile(r"PARTITIONS\s+(\d+)", re.IGNORECASE)
_ORDERED = frozenset({"smallint", "integer", "bigint", "date", "timestamp", "timestamp_tz", "string", "char"})


@dataclass(frozen=True, slots=True)
class Divided:
    """How a table is divided in the target: the clause, and the partitions that are tables of their own."""

    partitioning: Partitioning
    tables: tuple[Table, ...] = ()


class Partitions:
    """Divides tables in the target as they are in the source, where both can."""

    def __init__(self, work: Work):
        self.work = work
        self.children: dict[str, list[Table]] = {}
        self.referred = set()
        for table in work.catalog.of(Table):
            if table.partition_of:
                self.children.setdefault(table.partition_of, []).append(table)
            self.referred |= {key.ref_table for key in work.parts(table).foreign_keys}

    def of(self, table: Table) -> Divided | None:
        """Return how a table is divided, or None: it is whole in the source, or in the target with a note."""
        work = self.work
        for partitioning in work.parts(table).partitionings:
            divided = self._divided(table, partitioning)
            if divided is None:
                message = f"{work.target.title} has no such partitions; the table is not partitioned"
                work.lost("no-partitions", message, partitioning)
            return divided
        return None

    def _divided(self, table: Table, partitioning: Partitioning) -> Divided | None:
        column = self.work.column(partitioning.parts[0].column) if len(partitioning.parts) == 1 else None
        if column is None or self.work.logical[column.id].partition("(")[0] not in _ORDERED:
            return None
        if self.work.can(can.PARTITION_CLAUSES) and self.work.source_family == "postgresql":
            return self._clauses(table, partitioning)
        if self.work.can(can.PARTITION_TABLES) and self.work.source_family == "mysql":
            return self._tables(table, partitioning)
        return None

    # PostgreSQL -> MySQL

    def _clauses(self, table: Table, partitioning: Partitioning) -> Divided | None:
        """InnoDB knows no foreign keys from or to a table with partitions."""
        children = self.children.get(table.id, [])
        bound = self.work.parts(table).foreign_keys or table.id in self.referred
        if bound or not children or any(each.id in self.children for each in children):
            return None
        if partitioning.strategy == "range":
            text = self._ranges(children)
        elif partitioning.strategy == "list":
            text = self._lists(children)
        else:
            self.work.lost("partition-hash", "rows are spread over its partitions by another hash", partitioning)
            text = f"PARTITIONS {len(children)}"
        if text is None:
            return None
        strategy = "key" if partitioning.strategy == "hash" else f"{partitioning.strategy} columns"
        part = IndexPart(column=partitioning.parts[0].column)
        return Divided(Partitioning(id=partitioning.id, parent=table.id, strategy=strategy, parts=(part,), text=text))

    def _ranges(self, children: list[Table]) -> str | None:
        """Ranges must follow one another there: each says only where it ends."""
        found, rest = [], None
        for child in children:
            bound = _RANGE.match(child.partition_bound)
            if bound is None:
                if child.partition_bound.strip().upper() != "DEFAULT":
                    return None
                rest = child
                continue
            low, high = (_CAST.sub("", bound.group(each)).strip() for each in (1, 2))
            found.append((_sortable(low), low, high, child))
        found.sort(key=lambda each: each[0])
        if any(before[2] != after[1] for before, after in pairwise(found)):
            return None
        lines = [f"PARTITION {self._name(child)} VALUES LESS THAN ({_maximum(high)})" for _, _, high, child in found]
        if not found or not all(_VALUE.match(high) or high.upper() == "MAXVALUE" for _, _, high, _ in found):
            return None
        if found[0][1].upper() != "MINVALUE":
            self._wider(found[0][3], "values below its range are taken into it as well")
        if rest is not None:
            lines.append(f"PARTITION {self._name(rest)} VALUES LESS THAN (MAXVALUE)")
        return "(" + ", ".join(lines) + ")"

    def _lists(self, children: list[Table]) -> str | None:
        lines = []
        for child in children:
            bound = _LIST.match(child.partition_bound)
            if bound is not None:
                lines.append(f"PARTITION {self._name(child)} VALUES IN ({_CAST.sub('', bound.group(1))})")
            elif child.partition_bound.strip().upper() == "DEFAULT" and self.work.target.name == "mariadb":
                lines.append(f"PARTITION {self._name(child)} DEFAULT")
            else:
                return None
        return "(" + ", ".join(lines) + ")"

    def _name(self, table: Table) -> str:
        return self.work.target.quote(self.work.name(table.id))

    def _wider(self, table: Table, message: str) -> None:
        self.work.lost("partition-range", message, table)

    # MySQL -> PostgreSQL

    def _tables(self, table: Table, partitioning: Partitioning) -> Divided | None:
        kind = partitioning.strategy.lower().removesuffix(" columns").strip()
        made = None
        if kind in ("range", "list") and "SUBPARTITION" not in partitioning.text.upper():
            made = self._bounds(kind, partitioning.text)
        elif kind in ("key", "linear key", "hash") and (count := _COUNT.search(partitioning.text)):
            number, kind = int(count.group(1)), "hash"
            made = [(f"p{at}", f"FOR VALUES WITH (MODULUS {number}, REMAINDER {at})") for at in range(number)]
            self.work.lost("partition-hash", "rows are spread over its partitions by another hash", partitioning)
        if not made:
            return None
        column = IndexPart(column=partitioning.parts[0].column)
        clause = Partitioning(id=partitioning.id, parent=table.id, strategy=kind, parts=(column,))
        return Divided(clause, tuple(self._partition(table, name, bound) for name, bound in made))

    def _bounds(self, kind: str, text: str) -> list[tuple[str, str]] | None:
        made, below = [], "MINVALUE"
        for found in _LESS.finditer(text):
            name = self.work.source.unquote(found.group(1))
            if kind == "list":
                made.append((name, f"FOR VALUES IN ({found.group(4) or ''})"))
                continue
            high = found.group(3) or found.group(2) or ""
            if not (_VALUE.match(high) or high.upper() == "MAXVALUE"):
                return None
            made.append((name, f"FOR VALUES FROM ({below}) TO ({high})"))
            below = high
        return made

    def _partition(self, table: Table, name: str, bound: str) -> Table:
        full = f"{self.work.name(table.id)}_{name}"
        return Table(id=f"{table.id}.{name}", parent=table.parent, order=table.order, name=full,
                     partition_of=table.id, partition_bound=bound)  # fmt: skip


def _sortable(bound: str) -> tuple[int, float, str]:
    if bound.upper() == "MINVALUE":
        return (0, 0.0, "")
    number = re.match(r"-?\d+\Z", bound)
    return (1, float(bound), "") if number else (1, 0.0, bound)


def _maximum(bound: str) -> str:
    return "MAXVALUE" if bound.upper() == "MAXVALUE" else bound
