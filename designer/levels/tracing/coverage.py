"""How far two levels cover each other: what below has no origin, and what above was never derived.

What somebody made or left out on purpose is told apart: a deviation stands on it, a choice said not to derive it, or
it needs nothing of its own below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from designer.levels.tracing import derived_from
from designer.levels.tracing.impact_report import derivation_of
from designer.schema import (
    Attribute,
    Choice,
    Derivation,
    Design,
    Deviation,
    Domain,
    Entity,
    Generalization,
    Id,
    Identifier,
    Model,
    Record,
    Relationship,
    kind_of,
    models,
)  # fmt: skip

MISSING, MEANT, COVERED = "missing", "meant", "covered"
UPPER = ("entity", "attribute", "identifier", "relationship", "generalization", "domain")
LOWER = (
    "table",
    "view",
    "column",
    "key",
    "foreign_key",
    "check",
    "index",
    "enum_type",
    "domain_type",
    "composite_type",
)
_WEIGHT = {kind: at for at, kind in enumerate((*UPPER, *LOWER))}


@dataclass(frozen=True, slots=True)
class Item:
    """One element and how it stands. `why` it is meant so; `inside` what it is a part of, where that is missing too."""

    id: Id
    kind: str
    state: str
    why: str = ""
    inside: Id | None = None


@dataclass(frozen=True)
class Side:
    """All elements of one model that should be covered by another level.

    `derivation` is the one that should have made it (below) or of it (above), where there is one; it is what promoting
    and adopting ask for.
    """

    model: Id
    level: str
    items: tuple[Item, ...]
    derivation: Id | None = None

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many elements are missing, meant, and covered."""
        return {state: sum(1 for each in self.items if each.state == state) for state in (MISSING, MEANT, COVERED)}

    @property
    def percent(self) -> int:
        """The share that is covered or meant, in whole percent; it is 100 only where nothing is missing."""
        if not self.items:
            return 100
        return int(100 * (len(self.items) - self.counts[MISSING]) / len(self.items))

    def of(self, state: str) -> tuple[Item, ...]:
        """Return the elements that stand so; parts of what is listed already are left to it."""
        return tuple(each for each in self.items if each.state == state and not each.inside)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`without_origin`: each model that has one above it. `never_derived`: each model that has one below it."""

    without_origin: tuple[Side, ...]
    never_derived: tuple[Side, ...]


def coverage(design: Design) -> Coverage:
    """Return how the models of a design cover each other; one pass over its records."""
    found = models(design)
    traced = {*_traced(design)}
    sources = {each.source for each in design.of(Derivation)} | {above for _, above in traced}
    made = {each.parent for each in design.of(Derivation)} | {below for below, _ in traced}
    below = [model for model in found if model.level != "conceptual" and model.id in made]
    above = [model for model in found if model.level != "physical" and (model.id in sources)]
    inside = _by_model(design)
    return Coverage(
        tuple(_lower(design, model, inside.get(model.id, [])) for model in below),
        tuple(_upper(design, model, inside.get(model.id, [])) for model in above),
    )


def _by_model(design: Design) -> dict[Id, list[Record]]:
    found: dict[Id, list[Record]] = {}
    for record in design.records():
        if kind_of(record) in _WEIGHT:
            model = design.model_of(record)
            if model is not None:
                found.setdefault(model.id, []).append(record)
    for records in found.values():
        records.sort(key=lambda record: (_WEIGHT[kind_of(record)], record.order, record.id))
    return found


def _traced(design: Design) -> Iterator[tuple[Id, Id]]:
    """Yield (model, model above) for each record that says where it came from."""
    for record in design.records():
        origin = design.get(record.origin) if record.origin else None
        if origin is not None:
            below, above = design.model_of(record), design.model_of(origin)
            if below is not None and above is not None:
                yield below.id, above.id


# Below


def _lower(design: Design, model: Model, records: list[Record]) -> Side:
    """Return which elements of a model have an origin."""
    kinds = LOWER if model.level == "physical" else UPPER
    listed = [record for record in records if kind_of(record) in kinds]
    missing = {record.id for record in listed if _state(design, record)[0] == MISSING}
    items = tuple(_lower_item(design, record, missing) for record in listed)
    derivation = derivation_of(design, model)
    return Side(model.id, model.level, items, derivation.id if derivation else None)


def _state(design: Design, record: Record) -> tuple[str, str]:
    if record.origin in design and record.origin is not None:
        return COVERED, ""
    reason = _deviates(design, record)
    return (MEANT, reason) if reason else (MISSING, "")


def _deviates(design: Design, record: Record) -> str:
    """Return the reason of the deviation that explains why something is there, its owner's included."""
    for owner in (record.id, record.parent or ""):
        for deviation in design.of(Deviation, owner):
            return deviation.reason or f"a deliberate {deviation.deviation.replace('_', ' ')}"
    for each in design.referrers(record.id):
        found = design[each]
        if isinstance(found, Deviation) and record.id in found.kept_by:
            return "it keeps a deliberate deviation true"
    parts = [*getattr(record, "columns", ())]
    for each in parts:
        if design.of(Deviation, each):
            return "it is about a deliberate deviation"
    return ""


