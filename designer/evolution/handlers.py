"""A mover made of handlers, one for each family of facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from designer.dialects.base import Dialect
from designer.dialects.registry import get
from designer.evolution.contract import Options, Remark, Step
from designer.evolution.decisions import Decisions
from designer.evolution.facts import Fact, FactId, Facts
from designer.evolution.mover import Alteration, Renamed, usual_rank
from designer.schema import Design, Id, Model, Named, Record, Table, View, kind_of
from exporters.ddl.catalog import Catalog, collect
from exporters.ddl.notes import Notes
from exporters.ddl.speech import Speech
from exporters.ddl.writer import Writer

W = TypeVar("W", bound=Writer)


@dataclass(slots=True)
class Side(Generic[W]):
    """One side of a migration: the design, its model, and the pen that writes its records in the dialect's words."""

    design: Design
    model: Model
    dialect: Dialect
    catalog: Catalog
    pen: W

    def name(self, record: Id | None) -> str:
        """Return the name of a record, not quoted; empty where there is none."""
        found = self.design.get(record) if record else None
        return found.name if isinstance(found, Named) else ""

    def label(self, record: Record) -> str:
        """Return what people call a record: `public.users.email`."""
        return self.catalog.label(record)

    def relation(self, record: Record) -> Id | None:
        """Return the table or view that a record is or belongs to."""
        at: Record | None = record
        while at is not None and not isinstance(at, (Table, View)):
            at = self.design.get(at.parent) if at.parent else None
        return at.id if at is not None else None


def side_of(design: Design, model: Id, dialect: str, pen: type[W]) -> Side[W]:
    """Return a side of a migration. The notes of its pen are not kept: a migration speaks by steps and remarks."""
    facts, chosen = get(dialect), design[model]
    if not isinstance(chosen, Model):
        raise TypeError(f"{model} is no model")
    catalog = collect(design, chosen)
    notes = Notes()
    return Side(design, chosen, facts, catalog, pen(catalog, facts, Speech(catalog, facts, facts, notes), notes))


