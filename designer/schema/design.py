"""A design: the bag of records, with the look-ups that everything else needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from designer.schema.base import Id, Record
from designer.schema.diagrams import Model
from designer.schema.kinds import kind_of
from designer.schema.references import referred_ids

R = TypeVar("R", bound=Record)


class Design(Mapping[Id, Record]):
    """An immutable set of records by id.

    Look-ups by parent, by kind and by referrer are built on first use and cost one pass over the records; after
    that they cost the size of their answer. `changed` carries them over to the next state, so that an edit of a large
    design stays small.
    """

    __slots__ = ("_by_kind", "_children", "_records", "_referrers")

    def __init__(self, records: Iterable[Record] | Mapping[Id, Record] = ()):
        if isinstance(records, Mapping):
            self._records: dict[Id, Record] = dict(records)
        else:
            self._records = {record.id: record for record in records}
        self._children: dict[Id | None, tuple[Id, ...]] | None = None
        self._referrers: dict[Id, frozenset[Id]] | None = None
        self._by_kind: dict[type[Record], list[Record]] | None = None

    def __getitem__(self, key: Id) -> Record:
        return self._records[key]

    def __iter__(self) -> Iterator[Id]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Design):
            return self._records == other._records
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Design of {len(self._records)} records>"

    def records(self) -> Iterable[Record]:
        """Return all records, in no particular order."""
        return self._records.values()

    def of(self, kind: type[R], parent: Id | None = None) -> list[R]:
        """Return the records of a kind in their order; with `parent`, only its own children.

        For example `design.of(Column, table.id)` are the columns of a table from left to right.
        """
        if parent is not None:
            found = [self._records[child] for child in self.children(parent)]
            return sorted((r for r in found if isinstance(r, kind)), key=_place)
        if self._by_kind is None:
            self._by_kind = {}
            for record in self._records.values():
                self._by_kind.setdefault(type(record), []).append(record)
        return sorted(self._by_kind.get(kind, ()), key=_place)  # type: ignore[arg-type]

    def children(self, parent: Id | None) -> tuple[Id, ...]:
        """Return the ids of the records whose parent is `parent`, in no particular order."""
        if self._children is None:
            gathered: dict[Id | None, list[Id]] = {}
            for record in self._records.values():
                gathered.setdefault(record.parent, []).append(record.id)
            self._children = {key: tuple(ids) for key, ids in gathered.items()}
        return self._children.get(parent, ())

    def referrers(self, target: Id) -> frozenset[Id]:
        """Return the ids of the records that name `target` in any field, `parent` included."""
        if self._referrers is None:
            gathered: dict[Id, set[Id]] = {}
            for record in self._records.values():
                for target_id in referred_ids(record):
                    gathered.setdefault(target_id, set()).add(record.id)
            self._referrers = {key: frozenset(ids) for key, ids in gathered.items()}
        return self._referrers.get(target, frozenset())

    def model_of(self, record: Record) -> Model | None:
        """Return the model that a record hangs under, or None where its line of parents is broken."""
        seen = 0
        current: Record | None = record
        while current is not None and seen < 100:
            if isinstance(current, Model):
                return current
            current = self._records.get(current.parent) if current.parent else None
            seen += 1
        return None

    def changed(self, removed: Iterable[Id], put: Iterable[Record]) -> Design:
        """Return a design without the `removed` ids and with the records `put` added or replaced."""
        after = Design.__new__(Design)
        after._records = self._records.copy()
        after._by_kind = None
        after._children = self._children.copy() if self._children is not None else None
        after._referrers = self._referrers.copy() if self._referrers is not None else None
        for gone in removed:
            after._forget(after._records.pop(gone))
        for record in put:
            previous = after._records.get(record.id)
            if previous is not None:
                after._forget(previous)
            after._records[record.id] = record
            after._learn(record)
        return after

    def _forget(self, record: Record) -> None:
        if self._children is not None:
            siblings = self._children.get(record.parent, ())
            self._children[record.parent] = tuple(each for each in siblings if each != record.id)
        if self._referrers is not None:
            for target in referred_ids(record):
                self._referrers[target] = self._referrers.get(target, frozenset()) - {record.id}

    def _learn(self, record: Record) -> None:
        if self._children is not None:
            self._children[record.parent] = (*self._children.get(record.parent, ()), record.id)
        if self._referrers is not None:
            for target in referred_ids(record):
                self._referrers[target] = self._referrers.get(target, frozenset()) | {record.id}


def _place(record: Record) -> tuple[str, str]:
    return (record.order, record.id)


def models(design: Design) -> list[Model]:
    """Return the models of a design in order."""
    return design.of(Model)


def first_physical(design: Design) -> Model | None:
    """Return the first physical model of a design, the one that a command means when none is named."""
    return next((model for model in models(design) if model.level == "physical"), None)


__all__ = ["Design", "first_physical", "kind_of", "models"]
