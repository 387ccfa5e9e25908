"""What the writers of tables, keys and references share: the model, names, and the records made so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from designer.dialects.base import Dialect
from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Ref, Thing
from designer.levels.marks import derived_id
from designer.levels.naming import Names, Spaces
from designer.levels.physical.key_sizes import most, size_of
from designer.levels.physical.settling import widest
from designer.levels.physical.slots import Slot, Slots
from designer.levels.values import Values
from designer.schema import Column, Id, Model, Record, Schema, Table


@dataclass
class Writing:
    """A physical model while it is written."""

    er: Er
    model: Model
    settings: Settings
    dialect: Dialect
    slots: Slots
    names: Names
    spaces: Spaces
    values: Values
    schema: Schema | None = None
    records: list[Record] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    """Mark of the slot -> its column."""
    leading: dict[str, list[tuple[Id, ...]]] = field(default_factory=dict)
    """Mark of the thing -> columns of each key and index it has."""

    things: tuple[Thing, ...] = ()
    """In the order in which they are written: names go to those that come first."""

    def __post_init__(self) -> None:
        self.things = tuple(sorted(self.er.things.values(), key=lambda each: (each.order, each.mark)))

    def id(self, role: str, *about: str) -> Id:
        """Return the id of the record that plays `role` for what the marks say."""
        return derived_id(self.model.id, role, *about)

    @cached_property
    def checked_links(self) -> frozenset[str]:
        """The links that conditions speak of."""
        return frozenset(
            part.link for rule in self.er.rules for part in rule.parts if isinstance(part, Ref) and part.link
        )

    @property
    def home(self) -> Id:
        """What tables belong to: the schema, or the model where the target has none."""
        return self.schema.id if self.schema else self.model.id

    def put(self, record: Record) -> None:
        """Add a record."""
        self.records.append(record)

    def fits(self, slots: Collection[Slot]) -> bool:
        """Say whether a key can have the columns."""
        limit = most(self.dialect)
        size = sum(size_of(self.columns[slot.mark].type) for slot in slots) if limit else 0
        return len(slots) <= widest(self.dialect) and size <= limit

    def ids(self, slots: Iterable[Slot]) -> tuple[Id, ...]:
        """Return the ids of columns, each once."""
        return tuple(dict.fromkeys(self.columns[slot.mark].id for slot in slots))
