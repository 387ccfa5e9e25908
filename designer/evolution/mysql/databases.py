"""Databases: the one that the model is, with the character set that new tables take, and further ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase
from designer.evolution.mysql.charsets import changes, charset_of
from designer.schema import Model, Schema


class Databases(MyHandler):
    """The database itself, and what others call schemas."""

    records = (Model, Schema)
    kinds = ("database",)

    def facts(self, record: Model | Schema, side: Side[MyPen]) -> Iterator[Fact]:
        """A database with its defaults; the one that the model is has one id on both sides."""
        name = "database" if isinstance(record, Model) else record.id
        state = charset_of(side.design, record), record.extra.get("comment", "") if self.is_maria else ""
        yield Fact(name, "database", side.label(record), state, record)

    def rank(self, verb: str, fact: Fact) -> int:
        """First of all, and dropped last of all."""
        return self.ranked(Phase.ROWS_GO if verb == "drop" else Phase.DATABASES, fact)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Change the defaults. Tables that are there keep theirs."""
        before, after = old.state, new.state
        said = []
        if changes(before[0], after[0]):
            said.append(after[0].clause())
        if before[1] != after[1]:
            said.append(f"COMMENT {self.new.pen.literal(after[1])}")
        if not said:
            return Alteration([])
        name = f" {self.new.pen.ident(new.record)}" if isinstance(new.record, Schema) else ""
        return Alteration(
            [self.step(f"ALTER DATABASE{name} {' '.join(said)};", "settings", old=old, new=new, fields=("extra",))]
        )

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Make a further database."""
        record = fact.record
        if not isinstance(record, Schema):
            return []
        return [self.step(sql, "create", new=fact, reason=reason) for sql in self.new.pen.schema(record)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a further database, when nothing of the design is in it any more."""
        record = fact.record
        if not isinstance(record, Schema):
            return []
        return [self.step(f"DROP DATABASE {self.old.pen.ident(record)};", "drop", old=fact, reason=reason)]