class Handler(ABC, Generic[W]):
    """What is known of some kinds of facts. A handler is made once a migration; `mover` gives it the two sides."""

    records: ClassVar[tuple[type[Record], ...]] = ()
    """Records that it takes apart. Several handlers may take the same kind: a comment is a fact of its own."""
    kinds: ClassVar[tuple[str, ...]] = ()
    """Kinds of facts that it writes."""

    def __init__(self, mover: HandledMover[W]):
        self.mover = mover

    @property
    def old(self) -> Side[W]:
        """The old side, with the new names."""
        return self.mover.old

    @property
    def new(self) -> Side[W]:
        """The new side."""
        return self.mover.new

    def facts(self, record: Any, side: Side[W]) -> Iterator[Fact]:
        """Yield the facts of a record."""
        return iter(())

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """See `Mover.alter`."""
        return None

    def reparents(self, old: Fact, new: Fact) -> bool:
        """See `Mover.reparents`."""
        return False

    def rebuilds(self, old: Fact, new: Fact) -> bool:
        """See `Mover.rebuilds`."""
        return False

    def folds(self, child: Fact, parent: Fact) -> bool:
        """See `Mover.folds`; asked of the handler of the child."""
        return False

    def separable(self, fact: Fact) -> bool:
        """See `Mover.separable`."""
        return False

    def loosens(self, fact: Fact) -> bool:
        """See `Mover.loosens`."""
        return False

    @abstractmethod
    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """See `Mover.create`."""

    @abstractmethod
    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """See `Mover.drop`."""

    def rebuild(self, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
        """See `Mover.rebuild`. What holds no rows is dropped and made again."""
        return self.drop(old, "") + self.create(new, folded, "")

    def fill(self, old: Fact, new: Fact) -> list[Step]:
        """See `Mover.fill`."""
        return []

    def before_filling(self, fact: Fact) -> Iterable[FactId]:
        """See `Mover.before_filling`."""
        return ()

    def taken_along(self, fact: Fact) -> Iterable[FactId]:
        """See `Mover.taken_along`."""
        return ()

    def rank(self, verb: str, fact: Fact) -> int:
        """See `Mover.rank`."""
        return usual_rank(verb, fact)

    def step(
        self, sql: str, operation: str, *, old: Fact | None = None, new: Fact | None = None, reason: str = "",
        fields: tuple[str, ...] = (), in_transaction: bool = True,
    ) -> Step:  # fmt: skip
        """Return one statement about a fact as a step."""
        fact = new or old
        if fact is None:
            raise ValueError("a step is about a fact")
        side = self.new if new is not None else self.old
        return Step(
            sql, operation, fact.record.id, fact.label, fact.kind, old.record if old else None,
            new.record if new else None, fields, side.relation(fact.record), reason, in_transaction,
        )  # fmt: skip


class HandledMover(ABC, Generic[W]):
    """A mover that asks the handler of a record or fact. Subclasses name the dialect, the pen and the handlers."""

    dialect: ClassVar[str]
    pen: ClassVar[type[Any]]  # of W, which a ClassVar cannot say
    scoped: bool = False
    handlers: ClassVar[tuple[type[Handler[Any]], ...]]

    def __init__(self) -> None:
        self.options = Options()
        self.remarks: list[Remark] = []
        self.decided = Decisions()
        self.old: Side[W]
        self.new: Side[W]
        self.old_facts = self.new_facts = Facts(())
        made = [handler(self) for handler in self.handlers]
        self._by_kind = {kind: handler for handler in made for kind in handler.kinds}
        self._by_record: dict[type[Record], list[Handler[W]]] = {}
        for handler in made:
            for record in handler.records:
                self._by_record.setdefault(record, []).append(handler)

    @abstractmethod
    def renamed(self, old: Design, new: Design) -> Renamed:
        """See `Mover.renamed`."""

    def facts(self, design: Design, model: Id, *, old: bool) -> Facts:
        """Take one side apart, by the handlers."""
        side: Side[W] = side_of(design, model, self.dialect, self.pen)
        if old:
            self.old = side
        else:
            self.new = side
        found = Facts(fact for record in self.records(side) for fact in self._facts(record, side))
        if old:
            self.old_facts = found
        else:
            self.new_facts = found
        return found

    def records(self, side: Side[W]) -> Iterator[Record]:
        """Yield the records of a side that are facts or hold some: what stands for itself, then its parts."""
        catalog = side.catalog
        for owner in (*catalog.objects, *catalog.statements):
            yield owner
            parts = catalog.parts(owner)
            for slot in parts.__dataclass_fields__:
                yield from getattr(parts, slot)

    def _facts(self, record: Record, side: Side[W]) -> Iterator[Fact]:
        for handler in self._by_record.get(type(record), ()):
            yield from handler.facts(record, side)

    def handler(self, fact: Fact) -> Handler[W]:
        """Return the handler of a kind of facts."""
        return self._by_kind[fact.kind]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """See `Mover.alter`."""
        return self.handler(new).alter(old, new)

    def reparents(self, old: Fact, new: Fact) -> bool:
        """See `Mover.reparents`."""
        return self.handler(new).reparents(old, new)

    def rebuilds(self, old: Fact, new: Fact) -> bool:
        """See `Mover.rebuilds`."""
        return old.kind == new.kind and self.handler(new).rebuilds(old, new)

    def folds(self, child: Fact, parent: Fact) -> bool:
        """See `Mover.folds`."""
        return self.handler(child).folds(child, parent)

    def separable(self, fact: Fact) -> bool:
        """See `Mover.separable`."""
        return self.handler(fact).separable(fact)

    def loosens(self, fact: Fact) -> bool:
        """See `Mover.loosens`."""
        return self.handler(fact).loosens(fact)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """See `Mover.create`."""
        return self.handler(fact).create(fact, folded, reason)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """See `Mover.drop`."""
        return self.handler(fact).drop(fact, reason)

    def rebuild(self, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
        """See `Mover.rebuild`."""
        return self.handler(new).rebuild(old, new, folded)

    def fill(self, old: Fact, new: Fact) -> list[Step]:
        """See `Mover.fill`."""
        return self.handler(new).fill(old, new)

    def before_filling(self, fact: Fact) -> Iterable[FactId]:
        """See `Mover.before_filling`."""
        return self.handler(fact).before_filling(fact)

    def taken_along(self, fact: Fact) -> Iterable[FactId]:
        """See `Mover.taken_along`."""
        return self.handler(fact).taken_along(fact)

    def rank(self, verb: str, fact: Fact) -> int:
        """See `Mover.rank`."""
        return self.handler(fact).rank(verb, fact)

    def finish(self, steps: list[Step]) -> list[Step]:
        """See `Mover.finish`."""
        return steps


def kind_words(record: Record) -> str:
    """Return the kind of a record in words: `foreign key`."""
    return kind_of(record).replace("_", " ")
