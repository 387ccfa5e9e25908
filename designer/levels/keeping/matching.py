"""Which record that was made by hand is which derived one: by origin, by name, and by what it is built of."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping

from designer.commands.names import singular
from designer.levels.keeping.baseline import Records
from designer.schema import (
    Check,
    Column,
    Dependency,
    ForeignKey,
    Generalization,
    Id,
    Identifier,
    Index,
    Key,
    Model,
    Named,
    Record,
    Relationship,
    Schema,
    kind_of,
)

_KeyOf = Callable[[Record, Mapping[Id, Id]], Hashable]
_LETTERS = re.compile(r"[^0-9a-z]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Matching:
    """Pairs derived records with those of a model; `ids` maps the former to the latter."""

    def __init__(self, model: Model, fresh: Records, here: Records, *, by_names: bool = False):
        self.model = model
        self.fresh = fresh
        self.here = here
        self.by_names = by_names
        self.ids: dict[Id, Id] = {}
        self.guessed: list[Id] = []
        """Records of the model that were matched only because their names are alike."""

    def run(self) -> dict[Id, Id]:
        """Return the map. Records that are one by id already are in it as well."""
        self.ids.update({each: each for each in self.fresh if each in self.here})
        self._schemas()
        inner = {record.id for record in self.fresh.values() if record.parent in self.fresh}
        inner -= {each for each in inner if isinstance(self.fresh[self.fresh[each].parent or ""], Schema)}
        self._rounds([each for each in self.fresh if each not in inner])
        for _ in range(3):  # attributes of attributes; keys that follow columns that follow foreign keys
            self._rounds(sorted(inner))
        return self.ids

    def _schemas(self) -> None:
        """The tables of a model that says no schema hang on the model itself."""
        schemas = [record for record in self.fresh.values() if isinstance(record, Schema)]
        there = {record.name: record.id for record in self.here.values() if isinstance(record, Schema)}
        for schema in schemas:
            if schema.name in there:
                self.ids[schema.id] = there[schema.name]
            elif not there:
                self.ids[schema.id] = self.model.id

    def _rounds(self, ids: Iterable[Id]) -> None:
        ids = list(ids)
        for key_of in (_by_origin_and_name, _by_origin, _by_name, *_STRUCTURE):
            self._pair(ids, key_of)
            self._columns()
        if self.by_names:
            before = set(self.ids)
            self._pair(ids, _by_likeness)
            self.guessed += [self.ids[each] for each in self.ids if each not in before]

    def _pair(self, ids: Iterable[Id], key_of: _KeyOf) -> None:
        """Pair what one key names once on both sides."""
        taken = set(self.ids.values())
        ours: dict[Hashable, list[Id]] = {}
        theirs: dict[Hashable, list[Id]] = {}
        for each in ids:
            if each not in self.ids and (key := key_of(self.fresh[each], self.ids)) is not None:
                theirs.setdefault(key, []).append(each)
        if not theirs:
            return
        for record in self.here.values():
            if record.id not in taken and (key := key_of(record, {})) is not None and key in theirs:
                ours.setdefault(key, []).append(record.id)
        for key, found in ours.items():
            if len(found) == len(theirs[key]) == 1:
                self.ids[theirs[key][0]] = found[0]

    def _columns(self) -> None:
        """The columns of two foreign keys that are one are one, pair by pair."""
        taken = set(self.ids.values())
        for each, record in self.fresh.items():
            other = self.here.get(self.ids.get(each, ""))
            if isinstance(record, ForeignKey) and isinstance(other, ForeignKey):
                same = zip(record.columns, other.columns, strict=False) if _as_many(record, other) else ()
                pairs = {one: two for one, two in same if one not in self.ids and two not in taken}
                self.ids.update(pairs)
                taken |= set(pairs.values())


def _as_many(one: ForeignKey, other: ForeignKey) -> bool:
    return len(one.columns) == len(other.columns)


def _home(record: Record, now: Mapping[Id, Id]) -> tuple[str, Id | None]:
    parent = record.parent
    return kind_of(record), now.get(parent, parent) if parent else None


def _name(record: Record) -> str:
    return record.name.casefold() if isinstance(record, Named) else ""


def _by_origin_and_name(record: Record, now: Mapping[Id, Id]) -> Hashable:
    return (*_home(record, now), record.origin, _name(record)) if record.origin and _name(record) else None


def _by_origin(record: Record, now: Mapping[Id, Id]) -> Hashable:
    return (*_home(record, now), record.origin) if record.origin and not isinstance(record, Check | Index) else None


def _by_name(record: Record, now: Mapping[Id, Id]) -> Hashable:
    return (*_home(record, now), _name(record)) if _name(record) else None


def _by_likeness(record: Record, now: Mapping[Id, Id]) -> Hashable:
    """Return the words of a name in the singular: `OrderLines`, `order_line` and `Order line` are alike."""
    name = record.name if isinstance(record, Named) else ""
    words = _LETTERS.sub(" ", _CAMEL.sub(" ", name).lower()).split()
    return (*_home(record, now), tuple(singular(word) for word in words)) if words else None


def _primary(record: Record, now: Mapping[Id, Id]) -> Hashable:
    is_primary = isinstance(record, Key | Identifier) and record.primary
    return (*_home(record, now), "primary") if is_primary else None


def _reference(record: Record, now: Mapping[Id, Id]) -> Hashable:
    if not isinstance(record, ForeignKey) or record.ref_table is None:
        return None
    return (*_home(record, now), now.get(record.ref_table, record.ref_table), len(record.columns))


def _columns(record: Record, now: Mapping[Id, Id]) -> Hashable:
    """Return the columns of a key, a foreign key or an index, or the attributes of an identifier."""
    if isinstance(record, Key | ForeignKey):
        named: tuple[Id | None, ...] = record.columns
    elif isinstance(record, Index):
        named = tuple(part.column for part in record.parts)
    elif isinstance(record, Identifier):
        named = (*record.attributes, *record.relationships)
    elif isinstance(record, Dependency):
        named = (*record.determinant, None, *record.dependent)
    else:
        return None
    if not named or (not isinstance(record, Dependency) and not all(named)):
        return None
    return (*_home(record, now), tuple(now.get(each or "", each) for each in named))


def _ends(record: Record, now: Mapping[Id, Id]) -> Hashable:
    if isinstance(record, Generalization):
        return (*_home(record, now), now.get(record.supertype or "", record.supertype))
    if not isinstance(record, Relationship):
        return None
    return (*_home(record, now), tuple(sorted(now.get(end.entity, end.entity) for end in record.ends)))


def _surrogate(record: Record, now: Mapping[Id, Id]) -> Hashable:
    return (*_home(record, now), "identity") if isinstance(record, Column) and record.identity else None


_STRUCTURE: tuple[_KeyOf, ...] = (_primary, _columns, _reference, _ends, _surrogate)
