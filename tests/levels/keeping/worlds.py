"""Small worlds of three levels to try things in."""

from __future__ import annotations

import random
from dataclasses import dataclass

from designer.change import apply
from designer.levels.contract import Settings
from designer.levels.keeping.baseline import derivation_of, in_order
from designer.levels.keeping.deriving import derive, result_of
from designer.levels.keeping.propagating import propagate
from designer.levels.keeping.scope import records_of
from designer.schema import Derivation, Design, Id, IdSource, Record, models, seeded_ids
from tests.levels.generator import Wishes, er_model

SMALL = Wishes(entities=4, attributes=3, kinds=0.6, patterns=0.3)
TARGETS = ("postgresql", "mysql", "sqlite")
OPTIONS = (
    {}, {"keys": "natural"}, {"subtypes": "single"}, {"subtypes": "concrete"}, {"enums": "lookup"}, {"enums": "type"},
    {"plural": "singular", "case": "pascal"}, {"audit": "people"}, {"dependent_keys": "surrogate"}, {"schema": "app"},
)  # fmt: skip


@dataclass
class World:
    """A conceptual model, the logical one derived from it, and a physical one for each target."""

    design: Design
    concepts: Id
    logical: Id
    physical: tuple[Id, ...]
    ids: IdSource
    random: random.Random

    def derivation(self, model: Id) -> Derivation:
        """Return how a model is derived."""
        found = derivation_of(self.design, model)
        assert found is not None
        return found


def world(seed: int, *, targets: int = 1, arranged: bool = False, wishes: Wishes = SMALL) -> World:
    """Return a random world; the same for the same seed."""
    rng, ids = random.Random(seed), seeded_ids(f"world {seed}")
    design = er_model(seed, wishes)
    concepts = models(design)[0].id
    made = derive(design, concepts, ids, level="logical", arranged=arranged)
    design, logical = apply(design, made.change), made.made[0]
    physical = []
    for number in range(targets):
        target = TARGETS[(seed + number) % len(TARGETS)]
        settings = Settings(rng.choice(OPTIONS))
        made = derive(design, logical, ids, level="physical", target=target, settings=settings, arranged=arranged)
        design = apply(design, made.change)
        physical.append(made.made[0])
    return World(design, concepts, logical, tuple(physical), ids, rng)


def carried(design: Design, ids: IdSource) -> Design:
    """Return the design with all levels brought into step."""
    return apply(design, propagate(design, None, ids).change)


def as_derived(design: Design, derivation: Derivation) -> dict[Id, Record]:
    """Return what a derivation gives now, by id."""
    return {record.id: record for record in result_of(design, derivation).records}


def content(design: Design, model: Id) -> dict[Id, Record]:
    """Return what a model says of the data, facts about its elements included where they are derived."""
    derivation = derivation_of(design, model)
    return records_of(design, model, set(as_derived(design, derivation)) if derivation else set())


def derivations(design: Design) -> list[Derivation]:
    """Return all derivations, upper levels first."""
    return in_order(design)
