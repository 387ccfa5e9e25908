"""Comments on everything that a record stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, id_of, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import PostgresPen
from designer.evolution.postgres.domains import check_name
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out
from designer.evolution.postgres.routines import signature
from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    Policy,
    Publication,
    Record,
    Routine,
    Schema,
    Table,
    Trigger,
    View,
)
from designer.schema import Sequence as SequenceRecord

_TYPES = (EnumType, CompositeType)
_ON_TABLE = (Trigger, Policy)
_CONSTRAINTS = (Key, ForeignKey, Check, Exclusion)


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment says, and about which field of a composite type, if it is about one."""

    text: str
    field: str = ""


class CommentHandler(ObjectHandler):
    """Comments. That of an extension comes with it."""

    records = (
        Schema, Table, Column, *_CONSTRAINTS, Index, *_TYPES, DomainType, SequenceRecord, View, Routine, *_ON_TABLE,
        Publication,
    )  # fmt: skip
    kinds = ("comment",)

    def facts(self, record: Record, side: PgSide) -> Iterator[Fact]:
        """The comment of a record, and those of the fields of a composite type."""
        if is_left_out(record) or (isinstance(record, ForeignKey) and record.ref_table is None):
            return
        if record.comment:
            yield self.comment(record, Said(record.comment), side, id_of("comment", record.id))
        for each in record.fields if isinstance(record, CompositeType) else ():
            if each.comment:
                said = Said(each.comment, each.name)
                yield self.comment(record, said, side, id_of("comment", f"{record.id}.{each.name}"))

    def comment(self, record: Record, said: Said, side: PgSide, own: str) -> Fact:
        """Return one comment as a fact."""
        return self.fact(record, "comment", said, side, parent=record.id, own=own, extra=said)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """COMMENT ON."""
        literal = self.new.pen.literal(fact.extra.text)
        return [
            self.step(f"COMMENT ON {self.target(fact, self.new)} IS {literal};", "comment", new=fact, reason=reason)
        ]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """COMMENT ON … IS NULL."""
        return [self.step(f"COMMENT ON {self.target(fact, self.old)} IS NULL;", "comment", old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Say something else."""
        sql = f"COMMENT ON {self.target(new, self.new)} IS {self.new.pen.literal(new.extra.text)};"
        return Alteration([self.changed(sql, old, new, "comment", operation="comment")])

    def rank(self, verb: str, fact: Fact) -> int:
        """Comments come when all is there."""
        return 5 if verb == "drop" else 80

    def target(self, fact: Fact, side: PgSide) -> str:
        """Return what a comment is on, as SQL says it."""
        if fact.extra.field:
            path = side.pen.type_path(record_of(fact, CompositeType))
            return f"COLUMN {path}.{side.pen.dialect.quote(fact.extra.field)}"
        for kinds, written in _TARGETS:
            if isinstance(fact.record, kinds):
                return written(self, fact.record, side)
        raise TypeError(f"there is no comment on {fact.kind}")

    def of_column(self, record: Column, side: PgSide) -> str:
        """A column of a table or view."""
        return f"COLUMN {side.pen.path_of(record.parent)}.{side.pen.column(record.id)}"

    def of_constraint(self, record: Any, side: PgSide) -> str:
        """A constraint of a table or domain, by the name that the server gives where none was said."""
        owner = side.design[record.parent]
        if isinstance(owner, DomainType):
            name = side.pen.dialect.quote(check_name(record, side))
            return f"CONSTRAINT {name} ON DOMAIN {side.pen.type_path(owner)}"
        table = cast(Table, owner)
        name = side.pen.own_name(record) if record.name else side.pen.dialect.quote(side.pen.server_name(record, table))
        return f"CONSTRAINT {name} ON {side.pen.path(table)}"

    def of_index(self, record: Index, side: PgSide) -> str:
        """An index."""
        return f"INDEX {side.pen.index_path(record, cast(Table | View, side.design[record.parent or '']))}"

    def of_table(self, record: Table, side: PgSide) -> str:
        """A table, or one of another server."""
        return f"{'FOREIGN TABLE' if 'server' in record.extra else 'TABLE'} {side.pen.path(record)}"

    def of_view(self, record: View, side: PgSide) -> str:
        """A view."""
        return f"{'MATERIALIZED VIEW' if record.materialized else 'VIEW'} {side.pen.path(record)}"

    def of_routine(self, record: Routine, side: PgSide) -> str:
        """A routine, with the types of its arguments."""
        return f"{record.routine_kind.upper()} {side.pen.path(record)}{signature(record, self, side)}"

    def on_table(self, record: Any, side: PgSide) -> str:
        """A trigger or policy."""
        word = "TRIGGER" if isinstance(record, Trigger) else "POLICY"
        return f"{word} {side.pen.ident(record)} ON {side.pen.path_of(record.parent)}"

    def by_name(self, record: Any, side: PgSide) -> str:
        """What is called by its name alone, or with its schema."""
        if isinstance(record, (Schema, Publication)):
            return f"{'SCHEMA' if isinstance(record, Schema) else 'PUBLICATION'} {side.pen.ident(record)}"
        if isinstance(record, SequenceRecord):
            return f"SEQUENCE {side.pen.path(record)}"
        return f"{'DOMAIN' if isinstance(record, DomainType) else 'TYPE'} {side.pen.type_path(record)}"


_Written = Callable[[CommentHandler, Any, Side[PostgresPen]], str]
_TARGETS: tuple[tuple[tuple[type[Record], ...], _Written], ...] = (
    ((Column,), CommentHandler.of_column),
    (_CONSTRAINTS, CommentHandler.of_constraint),
    ((Index,), CommentHandler.of_index),
    ((Table,), CommentHandler.of_table),
    ((View,), CommentHandler.of_view),
    ((Routine,), CommentHandler.of_routine),
    (_ON_TABLE, CommentHandler.on_table),
    ((Schema, Publication, SequenceRecord, DomainType, *_TYPES), CommentHandler.by_name),
)
