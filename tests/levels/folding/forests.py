"""Random generalizations over random models: several levels, several supertypes, circles, any strategy."""

from __future__ import annotations

import random

from designer.levels.contract import Settings
from designer.schema import Attribute, Design, Entity, Generalization, Model, Record, seeded_ids
from tests.levels.generator import Wishes, er_model

STRATEGIES = ("class", "single", "concrete")


def forest(seed: int, entities: int = 8, prefix: str = "") -> tuple[Design, Model, Settings]:
    """Return a design, its model and settings with a strategy for each generalization; the same for the same seed."""
    design = er_model(seed, Wishes(entities=entities, kinds=0), level="logical")
    chance = random.Random(seed)
    model, entities_ = design.of(Model)[0], design.of(Entity)
    ids = seeded_ids(f"forest {seed}")
    made: list[Record] = []
    choices = {}
    for number in range(chance.randint(1, 5)):
        at = chance.randrange(len(entities_) - 1)
        below = chance.sample(entities_[at + 1 :], min(len(entities_) - at - 1, chance.randint(1, 3)))
        below += [entities_[0]] if chance.random() < 0.05 else []
        own = design.of(Attribute, entities_[at].id)
        told = chance.choice(own).id if own and chance.random() < 0.3 else None
        kind = Generalization(
            id=ids(), parent=model.id, supertype=entities_[at].id, subtypes=tuple(each.id for each in below),
            disjoint=chance.random() < 0.5, total=chance.random() < 0.5, discriminator=told, order=f"{number}V",
        )  # fmt: skip
        made.append(kind)
        choices[kind.id, "subtypes"] = chance.choice(STRATEGIES)
        choices[kind.id, "enforce"] = chance.choice(("declared", "full"))
    options = {
        "keys": chance.choice(("natural", "surrogate")), "reference_delete": chance.choice(("no action", "set null")),
        "composites": chance.choice(("flatten", "json")), "table_prefix": prefix, "pattern_indexes": "no",
    }  # fmt: skip
    return design.changed([], made), model, Settings({name: each for name, each in options.items() if each}, choices)
