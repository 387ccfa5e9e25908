"""Which part of a design an export is about, and names for it that are all different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designer.dialects import registry as dialects
from designer.dialects.base import Dialect
from designer.schema import (
    AccessPattern,
    Arc,
    BusinessRule,
    Design,
    Diagram,
    Entity,
    Id,
    Model,
    Placement,
    Schema,
    Table,
    Term,
    first_physical,
    models,
)
from exporters.contract import ExportProblem, Options


@dataclass(frozen=True, slots=True)
class Selection:
    """One model, or the elements of it that one of its diagrams shows."""

    design: Design
    model: Model
    shown: frozenset[Id] | None  # None is everything

    def shows(self, element: Id) -> bool:
        """Say whether an element (a table, an entity) is part of the export."""
        return self.shown is None or element in self.shown

    def tables(self) -> list[tuple[Schema | None, Table]]:
        """Return the tables with their schemas: first those on the model itself, then schema by schema."""
        homes: list[Schema | None] = [None, *self.design.of(Schema, self.model.id)]
        return [
            (home, table)
            for home in homes
            for table in self.design.of(Table, home.id if home is not None else self.model.id)
            if self.shows(table.id)
        ]


def select(design: Design, options: Options) -> Selection:
    """Return what `options` ask for. Raises ExportProblem where there is no such model or diagram."""
    diagram = _diagram(design, options.diagram) if options.diagram is not None else None
    model = _model(design, options.model if diagram is None else diagram.parent)
    if diagram is None:
        return Selection(design, model, None if options.elements is None else frozenset(options.elements))
    placed = (placement.element for placement in design.of(Placement, diagram.id))
    return Selection(design, model, frozenset(each for each in placed if each is not None))


def arcs_in(selection: Selection) -> int:
    """Return how many exclusive arcs the entities of a selection have."""
    design = selection.design
    return sum(
        len(design.of(Arc, each.id)) for each in design.of(Entity, selection.model.id) if selection.shows(each.id)
    )


def words_in(selection: Selection) -> int:
    """Return how many terms, business rules and access patterns a model has."""
    return sum(len(selection.design.of(kind, selection.model.id)) for kind in (Term, BusinessRule, AccessPattern))


def _diagram(design: Design, wanted: Id) -> Diagram:
    found = design.get(wanted)
    if isinstance(found, Diagram):
        return found
    names = ", ".join(f"{each.name} ({each.id})" for each in design.of(Diagram)) or "none"
    raise ExportProblem(f"the design has no diagram with the id {wanted!r}; its diagrams are: {names}")


def _model(design: Design, wanted: Id | None) -> Model:
    if wanted is not None:
        found = design.get(wanted)
        if isinstance(found, Model):
            return found
        names = ", ".join(f"{each.name} ({each.id})" for each in models(design)) or "none"
        raise ExportProblem(f"the design has no model with the id {wanted!r}; its models are: {names}")
    model = first_physical(design) or next(iter(models(design)), None)
    if model is None:
        raise ExportProblem("the design is empty; add a model or import one before exporting")
    return model


def dialect_of(model: Model) -> Dialect:
    """Return the dialect of a physical model; PostgreSQL where the model names none that is known."""
    try:
        return dialects.get(model.target)
    except KeyError:
        return dialects.get("postgresql")


class Distinct:
    """Hands out names, each only once: a second `users` becomes `users_2`.

    The first to come keeps its name, so an export changes as little as can be when something is added at the end.
    """

    def __init__(self, taken: Iterable[str] = (), separator: str = "_"):
        self._taken = set(taken)
        self._separator = separator
        self._next: dict[str, int] = {}

    def __call__(self, wanted: str) -> str:
        """Return `wanted`, or that with the lowest number behind it that makes it new."""
        name = wanted if wanted not in self._taken else next(n for n in self._numbered(wanted) if n not in self._taken)
        self._taken.add(name)
        return name

    def _numbered(self, wanted: str) -> Iterator[str]:
        while True:
            number = self._next.get(wanted, 2)
            self._next[wanted] = number + 1
            yield f"{wanted}{self._separator}{number}"
