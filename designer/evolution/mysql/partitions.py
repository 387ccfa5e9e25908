"""How tables are partitioned: the list of partitions alone where only that changed, else the whole clause."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from designer.compare.tokens import tokens
from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase, Place, spelled
from designer.schema import Partitioning

_SPAN = re.compile(r"'(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\"|[(),]|[^'`\"(),]+", re.DOTALL)
_NAME = re.compile(r"\s*PARTITION\s+(`(?:[^`]|``)+`|[\w$]+)", re.IGNORECASE)
_COUNT = re.compile(r"\s*PARTITIONS\s+(\d+)\s*\Z", re.IGNORECASE)
_ENGINE = re.compile(r"\bengine\s*=?\s*\w+", re.IGNORECASE)
_BOUND = re.compile(
    r"\bVALUES\s+LESS\s+THAN\s*(.*?)(?:\s+(?:ENGINE|COMMENT|DATA|INDEX|MAX_ROWS|MIN_ROWS|TABLESPACE)\b.*)?\Z",
    re.IGNORECASE | re.DOTALL,
)


class Partition(NamedTuple):
    """One partition as it is written."""

    name: str
    text: str

    @property
    def meaning(self) -> Hashable:
        """What the server keeps of it."""
        return tokens(_ENGINE.sub("", self.text))

    @property
    def bound(self) -> tuple[str, ...]:
        """Up to where it holds rows, where its table is partitioned by range."""
        found = _BOUND.search(self.text)
        return tokens(found[1]) if found else ()


class Partitions(MyHandler):
    """Partitioning."""

    records = (Partitioning,)
    kinds = ("partitioning",)

    def facts(self, record: Partitioning, side: Side[MyPen]) -> Iterator[Fact]:
        """How a table is partitioned; a table has one partitioning, whatever its id."""
        columns = {part.column for part in record.parts if part.column}
        columns |= {use.id for part in record.parts if part.expr for use in part.expr.uses}
        state = self.by(record, side), tokens(_ENGINE.sub("", record.text))
        yield Fact(f"partitioning:{record.parent}", "partitioning", side.label(record), state, record, record.parent,
                   frozenset(each for each in columns if each in side.design and each != record.parent))  # fmt: skip

    def by(self, record: Partitioning, side: Side[MyPen]) -> Hashable:
        """Return what a table is partitioned by."""
        return record.strategy.lower(), tuple((part.column or spelled(part.expr, side)) for part in record.parts)

    def folds(self, child: Fact, parent: Fact) -> bool:
        """The partitions of a new table stand in it."""
        return True

    def rank(self, verb: str, fact: Fact) -> int:
        """All of a table together."""
        return self.ranked(Phase.TABLES_CHANGE, fact, Place.TAIL)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Partition a table; where another way of partitioning was, the new one takes its place."""
        clause = self.new.pen.partitioning(record_of(fact, Partitioning))
        return [self.piece(clause, "partition table", Place.TAIL, new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Make a table of one piece again, unless it is partitioned in another way at once."""
        if fact.id in self.my.new_facts:
            return []
        return [self.piece("REMOVE PARTITIONING", "partition table", Place.TAIL, old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Change the list of partitions alone where that is all; no row is lost that has a place on the new side."""
        clauses, after = None, record_of(new, Partitioning)
        if old.state[0] == new.state[0]:
            clauses = self.changes(record_of(old, Partitioning), after)
        if clauses is None:
            clause = self.new.pen.partitioning(after)
            return Alteration([self.piece(clause, "partition table", Place.TAIL, old=old, new=new, fields=("text",))])
        steps = (
            self.piece(each, _operation(each), Place.ALONE, old=old, new=new, fields=("text",)) for each in clauses
        )
        return Alteration(list(steps))

    def changes(self, old: Partitioning, new: Partitioning) -> list[str] | None:
        """Return the clauses that change the list; None where only the whole clause does it."""
        had, wanted = _count(old.text), _count(new.text)
        if had is not None and wanted is not None:
            return _recounted(had, wanted)
        before, after = partitions_of(old.text), partitions_of(new.text)
        if not before or not after or "subpartition" in (old.text + new.text).lower():
            return None
        if old.strategy.lower().startswith("range"):
            return _ranges(before, after)
        return _lists(before, after) if old.strategy.lower().startswith("list") else None


def _operation(clause: str) -> str:
    return (
        "drop table"
        if clause.startswith("DROP")
        else "create table"
        if clause.startswith("ADD PARTITION (")
        else "partition table"
    )


def _count(text: str) -> int | None:
    found = _COUNT.match(text)
    return int(found[1]) if found else None


def _recounted(before: int, after: int) -> list[str]:
    return [f"ADD PARTITION PARTITIONS {after - before}" if after > before else f"COALESCE PARTITION {before - after}"]


def partitions_of(text: str) -> list[Partition]:
    """Return the partitions in the parentheses that a text is; none where it says something else."""
    text = text.strip()
    if not text.startswith("("):
        return []
    pieces, depth = [""], 0
    for found in _SPAN.finditer(text):
        piece = found[0]
        depth -= piece == ")"
        if depth == 0 and piece == ")":
            break
        if piece == "," and depth == 1:
            pieces.append("")
        elif depth:
            pieces[-1] += piece
        depth += piece == "("
    named = [(_NAME.match(piece), piece.strip()) for piece in pieces]
    return [Partition(name[1].strip("`").lower(), piece) for name, piece in named if name]


def _ranges(before: list[Partition], after: list[Partition]) -> list[str] | None:
    """Return what changes a list of ranges: rows of a range that goes move into the next one, where there is one."""
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    ours, theirs = before[first : len(before) - last], after[first : len(after) - last]
    following = before[len(before) - last :][:1]
    if not ours and not following:
        return [f"ADD PARTITION ({_listed(theirs)})"] if theirs else []
    if not theirs and not following:
        return [f"DROP PARTITION {_names(ours)}"]
    if not ours or not theirs:
        ours, theirs = ours + following, theirs + following
    if not following and ours[-1].bound != theirs[-1].bound and not _reaches_further(ours[-1], theirs[-1]):
        return None
    if following and ours[-1].bound != theirs[-1].bound:
        ours, theirs = ours + following, theirs + following
    return [f"REORGANIZE PARTITION {_names(ours)} INTO ({_listed(theirs)})"]


def _reaches_further(one: Partition, two: Partition) -> bool:
    """Say whether the second holds all that the first can hold: the last range may grow, never shrink."""
    bounds = ["".join(each.bound).strip("()'") for each in (one, two)]
    if bounds[1].lower() == "maxvalue":
        return True
    plain = all(re.fullmatch(r"\d+", each) for each in bounds)
    return plain and int(bounds[0]) < int(bounds[1])


def _lists(before: list[Partition], after: list[Partition]) -> list[str] | None:
    """Return what changes a list of lists."""
    kept = {each.meaning for each in before} & {each.meaning for each in after}
    ours = [each for each in before if each.meaning not in kept]
    theirs = [each for each in after if each.meaning not in kept]
    in_order = [each.name for each in after if each.meaning in kept] == [
        each.name for each in before if each.meaning in kept
    ]
    behind = [each.meaning in kept for each in after] == sorted((each.meaning in kept for each in after), reverse=True)
    if not in_order or (theirs and not ours and not behind):
        return None
    if not ours:
        return [f"ADD PARTITION ({_listed(theirs)})"]
    return [f"DROP PARTITION {_names(ours)}"] if not theirs else None


def _common(one: list[Partition], two: list[Partition]) -> int:
    count = 0
    for mine, yours in zip(one, two, strict=False):
        if mine.meaning != yours.meaning:
            break
        count += 1
    return count


def _names(partitions: list[Partition]) -> str:
    names = (_NAME.match(each.text) for each in partitions)
    return ", ".join(each[1] for each in names if each)


def _listed(partitions: list[Partition]) -> str:
    return ", ".join(each.text for each in partitions)
