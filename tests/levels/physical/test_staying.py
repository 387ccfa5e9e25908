"""What is derived again is the same: ids, names and places do not depend on what an element has nothing to do with."""

from __future__ import annotations

import msgspec
import pytest

from designer.levels.contract import Settings
from designer.levels.physical import physical
from designer.schema import (
    Attribute,
    Column,
    Design,
    Entity,
    ForeignKey,
    Identifier,
    Model,
    Record,
    Relationship,
    Table,
    kind_of,
)
from tests.levels.generator import Wishes, er_model, shuffled

BELOW = Model(id="BELOW", level="physical", target="postgresql", order="z")


def _derived(design: Design, options: dict[str, str] | None = None, target: str = "postgresql") -> dict[str, Record]:
    source = design.of(Model)[0].id
    model = msgspec.structs.replace(BELOW, target=target)
    result = physical(design, source, model, Settings(options or {}))
    found = {each.id: each for each in result.records}
    assert len(found) == len(result.records)
    for each in result.records:
        assert each.origin is None or each.origin in design, each
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_records_means_nothing(seed: int):
    level = "logical" if seed % 3 == 0 else "conceptual"
    design = er_model(seed, level=level)
    assert _derived(design) == _derived(shuffled(design, seed))


@pytest.mark.parametrize("seed", range(12))
def test_an_unrelated_element_changes_nothing_that_was_there(seed: int):
    level = "logical" if seed % 2 else "conceptual"
    design = er_model(seed, level=level)
    model = design.of(Model)[0].id
    entity = Entity(id="FRESH1", parent=model, name="Quite another", order="zzz")
    more = design.changed((), [
        entity, Attribute(id="FRESH2", parent="FRESH1", name="no", type="integer"),
        Attribute(id="FRESH4", parent="FRESH1", name="list", type="integer", multivalued=True),
        Identifier(id="FRESH3", parent="FRESH1", primary=True, attributes=("FRESH2",)),
    ])  # fmt: skip
    before, after = _derived(design), _derived(more)
    assert {each: after.get(each) for each in before} == before


def test_the_first_relationship_of_many_changes_nothing_else_of_a_logical_model():
    """Such a model is read in another way from then on, and nobody may notice."""
    design = er_model(4, level="logical")
    model, (first, second, *_) = design.of(Model)[0].id, design.of(Entity)
    ends = tuple(
        msgspec.convert({"entity": each.id}, type=type(design.of(Relationship)[0].ends[0])) for each in (first, second)
    )
    before = _derived(design)
    after = _derived(
        design.changed((), [Relationship(id="FRESH1", parent=model, name="meets", ends=ends, order="zzz")])
    )
    assert {each: after.get(each) for each in before} == before
    assert (
        sum(isinstance(each, Table) for each in after.values())
        == sum(isinstance(each, Table) for each in before.values()) + 1
    )


def test_a_renamed_entity_keeps_the_ids_of_all_that_comes_from_it():
    design = er_model(7)
    entity = design.of(Entity)[0]
    before = _derived(design)
    after = _derived(design.changed((), [msgspec.structs.replace(entity, name="Something else")]))
    assert before.keys() == after.keys()
    assert before != after


def test_another_key_keeps_the_ids_of_other_columns():
    design = er_model(3, Wishes(kinds=0))
    before, after = _derived(design), _derived(design, {"keys": "natural"})
    referring = {column for each in before.values() if isinstance(each, ForeignKey) for column in each.columns}
    columns = {each.id for each in before.values() if isinstance(each, Column)} - referring
    kept = {each for each in columns if kind_of(design[before[each].origin or ""]) == "attribute"}
    assert kept
    assert kept <= after.keys()


def test_databases_get_the_same_things_under_the_same_ids():
    design = er_model(5)
    tables = [
        {each for each, record in _derived(design, target=target).items() if isinstance(record, Table)}
        for target in ("postgresql", "mysql", "sqlite")
    ]
    assert tables[0] == tables[1] == tables[2]
