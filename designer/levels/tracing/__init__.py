"""The trace: what an element was made from, up to the top, and what was made from it, down to the last index.

It is nothing but `origin`, read in both directions; as `origin` is an id, it survives renames, undo, branches and
merges by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designer.levels.called import LEVELS
from designer.schema import (
    AccessPattern,
    BusinessRule,
    Design,
    Deviation,
    Id,
    Model,
    Record,
    Term,
    kind_of,
)  # fmt: skip
from designer.schema.kinds import BOOKKEEPING_KINDS, PICTURE_KINDS, RANK

_SILENT = PICTURE_KINDS | BOOKKEEPING_KINDS
_SAYING = (Term, BusinessRule, AccessPattern, Deviation)


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a chain. `via` is the element of the chain that it is next to: what it came from, or what came
    from it; `steps` is how far away it is from where the chain begins.
    """

    id: Id
    via: Id
    steps: int


@dataclass(frozen=True, slots=True)
class Group:
    """The elements of a chain that are in one model."""

    model: Id
    level: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A term, business rule, access pattern or deviation, and the element of the chain that it speaks of."""

    id: Id
    about: Id


@dataclass(frozen=True, slots=True)
class Chain:
    """Where an element comes from and what comes from it.

    `up` has the nearest first. `down` has a group for each model, the levels in their order. `owner` is the nearest
    thing round it that has an origin, where it has none itself: a column that was added by hand to a derived table.
    """

    id: Id
    up: tuple[Step, ...] = ()
    down: tuple[Group, ...] = ()
    owner: Id | None = None
    terms: tuple[Said, ...] = ()
    rules: tuple[Said, ...] = ()
    patterns: tuple[Said, ...] = ()
    deviations: tuple[Said, ...] = ()

    @property
    def ids(self) -> tuple[Id, ...]:
        """All elements of the chain, from the top down."""
        return (
            *(each.id for each in reversed(self.up)), self.id,
            *(each.id for group in self.down for each in group.steps),
        )  # fmt: skip


def chain(design: Design, element: Id) -> Chain:
    """Return the chain of an element. Raises KeyError where it is not there.

    It costs what it returns, once the look-ups of the design are built.
    """
    record = design[element]
    up, down = _up(design, record), _down(design, element)
    ids = (element, *(each.id for each in up), *(each.id for each in down))
    said = list(_said(design, ids))
    return Chain(
        id=element,
        up=tuple(up),
        down=tuple(_grouped(design, down)),
        owner=None if up else _owner_with_origin(design, record),
        terms=_of_kind(design, said, Term),
        rules=_of_kind(design, said, BusinessRule),
        patterns=_of_kind(design, said, AccessPattern),
        deviations=_of_kind(design, said, Deviation),
    )


def origins(design: Design, element: Id) -> Iterator[Id]:
    """Yield what an element comes from, the nearest first; a ring that a merge has made ends where it closes."""
    seen = {element}
    record = design.get(element)
    while record is not None and record.origin and record.origin in design and record.origin not in seen:
        seen.add(record.origin)
        yield record.origin
        record = design[record.origin]


def derived_from(design: Design, element: Id) -> list[Id]:
    """Return what was made from an element directly, in the order of their kinds and of their models."""
    found = (design[each] for each in design.referrers(element))
    made = [record for record in found if record.origin == element and kind_of(record) not in _SILENT]
    return [record.id for record in sorted(made, key=lambda record: (RANK[kind_of(record)], record.order, record.id))]


def _up(design: Design, record: Record) -> list[Step]:
    found: list[Step] = []
    below = record.id
    for each in origins(design, record.id):
        found.append(Step(each, below, len(found) + 1))
        below = each
    return found


def _down(design: Design, top: Id) -> list[Step]:
    """Return all that comes from an element, nearer things first."""
    found: list[Step] = []
    seen = {top}
    queue = [(top, 0)]
    for above, steps in queue:  # the queue grows while it is walked
        for each in derived_from(design, above):
            if each not in seen:
                seen.add(each)
                found.append(Step(each, above, steps + 1))
                queue.append((each, steps + 1))
    return found


def _grouped(design: Design, steps: Iterable[Step]) -> list[Group]:
    by_model: dict[Id, list[Step]] = {}
    for step in steps:
        model = design.model_of(design[step.id])
        by_model.setdefault(model.id if model else "", []).append(step)
    groups = [Group(model, _level(design, model), tuple(found)) for model, found in by_model.items()]
    return sorted(groups, key=lambda group: _place(design, group))


def _level(design: Design, model: Id) -> str:
    found = design.get(model)
    return found.level if isinstance(found, Model) else ""


def _place(design: Design, group: Group) -> tuple[int, str, Id]:
    found = design.get(group.model)
    rank = LEVELS.index(group.level) if group.level in LEVELS else len(LEVELS)
    return rank, found.order if found is not None else "", group.model


def _owner_with_origin(design: Design, record: Record) -> Id | None:
    current: Record | None = design.get(record.parent or "")
    for _ in range(100):
        if current is None or isinstance(current, Model):
            return None
        if current.origin in design:
            return current.id
        current = design.get(current.parent or "")
    return None


def _said(design: Design, ids: Iterable[Id]) -> Iterator[Said]:
    """Yield what is said of elements, each once, with the nearest element that it speaks of."""
    seen: set[Id] = set()
    for about in ids:
        for each in sorted(design.referrers(about)):
            if each not in seen and isinstance(record := design[each], _SAYING) and record.origin != about:
                seen.add(each)
                yield Said(each, about)


def _of_kind(design: Design, said: Iterable[Said], kind: type[Record]) -> tuple[Said, ...]:
    return tuple(each for each in said if isinstance(design[each.id], kind))
