"""Enums: values are added and renamed in place; a type whose values go or move is made anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.mover import Alteration
from designer.evolution.postgres.objects import PgSide, first, is_left_out, without_comment
from designer.evolution.postgres.swaps import SwappingHandler
from designer.schema import EnumType, Record


class EnumHandler(SwappingHandler):
    """Enums."""

    records = (EnumType,)
    kinds = ("enum",)

    def facts(self, record: EnumType, side: PgSide) -> Iterator[Fact]:
        """An enum with its values in their order."""
        if not is_left_out(record):
            names = self.space("type", record, side)
            yield self.fact(record, "enum", record.values, side, needs=self.home(record, side), names=names)

    def create_type(self, record: Record, side: PgSide) -> str:
        """CREATE TYPE … AS ENUM."""
        return first(iter(side.pen.enum(without_comment(record))))

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE TYPE."""
        return self.made(self.create_type(fact.record, self.new), fact, reason)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TYPE."""
        return self.dropped(f"DROP TYPE {self.type_path(fact)};", fact, reason)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Add and rename values in place where that is enough."""
        before, after = cast(EnumType, old.record).values, cast(EnumType, new.record).values
        renamed = exchanged(before, after)
        if renamed is not None:
            return Alteration([self.renamed(old, new, *renamed)])
        if is_within(before, after):
            return Alteration(list(self.added(old, new, before, after)))
        return self.swapped(old, new)

    def renamed(self, old: Fact, new: Fact, one: str, two: str) -> Step:
        """Return the step that gives a value another name; rows that hold it hold the new one then."""
        literal = self.new.pen.literal
        self.remark(
            f"the value {one!r} of {new.label} becomes {two!r}, also in the rows that hold it", new, "enum-value"
        )
        sql = f"ALTER TYPE {self.type_path(new)} RENAME VALUE {literal(one)} TO {literal(two)};"
        return self.changed(sql, old, new, "values", operation="rename enum value")

    def added(self, old: Fact, new: Fact, before: Sequence[str], after: Sequence[str]) -> Iterator[Step]:
        """Yield a step for each new value. What is added can be used only when the transaction has ended."""
        literal, path = self.new.pen.literal, self.type_path(new)
        there = list(before)
        for at, value in enumerate(after):
            if value in there:
                continue
            place = ""
            if at == 0 and there:
                place = f" BEFORE {literal(there[0])}"
            elif there and there[-1] != after[at - 1]:
                place = f" AFTER {literal(after[at - 1])}"
            there.insert(there.index(after[at - 1]) + 1 if at else 0, value)
            yield self.step(
                f"ALTER TYPE {path} ADD VALUE {literal(value)}{place};", "add enum value", old=old, new=new,
                fields=("values",), in_transaction=False,
            )  # fmt: skip


def exchanged(before: Sequence[str], after: Sequence[str]) -> tuple[str, str] | None:
    """Return the one value that has another name at the same place; None where that is not all that changed."""
    if len(before) != len(after):
        return None
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    return pairs[0] if len(pairs) == 1 and pairs[0][1] not in before and pairs[0][0] not in after else None


def is_within(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether all values are still there, in the same order."""
    rest = iter(after)
    return all(value in rest for value in before)
