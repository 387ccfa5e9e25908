"""Sequences of MariaDB."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Listed

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase
from designer.schema import Sequence

_TOP = 9223372036854775806
"""The last number that a sequence gives where nobody says another one."""


class Sequences(MyHandler):
    """Sequences. The number that comes next is data and stays."""

    records = (Sequence,)
    kinds = ("sequence",)

    def facts(self, record: Sequence, side: Side[MyPen]) -> Iterator[Fact]:
        """A sequence; MySQL has none."""
        if not self.is_maria:
            return
        path = side.catalog.schema_of(record)
        state = (
            _numbers(record),
            record.cycle,
            record.extra.get("engine", "InnoDB").lower(),
            record.extra.get("comment", ""),
        )
        yield Fact(
            record.id, "sequence", side.label(record), state, record, names=frozenset({("relation", path, record.name)})
        )

    def rank(self, verb: str, fact: Fact) -> int:
        """Before the defaults that take numbers from them, and dropped behind them."""
        return self.ranked(Phase.ROWS_GO if verb == "drop" else Phase.SEQUENCES, fact)

    def create(self, fact: Fact, folded: Listed[Fact], reason: str) -> list[Step]:
        """Make a sequence."""
        return [
            self.step(sql, "create", new=fact, reason=reason)
            for sql in self.new.pen.sequence(record_of(fact, Sequence))
        ]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a sequence."""
        return [
            self.step(f"DROP SEQUENCE {self.old.pen.path(record_of(fact, Sequence))};", "drop", old=fact, reason=reason)
        ]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Give a sequence other numbers, engine or comment."""
        path = self.new.pen.path(record_of(new, Sequence))
        before, after = old.state, new.state
        steps = []
        if before[:2] != after[:2]:
            numbers = dict(after[0])
            was = dict(before[0])
            said = [f"{word} {value}" for word, value in numbers.items() if was[word] != value]
            if before[1] != after[1]:
                said.append("CYCLE" if after[1] else "NOCYCLE")
            steps.append(self.step(f"ALTER SEQUENCE {path} {' '.join(said)};", "replace", old=old, new=new))
        if before[2] != after[2]:
            steps.append(self.step(f"ALTER TABLE {path} ENGINE={after[2]};", "rewrite table", old=old, new=new))
        if before[3] != after[3]:
            steps.append(self.step(f"ALTER TABLE {path} COMMENT={after[3] or repr('')};", "comment", old=old, new=new))
        return Alteration(steps)


def _numbers(sequence: Sequence) -> tuple[tuple[str, int], ...]:
    """Return all numbers of a sequence, said or not, by the words for them."""
    step = 1 if sequence.increment is None else sequence.increment
    low = sequence.minimum if sequence.minimum is not None else 1 if step >= 0 else -_TOP - 1
    high = sequence.maximum if sequence.maximum is not None else _TOP if step >= 0 else -1
    start = sequence.start if sequence.start is not None else low if step >= 0 else high
    cache = 1000 if sequence.cache is None else sequence.cache
    return ("START WITH", start), ("MINVALUE", low), ("MAXVALUE", high), ("INCREMENT BY", step), ("CACHE", cache)
