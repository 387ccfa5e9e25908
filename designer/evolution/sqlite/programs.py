"""Indexes, views and triggers: SQLite has no ALTER for them, and they hold nothing, so they are made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.handlers import Side
from designer.evolution.sqlite.base import SQLiteHandler, relation
from designer.evolution.sqlite.pen import SQLitePen
from designer.evolution.sqlite.words import words_of
from designer.schema import Index, Table, Trigger, View
from exporters.ddl.text import terminated


class Indexes(SQLiteHandler):
    """Indexes that are no keys."""

    records = (Index,)
    kinds = ("index",)

    def facts(self, record: Index, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield the index, if a server takes it."""
        table = side.design.get(record.parent or "")
        text = side.pen.index(record, table) if isinstance(table, Table) and not side.pen.refused(record) else None
        if text is None or not isinstance(table, Table) or table.persistence == "temporary":
            return
        name = side.dialect.unquote(side.pen.index_name(record, table))
        yield Fact(
            record.id, "index", side.label(record), (name, *words_of(text)), record, table.id, frozenset({table.id}),
            names=frozenset({relation(name)}), extra=(name, text),
        )  # fmt: skip

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE INDEX."""
        return [self.step(fact.extra[1], "create index", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP INDEX."""
        name = self.old.dialect.quote(fact.extra[0])
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
        name = self.old.dialect.quote(fact.record.name)  # type: ignore[attr-defined]
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
        name = self.old.dialect.quote(fact.record.name)  # type: ignore[attr-defined]
        return [self.step(f"DROP TRIGGER {name};", "drop", old=fact, reason=reason)]
