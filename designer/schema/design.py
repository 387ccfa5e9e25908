"""A design: the bag of records, with the look-ups that everything else needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from designer.schema.base import Id, Record
from designer.schema.diagrams import Model
from designer.schema.kinds import kind_of
from designer.schema.layered import Layered
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
        found = dict(records) if isinstance(records, Mapping) else {record.id: record for record in records}
        self._records: Layered[Id, Record] = Layered(found)
        self._children: Layered[Id | None, tuple[Id, ...]] | None = None
        self._referrers: Layered[Id, frozenset[Id]] | None = None
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
            return self._records.flat() == other._records.flat()
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Design of {len(self._records)} records>"

    def records(self) -> Iterable[Record]:
        """Return all records, in no particular order."""
        return self._records.flat().values()

    def of(self, kind: type[R], parent: Id | None = None) -> list[R]:
        """Return the records of a kind in their order; with `parent`, only its own children.

        For example `design.of(Column, table.id)` are the columns of a table from left to right.
        """
        if parent is not None:
            found = [self._records[child] for child in self.children(parent)]
            return sorted((r for r in found if isinstance(r, kind)), key=_place)
        if self._by_kind is None:
            self._by_kind = {}
            for record in self.records():
                self._by_kind.setdefault(type(record), []).append(record)
        return sorted(self._by_kind.get(kind, ()), key=_place)  # type: ignore[arg-type]

    def children(self, parent: Id | None) -> tuple[Id, ...]:
        """Return the ids of the records whose parent is `parent`, in no particular order."""
        if self._children is None:
            gathered: dict[Id | None, list[Id]] = {}
            for record in self.records():
                gathered.setdefault(record.parent, []).append(record.id)
            self._children = Layered({key: tuple(ids) for key, ids in gathered.items()})
        found: tuple[Id, ...] = self._children.get(parent, ())
        return found

    def referrers(self, target: Id) -> frozenset[Id]:
        """Return the ids of the records that name `target` in any field, `parent` included."""
        if self._referrers is None:
            gathered: dict[Id, set[Id]] = {}
            for record in self.records():
                for target_id in referred_ids(record):
                    gathered.setdefault(target_id, set()).add(record.id)
            self._referrers = Layered({key: frozenset(ids) for key, ids in gathered.items()})
        found: frozenset[Id] = self._referrers.get(target, frozenset())
        return found

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

    def get(self, key: Id, default: Any = None) -> Any:
        """Return a record by id, or the default."""
        return self._records.get(key, default)

    def changed(self, removed: Iterable[Id], put: Iterable[Record]) -> Design:
        """Return a design without the `removed` ids and with the records `put` added or replaced."""
        after = Design.__new__(Design)
        gone = [self._records[each] for each in removed]
        come = {record.id: record for record in put}
        replaced = [self._records[each] for each in come if each in self._records and each not in set(removed)]
        after._records = self._records.changed([record.id for record in gone], come)
        after._by_kind = None
        after._children = self._relinked_children([*gone, *replaced], come.values())
        after._referrers = self._relinked_referrers([*gone, *replaced], come.values())
        return after

    def _relinked_children(
        self, gone: list[Record], come: Iterable[Record]
    ) -> Layered[Id | None, tuple[Id, ...]] | None:
        if self._children is None:
            return None
        touched: dict[Id | None, dict[Id, None]] = {}
        for record in (*gone, *come):
            touched.setdefault(record.parent, dict.fromkeys(self._children.get(record.parent, ())))
        for record in gone:
            touched[record.parent].pop(record.id, None)
        for record in come:
            touched[record.parent][record.id] = None
        return self._children.changed((), {parent: tuple(ids) for parent, ids in touched.items()})

    def _relinked_referrers(self, gone: list[Record], come: Iterable[Record]) -> Layered[Id, frozenset[Id]] | None:
        if self._referrers is None:
            return None
        touched: dict[Id, set[Id]] = {}
        for record in gone:
            for target in referred_ids(record):
                touched.setdefault(target, set(self._referrers.get(target, ()))).discard(record.id)
        for record in come:
            for target in referred_ids(record):
                touched.setdefault(target, set(self._referrers.get(target, ()))).add(record.id)
        return self._referrers.changed((), {target: frozenset(ids) for target, ids in touched.items()})


def _place(record: Record) -> tuple[str, str]:
    return (record.order, record.id)


def models(design: Design) -> list[Model]:
    """Return the models of a design in order."""
    return design.of(Model)


def first_physical(design: Design) -> Model | None:
    """Return the first physical model of a design, the one that a command means when none is named."""
    return next((model for model in models(design) if model.level == "physical"), None)


__all__ = ["Design", "first_physical", "kind_of", "models"]
