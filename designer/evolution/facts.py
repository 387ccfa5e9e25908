"""A model taken apart into facts: the smallest things that a database makes, alters and drops by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from designer.schema import Id, Record

FactId = str
"""The id of the record, or `what:id` for a part of a record that is a fact of its own: `default:c7`, `comment:t1`."""
R = TypeVar("R", bound=Record)
Name = tuple[str, ...]
"""A name with the space in which it can be taken only once: `("relation", "public", "users_pkey")`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing in a database.

    `state` is compared to say whether the fact changed: it holds all that the server keeps of it and nothing else, with
    ids in place of names wherever the server follows renames by itself. Its shape is the business of the one handler
    that made it; everybody else only compares. `parent` takes the fact along when it is dropped. `needs` must be there
    before it and cannot go before it; `wants` should be there before it, if that is possible: what the body of a
    function names.
    """

    id: FactId
    kind: str  # in words: table, column, default, foreign key
    label: str
    state: Any  # hashable
    record: Record
    parent: FactId | None = None
    needs: frozenset[FactId] = frozenset()
    wants: frozenset[FactId] = frozenset()
    names: frozenset[Name] = frozenset()
    extra: Any = None  # what the mover needs to write it


class Facts(Mapping[FactId, Fact]):
    """The facts of one model, in the order in which people keep them."""

    def __init__(self, facts: Iterable[Fact]):
        self._by_id = {fact.id: fact for fact in facts}
        self._children: dict[FactId, list[FactId]] = {}
        self._dependents: dict[FactId, list[FactId]] = {}
        for fact in self._by_id.values():
            if fact.parent is not None:
                self._children.setdefault(fact.parent, []).append(fact.id)
            for need in fact.needs:
                self._dependents.setdefault(need, []).append(fact.id)

    def __getitem__(self, key: FactId) -> Fact:
        return self._by_id[key]

    def __iter__(self) -> Iterator[FactId]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def children(self, fact: FactId) -> list[FactId]:
        """Return what falls with a fact, one level down."""
        return self._children.get(fact, [])

    def descendants(self, fact: FactId) -> Iterator[FactId]:
        """Yield what falls with a fact, all levels down."""
        for child in self.children(fact):
            yield child
            yield from self.descendants(child)

    def dependents(self, fact: FactId) -> list[FactId]:
        """Return what needs a fact."""
        return self._dependents.get(fact, [])

    def home(self, fact: FactId) -> Iterator[Fact]:
        """Yield what a fact belongs to, from near to far."""
        at = self._by_id[fact].parent
        while at is not None and at in self._by_id:
            yield self._by_id[at]
            at = self._by_id[at].parent


def record_of(fact: Fact, kind: type[R]) -> R:
    """Return the record of a fact, which is of this kind: a handler is only asked about facts that it made itself."""
    return of_kind(fact.record, kind)


def of_kind(record: Record, kind: type[R]) -> R:
    """Return a record that is of this kind. Raises TypeError for any other."""
    if not isinstance(record, kind):
        raise TypeError(f"{record.id} is no {kind.__name__}")
    return record


def id_of(what: str, record: Id) -> FactId:
    """Return the id of a part of a record that is a fact of its own."""
    return f"{what}:{record}"
