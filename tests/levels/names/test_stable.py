"""Names stay what they are when something unrelated comes to a model."""

from __future__ import annotations

import pytest

from designer.levels.contract import Settings
from designer.levels.physical import physical
from designer.schema import Attribute, Design, Entity, Model, Named, Record, models
from tests.levels.generator import Wishes, er_model
from tests.nasty import CORPUS

NASTY = tuple(each.name for each in CORPUS)
SETTINGS = (
    {},
    {"length": "20", "enums": "lookup", "case": "camel"},
    {"enums": "type", "keys": "natural", "subtypes": "single"},
)


def named(design: Design, options: dict[str, str], target: str) -> dict[str, str]:
    lower = Model(id="LOWER00000", level="physical", target=target)
    made = physical(design, models(design)[0].id, lower, Settings(options)).records
    return {each.id: each.name for each in made if isinstance(each, Named)}


@pytest.mark.parametrize("target", ["postgresql", "mysql", "sqlite"])
def test_what_is_unrelated_renames_nothing(target: str) -> None:
    for seed in range(6):
        design = er_model(seed, Wishes(names=NASTY, entities=6))
        upper = models(design)[0].id
        extra: list[Record] = [
            Entity(id="EXTRA00000", parent=upper, name="Entirely unrelated thing", order="0V"),
            Attribute(id="EXTRA00001", parent="EXTRA00000", name="unheard-of property", type="integer", order="V"),
        ]
        for options in SETTINGS:
            before, after = named(design, options, target), named(design.changed((), extra), options, target)
            assert {each: after.get(each) for each in before} == before
            assert len(after) > len(before)
            assert named(design, options, target) == before
