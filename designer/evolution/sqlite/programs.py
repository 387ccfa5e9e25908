"""Indexes, views and triggers: SQLite has no ALTER for them, and they hold nothing, so they are made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.sqlite.base import SQLiteHandler, relation
from designer.evolution.sqlite.pen import SQLitePen
from designer.evolution.sqlite.words import words_of
from designer.schema import Index, Table, Trigger, View
from exporters.ddl.text import terminated


class State:
    """What counts of an index. Its statement is only written where its record is not the same on both sides."""

    def __init__(self, index: Index, table: Table, side: Side[SQLitePen]):
        self.index, self.table, self.side = index, table, side

    @cached_property
    def name(self) -> str:
        """The name of the index, also where nobody gave it one."""
        return self.index.name or self.side.dialect.unquote(self.side.pen.index_name(self.index, self.table))

    @cached_property
    def text(self) -> str:
        """CREATE INDEX."""
        return self.side.pen.index(self.index, self.table) or ""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        said = [(each.name, words_of(each.text)) for each in (self, other) if self.index != other.index]
        return said[:1] == said[1:]

    def __hash__(self) -> int:
        return hash(self.index.id)


class Indexes(SQLiteHandler):
    """Indexes that are no keys."""

    records = (Index,)
    kinds = ("index",)

    def facts(self, record: Index, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield the index, if a server takes it."""
        table = side.design.get(record.parent or "")
        if not isinstance(table, Table) or table.persistence == "temporary" or side.pen.refused(record):
            return
        state = State(record, table, side)
        yield Fact(
            record.id, "index", side.label(record), state, record, table.id, frozenset({table.id}),
            names=frozenset({relation(state.name)}), extra=state,
        )  # fmt: skip

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE INDEX."""
        return [self.step(fact.extra.text, "create index", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP INDEX."""
        name = self.old.dialect.quote(fact.extra.name)
        return [self.step(f"DROP INDEX {name};", "drop index", old=fact, reason=reason)]


class Views(SQLiteHandler):
    """Views. One over another is made again with it: SQLite drops no column while a view dangles."""

    records = (View,)
    kinds = ("view",)

    def facts(self, record: View, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield the view."""
        text = "\n".join(side.pen.view(record))
        if text and not text.startswith("CREATE TEMPORARY"):
            wants = frozenset({*record.depends_on, *(use.id for use in record.query.uses)})
            needs = self.lite.views_in(words_of(text), side) - {record.id}
            yield Fact(
                record.id, "view", side.label(record), (record.name, *words_of(text)), record, needs=needs, wants=wants,
                names=frozenset({relation(record.name)}), extra=text,
            )  # fmt: skip

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE VIEW."""
        return [self.step(fact.extra, "create", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP VIEW."""
        name = self.old.dialect.quote(record_of(fact, View).name)
        return [self.step(f"DROP VIEW {name};", "drop", old=fact, reason=reason)]


class Triggers(SQLiteHandler):
    """Triggers of tables and views."""

    records = (Trigger,)
    kinds = ("trigger",)

    def facts(self, record: Trigger, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield the trigger, if a server takes it."""
        owner = side.design.get(record.parent or "")
        text = side.pen.speech.verbatim(record.text)
        said = words_of(text)
        if side.pen.refused(record) or not isinstance(owner, Table | View) or said[1:2] in (("temp",), ("temporary",)):
            return
        yield Fact(
            record.id, "trigger", side.label(record), (record.name, *said), record, owner.id,
            self.lite.views_in(said, side) | {owner.id}, names=frozenset({("trigger", record.name.lower())}),
            extra=terminated(text),
        )  # fmt: skip

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE TRIGGER."""
        return [self.step(fact.extra, "create", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TRIGGER."""
        name = self.old.dialect.quote(record_of(fact, Trigger).name)
        return [self.step(f"DROP TRIGGER {name};", "drop", old=fact, reason=reason)]
