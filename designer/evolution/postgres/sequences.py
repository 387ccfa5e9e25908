"""Sequences, and the columns that own them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, id_of, record_of
from designer.evolution.mover import Alteration
from designer.evolution.postgres.objects import NOTHING, ObjectHandler, PgSide, first, is_left_out, without_comment
from designer.schema import Column
from designer.schema import Sequence as SequenceRecord

_LIMITS = {"smallint": 2**15, "int2": 2**15, "integer": 2**31, "int": 2**31, "int4": 2**31}
_LARGEST = 2**63


class SequenceHandler(ObjectHandler):
    """Sequences keep where they have got to: they are altered, never made again."""

    records = (SequenceRecord,)
    kinds = ("sequence", "owner of a sequence")

    def facts(self, record: SequenceRecord, side: PgSide) -> Iterator[Fact]:
        """A sequence, and the column that it falls with."""
        if is_left_out(record):
            return
        names = self.space("relation", record, side)
        needs = self.home(record, side) | self.comes_after(record, side)
        yield self.fact(record, "sequence", _Numbers(record).state, side, needs=needs, names=names)
        if isinstance(side.design.get(record.owned_by or ""), Column):
            yield self.owner(record, record.owned_by or "", side)

    def owner(self, record: SequenceRecord, column: FactId, side: PgSide) -> Fact:
        """Return who owns a sequence. It is nothing to take back where both go: the sequence falls with its column."""
        goes = side is self.mover.old and record.id not in self.postgres.after
        return self.fact(
            record, "owner of a sequence", column, side, needs={record.id if goes else column},
            parent=column if goes else record.id, own=id_of("owned", record.id),
        )  # fmt: skip

    def comes_after(self, record: SequenceRecord, side: PgSide) -> frozenset[FactId]:
        """Return the column that has to let go of its identity first: its own sequence may have the name."""
        if side is self.mover.old or not record.owned_by:
            return NOTHING
        before = self.mover.old.design.get(record.owned_by)
        now = side.design.get(record.owned_by)
        waits = isinstance(before, Column) and isinstance(now, Column) and before.identity and not now.identity
        return frozenset({record.owned_by}) if waits else NOTHING

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE SEQUENCE, or who owns it."""
        if fact.kind == "owner of a sequence":
            return self.made(self.owned(fact, self.new), fact, reason, "replace")
        return self.made(first(self.new.pen.sequence(without_comment(fact.record))), fact, reason)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """A sequence that is owned falls with its column."""
        path = self.old.pen.path(record_of(fact, SequenceRecord))
        if fact.kind == "owner of a sequence":
            return self.dropped(f"ALTER SEQUENCE {path} OWNED BY NONE;", fact, reason, "replace")
        owner = getattr(fact.record, "owned_by", None)
        if owner and owner in self.old.design and owner not in self.new.design and not self.is_followed(fact):
            return []
        return self.dropped(f"DROP SEQUENCE {path};", fact, reason)

    def is_followed(self, fact: Fact) -> bool:
        """Say whether something new takes the name of a sequence, so that it cannot wait for its column."""
        return any(fact.names & self.mover.new_facts[each].names for each in self.mover.decided.fresh)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """ALTER SEQUENCE; numbers that are no longer allowed are brought back between the bounds first."""
        if new.kind == "owner of a sequence":
            return Alteration([self.changed(self.owned(new, self.new), old, new, "owned_by")])
        before, after = _Numbers(cast(SequenceRecord, old.record)), _Numbers(cast(SequenceRecord, new.record))
        path = self.new.pen.path(record_of(new, SequenceRecord))
        steps: list[Step] = []
        if (before.low, before.high) != (after.low, after.high):
            steps += self.within(old, new, before, after, path)
        clauses = after.clauses(before)
        if clauses:
            steps.append(self.changed(f"ALTER SEQUENCE {path} {clauses};", old, new, *after.differing(before)))
        if before.persistence != after.persistence:
            word = "UNLOGGED" if after.persistence == "unlogged" else "LOGGED"
            steps.append(self.changed(f"ALTER SEQUENCE {path} SET {word};", old, new, "extra", operation="settings"))
        return Alteration(steps, NOTHING)

    def within(self, old: Fact, new: Fact, before: _Numbers, after: _Numbers, path: str) -> Iterator[Step]:
        """Yield what brings the number that a sequence has got to between its new bounds, where it never was."""
        if after.low <= before.start <= after.high:
            return
        low, high = min(before.low, after.low), max(before.high, after.high)
        if (low, high) != (before.low, before.high):
            kind = f"AS {after.type} " if _limit(after.type) > _limit(before.type) else ""
            sql = f"ALTER SEQUENCE {path} {kind}MINVALUE {low} MAXVALUE {high};"
            yield self.changed(sql, old, new, "minimum", "maximum")
        number = f"greatest({after.low}, least({after.high}, last_value))"
        where = f"WHERE last_value NOT BETWEEN {after.low} AND {after.high}"
        sql = f"SELECT setval({self.new.pen.literal(path)}, {number}, is_called) FROM {path} {where};"
        yield self.changed(sql, old, new, operation="backfill")

    def owned(self, fact: Fact, side: PgSide) -> str:
        """Return the statement that says who owns a sequence."""
        column = side.design[getattr(fact.record, "owned_by", "")]
        owner = f"{side.pen.path_of(column.parent)}.{side.pen.column(column.id)}"
        return f"ALTER SEQUENCE {side.pen.path(record_of(fact, SequenceRecord))} OWNED BY {owner};"


class _Numbers:
    """What a sequence says, the values that hold without a word filled in."""

    def __init__(self, record: SequenceRecord):
        self.type = record.type.lower() or "bigint"
        self.increment = record.increment if record.increment is not None else 1
        limit = _limit(self.type)
        rising = self.increment > 0
        self.low = record.minimum if record.minimum is not None else 1 if rising else -limit
        self.high = record.maximum if record.maximum is not None else limit - 1 if rising else -1
        self.start = record.start if record.start is not None else self.low if rising else self.high
        self.cache = record.cache if record.cache is not None else 1
        self.cycle = record.cycle
        self.persistence = record.extra.get("persistence", "")

    @property
    def state(self) -> tuple[object, ...]:
        return (
            _limit(self.type), self.increment, self.low, self.high, self.start, self.cache, self.cycle,
            self.persistence,
        )  # fmt: skip

    def differing(self, other: _Numbers) -> list[str]:
        """Return the fields in which two sequences differ."""
        pairs = (
            ("type", _limit(self.type), _limit(other.type)), ("increment", self.increment, other.increment),
            ("minimum", self.low, other.low), ("maximum", self.high, other.high), ("start", self.start, other.start),
            ("cache", self.cache, other.cache), ("cycle", self.cycle, other.cycle),
        )  # fmt: skip
        return [field for field, one, two in pairs if one != two]

    def clauses(self, before: _Numbers) -> str:
        """Return what ALTER SEQUENCE says. With another type the bounds are said again: the server moves some."""
        differing = set(self.differing(before))
        words = {
            "type": f"AS {self.type}", "increment": f"INCREMENT BY {self.increment}", "minimum": f"MINVALUE {self.low}",
            "maximum": f"MAXVALUE {self.high}", "start": f"START WITH {self.start}", "cache": f"CACHE {self.cache}",
            "cycle": "CYCLE" if self.cycle else "NO CYCLE",
        }  # fmt: skip
        if "type" in differing:
            differing |= {"minimum", "maximum"}
        return " ".join(clause for field, clause in words.items() if field in differing)


def _limit(kind: str) -> int:
    return _LIMITS.get(kind, _LARGEST)
