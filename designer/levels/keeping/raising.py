"""What records of a model become one level up: columns attributes, tables entities, foreign keys relationships."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from designer.commands.contract import Refused, replace
from designer.commands.names import singular, word
from designer.dialects import registry
from designer.dialects.logical import logical_type
from designer.levels.called import called
from designer.schema import (
    Attribute,
    Column,
    Derivation,
    Design,
    End,
    Entity,
    ForeignKey,
    Id,
    Identifier,
    IdSource,
    Key,
    Named,
    Record,
    Relationship,
    Table,
)
from designer.schema.order import after

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MARKS = re.compile(r"[_\s]+")


@dataclass(slots=True)
class Raised:
    """New records above, and which record below each is the origin of: below -> above."""

    records: list[Record] = field(default_factory=list)
    origins: dict[Id, Id] = field(default_factory=dict)

    def add(self, record: Record, *below: Id) -> Id:
        """Add a record that others below come from."""
        self.records.append(record)
        self.origins.update(dict.fromkeys(below, record.id))
        return record.id


def raised(design: Design, derivation: Derivation, records: Sequence[Id], known: set[Id], ids: IdSource) -> Raised:
    """Return what records become in the source of a derivation. `known` are the derived ones, which are there already.

    Raises Refused for what has no place above, in one sentence.
    """
    work = _Raising(design, derivation.source or "", known, ids)
    wanted = sorted((design[each] for each in records), key=lambda each: _ORDER.get(type(each), 0))
    for record in wanted:
        work.take(record)
    return work.found


_ORDER: dict[type[Record], int] = {Table: 0, Entity: 0, ForeignKey: 1, Relationship: 1, Key: 3, Identifier: 3}


class _Raising:
    def __init__(self, design: Design, source: Id, known: set[Id], ids: IdSource):
        self.design = design
        self.source = source
        self.known = known
        self.ids = ids
        self.found = Raised()

    def take(self, record: Record) -> None:
        """Raise one record with what belongs to it."""
        if record.id in self.found.origins:
            return
        name = called(self.design, record)
        if record.id in self.known or (record.origin and self.design.get(record.origin) is not None):
            raise Refused(f"{name} is derived from above already; there is nothing to promote")
        match record:
            case Table():
                self._table(record)
            case Column():
                self._column(record)
            case ForeignKey():
                self._foreign_key(record)
            case Key() if not record.primary:
                self._key(record)
            case Entity() | Attribute() | Relationship() | Identifier():
                self._element(record)
            case _:
                raise Refused(f"the {word(record)} {name} has no place above; it stays a decision of this model")

    def above(self, below: Id | None) -> Id | None:
        """Return the record above that one below comes from, promoted just now or long ago."""
        record = self.design.get(below or "")
        if record is None:
            return None
        origin = self.found.origins.get(record.id, record.origin)
        return origin if origin in self.design or origin in {each.id for each in self.found.records} else None

    # Tables

    def _table(self, table: Table) -> None:
        keys = self.design.of(Key, table.id)
        references = [key for key in self.design.of(ForeignKey, table.id) if self._may_refer(table, key)]
        held = {column for reference in references for column in reference.columns}
        primary = next((key for key in keys if key.primary), None)
        is_weak = primary is not None and any(set(key.columns) <= set(primary.columns) for key in references)
        entity = Entity(
            id=self.ids(), parent=self.source, name=_title(table.name), nature="weak" if is_weak else "strong",
            order=self._last(Entity, self.source), **_governance(table),
        )  # fmt: skip
        self.found.add(entity, table.id)
        own = _own_key(self.design, primary)
        for column in self.design.of(Column, table.id):
            if column.id in own:
                self.found.origins[column.id] = entity.id
            elif column.id not in held:
                self._attribute(column, entity.id)
        for reference in references:
            self._foreign_key(reference)
        for key in keys:
            if not set(key.columns) <= own:
                self._key(key)

    def _may_refer(self, table: Table, key: ForeignKey) -> bool:
        return key.ref_table == table.id or self.above(key.ref_table) is not None

    # Columns

    def _column(self, column: Column) -> None:
        owner = self.above(column.parent)
        if not isinstance(self.design.get(owner or ""), Entity):
            table = self.design.get(column.parent or "")
            name = called(self.design, table) if table else "its table"
            raise Refused(f"{name} comes from no entity, so that {column.name} has no place above; promote the table")
        holder = next((k for k in self._foreign_keys(column) if k.id not in self.known), None)
        if holder is not None:
            self._foreign_key(holder)
        else:
            self._attribute(column, owner or "")

    def _foreign_keys(self, column: Column) -> list[ForeignKey]:
        return [key for key in self.design.of(ForeignKey, column.parent or "") if column.id in key.columns]

    def _attribute(self, column: Column, entity: Id) -> None:
        taken = {
            each.name.casefold() for each in (*self.design.of(Attribute, entity), *self.found.records)
            if isinstance(each, Attribute) and each.parent == entity
        }  # fmt: skip
        name = _words(column.name)
        if name.casefold() in taken:
            raise Refused(f"the entity has an attribute {name} already; rename the column {column.name} first")
        reference = self.above(column.type_ref)
        domain = reference if self.design.get(reference or "") is not None else None
        attribute = Attribute(
            id=self.ids(), parent=entity, name=name, type=self._type(column), domain=domain,
            optional=column.nullable, derived=column.generated is not None, order=self._last(Attribute, entity),
            **_governance(column),
        )  # fmt: skip
        self.found.add(attribute, column.id)

    def _type(self, column: Column) -> str:
        model = self.design.model_of(column)
        dialect = registry.get(model.target or "postgresql") if model else registry.get("postgresql")
        meaning = logical_type(column.type, dialect)
        if column.type_ref is not None or meaning.startswith("other("):
            return column.logical if not column.logical.startswith("other(") else "string"
        return {"serial": "integer", "bigserial": "bigint", "smallserial": "smallint"}.get(meaning, meaning)

    # Keys

    def _foreign_key(self, key: ForeignKey) -> None:
        child, parent = self.above(key.parent), self.above(key.ref_table)
        name = called(self.design, key)
        if child is None or parent is None:
            raise Refused(f"{name} joins a table that comes from no entity; promote that table first")
        columns = [record for each in key.columns if isinstance(record := self.design.get(each), Column)]
        derived = [column for column in columns if column.id in self.known]
        if derived:
            text = f"{derived[0].name} comes from an attribute above already; remove that, or keep {name} as it is"
            raise Refused(text)
        keys = self.design.of(Key, key.parent or "")
        primary = {column for each in keys if each.primary for column in each.columns}
        is_single = any(set(each.columns) <= set(key.columns) for each in keys)
        is_optional = any(column.nullable and column.id not in primary for column in columns)
        ends = (
            End(entity=parent, role=_role(columns, self.design.get(key.ref_table or "")), min=0 if is_optional else 1,
                max=1, identifying=set(key.columns) <= primary),
            End(entity=child, min=0, max=1 if is_single else None),
        )  # fmt: skip
        relationship = Relationship(
            id=self.ids(), parent=self.source, name="has", ends=ends, order=self._last(Relationship, self.source),
            **_governance(key),
        )  # fmt: skip
        self.found.add(relationship, key.id, *key.columns)

    def _key(self, key: Key) -> None:
        entity = self.above(key.parent)
        if entity is None:
            raise Refused(
                f"{called(self.design, key)} is of a table that comes from no entity; promote the table first"
            )
        attributes, through = [], []
        for column in key.columns:
            origin = self.above(column)
            record = self._record(origin)
            if isinstance(record, Attribute):
                attributes.append(record.id)
            elif isinstance(record, Relationship) and record.id not in through:
                through.append(record.id)
            elif record is None or isinstance(record, Entity):
                return
        identifier = Identifier(
            id=self.ids(), parent=entity, name="" if key.primary else _words(key.name), primary=key.primary,
            attributes=tuple(attributes), relationships=tuple(through), order=self._last(Identifier, entity),
            **_governance(key),
        )  # fmt: skip
        self.found.add(identifier, key.id)

    def _record(self, each: Id | None) -> Record | None:
        made = {record.id: record for record in self.found.records}
        return made.get(each or "") or self.design.get(each or "")

    # Entities and attributes: the same kind of record above

    def _element(self, record: Entity | Attribute | Relationship | Identifier) -> None:
        parent = self.source if isinstance(record, Entity | Relationship) else self.above(record.parent)
        if parent is None:
            owner = self.design.get(record.parent or "")
            name = called(self.design, owner) if owner else "its owner"
            raise Refused(f"{name} is not there above; promote it first")
        copy = replace(record, id=self.ids(), parent=parent, origin=None, order=self._last(type(record), parent))
        self.found.add(self._named_above(copy), record.id)
        parts: tuple[Attribute | Identifier, ...] = (
            *self.design.of(Attribute, record.id), *self.design.of(Identifier, record.id),
        )  # fmt: skip
        for part in parts:
            self._element(part)

    def _named_above(self, copy: Record) -> Record:
        """Return a copy that names records of its own level."""
        if isinstance(copy, Attribute):
            return replace(copy, domain=self.above(copy.domain))
        if isinstance(copy, Identifier):
            attributes = tuple(each for one in copy.attributes if (each := self.above(one)))
            through = tuple(each for one in copy.relationships if (each := self.above(one)))
            return replace(copy, attributes=attributes, relationships=through)
        if isinstance(copy, Relationship):
            ends = [(end, self.above(end.entity)) for end in copy.ends]
            if any(entity is None for _, entity in ends):
                raise Refused(
                    f"{copy.name or 'the relationship'} joins an entity that is not there above; promote that"
                )
            return replace(copy, ends=tuple(replace(end, entity=entity or "") for end, entity in ends))
        return copy

    def _last(self, kind: type[Record], parent: Id) -> str:
        """Return an order key behind all siblings."""
        orders = [each.order for each in self.design.of(kind, parent)]
        orders += [each.order for each in self.found.records if isinstance(each, kind) and each.parent == parent]
        return next(after(max(orders, default="") or None))


def _own_key(design: Design, primary: Key | None) -> set[Id]:
    """Return the column of a key that the database makes up: it says nothing about the entity."""
    if primary is None or len(primary.columns) != 1:
        return set()
    column = design.get(primary.columns[0])
    is_counted = isinstance(column, Column) and bool(column.identity or "serial" in column.type)
    return {primary.columns[0]} if is_counted else set()


def _governance(record: Record) -> dict[str, Any]:
    names = ("comment", "owner", "classification", "pii", "retention", "tags")
    return {name: getattr(record, name) for name in names}


def _words(name: str) -> str:
    """Return a name as people say it: `gift_note` and `giftNote` are `gift note`."""
    return _MARKS.sub(" ", _CAMEL.sub(" ", name)).strip().lower() or name


def _title(name: str) -> str:
    words = _words(name).split(" ")
    said = " ".join([*words[:-1], singular(words[-1])])
    return said[:1].upper() + said[1:]


def _role(columns: list[Column], parent: Record | None) -> str:
    """Return what the parent is called by the column: `manager` of `manager_id`; nothing where it is its own name."""
    if len(columns) != 1:
        return ""
    role = _words(columns[0].name).removesuffix(" id")
    own = singular(_words(parent.name)) if isinstance(parent, Named) else ""
    return "" if role in (own, "id") else role
