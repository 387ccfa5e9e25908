"""Third pass: the script, object by object; a table of handlers says what each kind looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from designer.schema import (
    CompositeType,
    DomainType,
    EnumType,
    Extension,
    Id,
    Publication,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)
from exporters.ddl.catalog import Parts, tables_of
from exporters.ddl.needs import NeedFinder, is_early
from exporters.ddl.order import creation_order
from exporters.ddl.tables import TablePen
from exporters.ddl.text import commented, terminated

Handler = Callable[[Any, Any], Iterable[str]]
_KINDS: tuple[type[Record], ...] = (
    Statement, Schema, Extension, EnumType, CompositeType, DomainType, Sequence, Table, View, Routine,
)  # fmt: skip
RANKS = {kind: rank for rank, kind in enumerate(_KINDS)}
"""The order of kinds where nothing that they need says otherwise."""


def rank_of(record: Record) -> int:
    """Return the rank of a record; a statement that makes something comes behind schemas and extensions."""
    if isinstance(record, Statement) and record.phase != "before" and record.extra.get("makes") != "role":
        return RANKS[EnumType]
    return RANKS[type(record)]


class Writer(TablePen):
    """Writes a whole script."""

    handlers: ClassVar[dict[type[Record], Handler]] = {}
    """Record kind -> the statements that create such a record. A kind that is not here is left out, with a note."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.finder = NeedFinder(self.catalog, self.speech.source)
        self.needs = self.finder.find()
        self.set_up = {each for statements in self.finder.set_up.values() for each in statements}
        self.dropped: dict[Id, Record] = {}
        self.done: set[Id] = set()

    def script(self) -> str:
        """Return the DDL of the model."""
        ordered = self.in_order()
        units = [self.preamble(), *map(self.unit, ordered)]
        units += [self.home(), "\n".join(self.late)]
        units += (self.behind_table(record) for record in tables_of(ordered))
        units.append("\n".join(filter(None, map(self.unit, self.catalog.of(Publication)))))
        units += self.statements_behind([each for each in self.catalog.statements if not self.is_among_objects(each)])
        units.append(self.closing())
        return "\n\n".join(filter(None, units)) + "\n"

    def statements_behind(self, statements: list[Statement]) -> Iterable[str]:
        """Yield the statements that come when all objects are there."""
        return map(self.unit, statements)

    def is_among_objects(self, statement: Statement) -> bool:
        """Say whether a statement comes between the objects: it makes one, or makes more of a table."""
        return is_early(statement) or statement.id in self.set_up

    def in_order(self) -> list[Record]:
        """Return the objects in the order of their creation."""
        early = [each for each in self.catalog.statements if self.is_among_objects(each)]
        nodes = [record for record in (*self.catalog.objects, *early) if type(record) in RANKS]
        rank = {each.id: rank_of(each) if each.id not in self.set_up else RANKS[Table] for each in nodes}
        nodes.sort(key=lambda record: rank[record.id])
        by_id = {record.id: record for record in nodes}
        return [by_id[each] for each in creation_order(list(by_id), self.needs, rank)]

    def unit(self, record: Record) -> str:
        """Return the statements for one object, in one block; as a comment where the server would refuse them."""
        reason = self.why_dropped(record)
        if not reason:
            text = self.statements([record])
            self.done.add(record.id)
            return text
        put_off = len(self.late)
        text = "\n".join([self.statements([record]), *self.late[put_off:]])
        del self.late[put_off:]
        self.created.discard(record.id)
        self.missing.add(record.id)
        self.dropped[record.id] = record
        return commented(f"{reason}\n{text}")

    def why_dropped(self, record: Record) -> str:
        """Return why an object cannot be created: a server refuses it, or something that it needs."""
        reason = self.refused(record)
        if reason or not self.dropped:
            return reason
        needed = next((self.dropped[each] for each in self.needs.hard.get(record.id, ()) if each in self.dropped), None)
        if needed is None:
            return ""
        reason = f"it needs {self.catalog.label(needed)}, which is left out"
        self.lost("refused", f"it is left out: {reason}", record)
        return reason

    def statements(self, records: Iterable[Record]) -> str:
        """Return the statements for some records, a line each."""
        return "\n".join(statement for record in records for statement in self.handle(record) if statement)

    def handle(self, record: Record) -> Iterable[str]:
        """Return the statements that create a record."""
        handler = self.handlers.get(type(record))
        if handler is None:
            self.lost(f"no-{_kind(record)}", f"{self.dialect.title} has no {_words(record)}; it is left out", record)
            return ()
        return handler(self, record)

    def preamble(self) -> str:
        """Return what stands before everything."""
        return ""

    def home(self) -> str:
        """Return what stands between the objects and what was put off."""
        return ""

    def closing(self) -> str:
        """Return what stands behind everything."""
        return ""

    # Kinds that are alike everywhere

    def named_type(self, record: EnumType | DomainType | CompositeType) -> Iterable[str]:
        """A type is written where a column is of it; one that no column is of is lost."""
        if record.id not in self.used_types():
            self.lost("type", f"{self.dialect.title} has no types of one's own; it is left out", record)
        return ()

    def used_types(self) -> set[Id]:
        """Return the types that columns are of."""
        return {
            column.type_ref for parts in self.catalog.hanging.values() for column in parts.columns if column.type_ref
        }

    def lost_sequence(self, sequence: Sequence) -> None:
        """A sequence that belongs to a column is in the numbering of that column; any other is lost."""
        if sequence.owned_by is None:
            self.lost("no-sequences", f"{self.dialect.title} has no sequences; it is left out", sequence)

    def verbatim(self, record: Routine | Publication) -> Iterator[str]:
        """Yield a statement that is kept whole."""
        yield self.whole(self.speech.verbatim(record.text))

    def statement(self, record: Statement) -> Iterator[str]:
        """Yield a statement that nothing models, for its own dialect only."""
        if record.phase == "never":
            self.notes.add(
                "statement",
                f"{self.catalog.label(record)} is left out: {record.reason or 'kept for reading'}",
                record.id,
            )
        elif record.dialect and not self.speaks(record.dialect):
            self.notes.add(
                "statement", f"{self.catalog.label(record)} is left out: it is for {record.dialect}", record.id
            )
        else:
            yield self.whole(self.speech.verbatim(record.text))

    def speaks(self, dialect: str) -> bool:
        """Say whether statements of `dialect` are understood here."""
        return dialect == self.dialect.name

    def whole(self, text: str) -> str:
        """Return a whole statement with its end."""
        return terminated(text)

    def behind_table(self, owner: Table | View) -> str:
        """Return what comes when all objects are there: triggers, policies."""
        parts = self.catalog.parts(owner)
        text = "\n\n".join(filter(None, (*self.triggers(owner, parts), *self.row_security(owner, parts))))
        return commented(text) if text and owner.id in self.dropped else text

    def triggers(self, owner: Table | View, parts: Parts) -> Iterator[str]:
        """Yield the triggers of a table or view."""
        for trigger in parts.triggers:
            yield "\n".join(self.trigger(trigger, owner))

    def trigger(self, trigger: Trigger, owner: Table | View) -> Iterator[str]:
        """Yield the statements of one trigger."""
        reason = self.refused(trigger)
        text = self.whole(self.speech.verbatim(trigger.text))
        yield commented(f"{reason}\n{text}") if reason else text

    def row_security(self, owner: Table | View, parts: Parts) -> Iterator[str]:
        """Yield what restricts rows."""
        for policy in parts.policies:
            self.lost("no-row-security", f"{self.dialect.title} has no row security; the policy is left out", policy)
        return iter(())


def _kind(record: Record) -> str:
    return str(type(record).__struct_config__.tag).replace("_", "-")


def _words(record: Record) -> str:
    return _kind(record).replace("-", " ") + "s"
