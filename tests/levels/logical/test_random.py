"""Laws of the logical level over random models: its shape, its trace, its ids, and the instances that it holds."""

from __future__ import annotations

import random
from collections import Counter

import msgspec
import pytest

from designer.change import dangling
from designer.levels.contract import Result, Settings
from designer.levels.logical import logical
from designer.schema import (
    Attribute,
    Design,
    Entity,
    Id,
    Identifier,
    Model,
    Named,
    Record,
    Relationship,
)
from designer.schema.validation import validate
from tests.levels.generator import Wishes, er_model, shuffled
from tests.levels.logical.instances import Carrying, broken, random_instance, same
from tests.nasty import NAMES

LOWER = Model(id="LOWR", name="Logical", level="logical")
WILD = Wishes(entities=7, relationships=2, many_to_many=0.4, n_ary=0.25, multivalued=0.25, selves=0.25, composites=0.3)
SEEDS = [*range(16), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(16, 300))]


def drawn(seed: int, wishes: Wishes = WILD) -> tuple[Design, Id]:
    """Return a random model, with several values inside composites too."""
    design = er_model(seed, wishes)
    dice = random.Random(seed)
    used = {each for one in design.of(Identifier) for each in one.attributes}
    changed = [
        msgspec.structs.replace(each, multivalued=True)
        for each in design.of(Attribute)
        if isinstance(design.get(each.parent or ""), Attribute) and each.id not in used and dice.random() < 0.2
    ]
    (model,) = design.of(Model)
    return design.changed((), changed), model.id


def derived(design: Design, model: Id, settings: Settings | None = None) -> tuple[Design, Result]:
    result = logical(design, model, LOWER, settings or Settings())
    return design.changed((), [LOWER, *result.records]), result


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shape_is_that_of_a_logical_model(seed: int) -> None:
    design, result = derived(*drawn(seed))
    assert not validate(design)
    assert not dangling(design)
    records = list(result.records)
    assert len({each.id for each in records}) == len(records)
    for each in records:
        if isinstance(each, Relationship):
            assert len(each.ends) == 2
            assert 1 in [end.max for end in each.ends]
        assert not (isinstance(each, Attribute) and each.multivalued)
    primary = Counter(each.parent for each in records if isinstance(each, Identifier) and each.primary)
    assert set(primary.values()) <= {1}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_element_above_leaves_a_trace_and_every_one_below_has_one(seed: int) -> None:
    design, model = drawn(seed)
    _, result = derived(design, model)
    origins = {each.origin for each in result.records}
    assert all(isinstance(design.get(each or ""), Record) for each in origins)
    told = {note.about for note in result.notes}
    for each in design.records():
        if each.id not in origins | told and not isinstance(each, Model):
            assert isinstance(each, Attribute) or each.parent in told, each
            assert not isinstance(each, Attribute) or each.multivalued or _lies_in(each, told, design), each


def _lies_in(attribute: Attribute, told: set[Id | None], design: Design) -> bool:
    """Whether an attribute is part of one that a note is about, or of one that is an entity now."""
    above = design.get(attribute.parent or "")
    return isinstance(above, Attribute) and (above.id in told or _lies_in(above, told, design))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_records_makes_no_difference(seed: int) -> None:
    design, model = drawn(seed)
    again = shuffled(design, seed)
    assert derived(design, model)[1] == derived(again, model)[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_not_touched_keeps_its_ids_and_its_records(seed: int) -> None:
    """Leave out one entity: what has nothing to do with it comes out exactly as before."""
    design, model = drawn(seed)
    before = {each.id: each for each in derived(design, model)[1].records}
    gone = random.Random(seed).choice(design.of(Entity, model)).id
    after = derived(design, model, Settings(choices={(gone, "derive"): "no"}))[1].records
    assert {each.id for each in after} <= set(before)
    for each in after:
        if isinstance(each, Attribute) and each.name != before[each.id].name:  # type: ignore[attr-defined]
            assert isinstance(design[design[each.origin or ""].parent or ""], Relationship), "a verb no longer needed"
        elif isinstance(each, Attribute | Relationship):
            assert msgspec.structs.replace(each, **_keys(before[each.id])) == before[each.id]


def _keys(record: Record) -> dict[str, object]:
    """What a removed entity may change elsewhere: a circle of owners may be broken with it."""
    return {"ends": record.ends} if isinstance(record, Relationship) else {}


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_ids_follow_from_ids_alone(seed: int) -> None:
    """Names, definitions, types and places change nothing but themselves."""
    design, model = drawn(seed)
    changed = [
        msgspec.structs.replace(each, name=f"x{number}", comment="new", order=f"b{number:04d}V")
        for number, each in enumerate(sorted(design.records(), key=lambda record: record.id, reverse=True))
        if isinstance(each, Named) and not isinstance(each, Model)
    ]
    before, after = derived(design, model)[1], derived(design.changed((), changed), model)[1]
    assert {each.id for each in before.records} == {each.id for each in after.records}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_instances_fit_and_the_same_are_refused(seed: int) -> None:
    design, model = drawn(seed)
    whole, result = derived(design, model)
    without = {note.about for note in result.notes if note.code == "weak-without-partial-key"}
    carrying = Carrying(design, model, whole, LOWER.id)
    for number in range(4):
        instance = random_instance(design, model, seed * 100 + number)
        lower = carrying.down(instance)
        assert same(carrying.up(lower), instance)
        above = {each for each in broken(design, model, instance) if design[each].parent not in without}
        below = {whole[each].origin or "" for each in broken(whole, LOWER.id, lower)}
        # What links two others, and has no identifier, is taken to be identified by them; nobody drew that.
        assert above == {each for each in below if not isinstance(design[each], Entity)}


@pytest.mark.parametrize("seed", range(6))
def test_a_logical_model_derived_again_is_the_same(seed: int) -> None:
    """What is logical already is only copied: nothing is left to resolve."""
    design, model = drawn(seed)
    whole, first = derived(design, model)
    second = logical(whole, LOWER.id, Model(id="LAST", level="logical"), Settings())
    assert Counter(type(each) for each in second.records) == Counter(type(each) for each in first.records)
    assert not [
        each for each in second.records if isinstance(each, Entity) and not isinstance(whole[each.origin or ""], Entity)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_hostile_names_pass_through(seed: int) -> None:
    design, model = drawn(seed, Wishes(names=NAMES))
    _, result = derived(design, model)
    for each in result.records:
        if isinstance(each, Entity) and isinstance(design[each.origin or ""], Entity):
            assert each.name == design[each.origin or ""].name  # type: ignore[attr-defined]