def _lower_item(design: Design, record: Record, missing: set[Id]) -> Item:
    state, why = _state(design, record)
    inside = record.parent if state == MISSING and record.parent in missing else None
    return Item(record.id, kind_of(record), state, why, inside)


# Above


def _upper(design: Design, model: Model, records: list[Record]) -> Side:
    """Return which elements of a model something was derived from."""
    listed = [record for record in records if kind_of(record) in UPPER]
    covered = {record.id for record in listed if _is_derived(design, record)}
    states = {record.id: _upper_state(design, record, covered) for record in listed}
    missing = {each for each, (state, _) in states.items() if state == MISSING}
    items = tuple(
        Item(record.id, kind_of(record), *states[record.id], record.parent if _within(record, missing) else None)
        for record in listed
    )
    derivation = next((each.id for each in design.of(Derivation) if each.source == model.id), None)
    return Side(model.id, model.level, items, derivation)


def _within(record: Record, missing: set[Id]) -> bool:
    return record.id in missing and record.parent in missing


def _is_derived(design: Design, record: Record) -> bool:
    """Whether anything below comes from an element, or from a part of it."""
    if derived_from(design, record.id):
        return True
    return isinstance(record, Attribute) and any(_is_derived(design, each) for each in design.of(Attribute, record.id))


def _upper_state(design: Design, record: Record, covered: set[Id]) -> tuple[str, str]:
    if record.id in covered:
        return COVERED, ""
    reason = _left_out(design, record)
    return (MEANT, reason) if reason else (MISSING, "")


def _left_out(design: Design, record: Record) -> str:
    """Return why nothing below comes from an element, or nothing where that was forgotten."""
    for each in sorted(design.referrers(record.id)):
        choice = design[each]
        if (
            isinstance(choice, Choice)
            and choice.element == record.id
            and choice.topic == "derive"
            and choice.value == "no"
        ):
            return choice.reason or "somebody chose not to derive it"
    if isinstance(record, Attribute) and record.derived:
        return "it is computed from others"
    if isinstance(record, Attribute | Identifier):
        owner = design.get(record.parent or "")
        return _left_out(design, owner) if isinstance(owner, Entity) else ""
    return _needs_nothing(design, record)


def _needs_nothing(design: Design, record: Record) -> str:
    if isinstance(record, Domain) and not _used(design, record):
        return "no attribute has it"
    if isinstance(record, Domain):
        return "its values are checked where they are used" if not (record.values or record.rule) else ""
    if isinstance(record, Generalization):
        members = [each for each in (record.supertype, *record.subtypes) if each is not None]
        return "its entities are derived" if members and all(derived_from(design, each) for each in members) else ""
    if isinstance(record, Relationship):
        ends = [design.get(end.entity) for end in record.ends]
        out = [each for each in ends if each is not None and _left_out(design, each)]
        return "an entity of it is left out on purpose" if out else ""
    return ""


def _used(design: Design, domain: Domain) -> bool:
    found = (design[each] for each in design.referrers(domain.id))
    return any(isinstance(each, Attribute) and each.domain == domain.id for each in found)
