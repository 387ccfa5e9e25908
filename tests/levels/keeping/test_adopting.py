"""Models that were drawn by hand become derived, and nothing of them changes."""

from __future__ import annotations

import os

import pytest

from designer.change import apply
from designer.commands.contract import Refused, replace
from designer.commands.remapping import renumbered
from designer.demo import demo_design
from designer.levels.contract import Settings
from designer.levels.keeping.adopting import adopt, release
from designer.levels.keeping.baseline import derivation_of
from designer.levels.keeping.decisions import decisions
from designer.levels.keeping.describing import lines
from designer.levels.keeping.propagating import in_step, pending, propagate
from designer.schema import Attribute, Column, Derivation, Derived, Design, Diagram, Id, Model, Table, seeded_ids
from tests.levels.keeping.shop import CUSTOMER, LOGICAL, Shop
from tests.levels.keeping.worlds import content, world

EXAMPLES = min(200, int(os.environ.get("WHOLEKEY_EXAMPLES", "6")))


def demo_models() -> tuple[Design, list[Id]]:
    """Return the demo with no derivation in it, and its three models from the top."""
    design = demo_design()
    books = [each.id for each in design.records() if isinstance(each, Derivation | Derived)]
    return design.changed(books, ()), [each.id for each in design.of(Model)]


def test_the_demo_is_adopted_without_changing_a_table() -> None:
    design, (concepts, logical, physical) = demo_models()
    ids = seeded_ids("adopting")
    after = design
    for model, source in ((logical, concepts), (physical, logical)):
        after = apply(after, adopt(after, model, source, ids).change)
    for each, record in design.items():
        assert replace(after[each], origin=record.origin) == record
        assert record.origin in (None, after[each].origin)
    assert not propagate(after, None, ids).change
    assert all(in_step(after, each.id) for each in after.of(Derivation))
    tables = after.of(Table)
    assert sum(each.origin is not None for each in tables) >= len(tables) - 1


def test_what_is_added_and_changed_above_arrives_in_an_adopted_model() -> None:
    design, (concepts, logical, physical) = demo_models()
    ids = seeded_ids("adopting")
    for model, source in ((logical, concepts), (physical, logical)):
        design = apply(design, adopt(design, model, source, ids).change)
    price = next(each for each in design.of(Attribute) if each.name == "price")
    gift = Attribute(
        id="giftNote", parent=price.parent, name="gift note", type="string(200)", optional=True, order="zz"
    )
    design = design.changed((), [replace(price, type="decimal(18,4)"), gift])
    (proposal,) = pending(design)
    assert lines(proposal) == [
        "new: column gift_note of product_variants",
        "column price of product_variants: type numeric(12,2) → numeric(18,4)",
    ]
    assert not proposal.conflicts


def stranger(design: Design, model: Id) -> Design:
    """Return the design with one model as somebody else might have drawn it: other ids, and not derived."""
    inside = content(design, model)
    fresh = seeded_ids(f"stranger {model}")
    books = derivation_of(design, model)
    drop = [each.id for each in design.of(Derived) if books and each.parent == books.id]
    pictures = [each.id for each in design.of(Diagram, model)]
    ids_now = {each: fresh() for each in sorted(inside)}
    moved = [renumbered(record, ids_now) for record in inside.values()]
    return design.changed([*inside, *drop, *([books.id] if books else []), *pictures], moved)


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_model_with_origins_is_taken_as_it_is(seed: int) -> None:
    it = world(seed)
    settings = it.derivation(it.physical[0]).options
    design = stranger(it.design, it.physical[0])
    made = adopt(design, it.physical[0], it.logical, it.ids, settings=Settings(settings))
    after = apply(design, made.change)
    derivation = derivation_of(after, it.physical[0])
    assert derivation is not None
    assert not decisions(after, derivation)
    assert not propagate(after, None, it.ids).change


def imported() -> tuple[Design, Id]:
    """Return the logical shop, and tables that somebody imported, with names of their own."""
    shop = Shop()
    model = shop.models["postgresql"]
    design = stranger(shop.design, model)
    plain = [replace(each, origin=None) for each in content(design, model).values()]
    design = design.changed((), plain)
    table = next(each for each in design.of(Table) if each.name == "customers")
    return design.changed((), [replace(table, name="Customer")]), model


def test_alike_names_are_only_taken_when_asked() -> None:
    design, model = imported()
    plain = apply(design, adopt(design, model, LOGICAL, seeded_ids("x"), settings=Settings()).change)
    table = next(each for each in plain.of(Table) if each.name == "Customer")
    assert table.origin is None
    made = adopt(design, model, LOGICAL, seeded_ids("x"), settings=Settings(), by_names=True)
    after = apply(design, made.change)
    assert after[table.id].origin == CUSTOMER
    assert "names are alike" in made.notes[0].message
    columns = after.of(Column, table.id)
    assert all(each.origin for each in columns)


def test_what_cannot_be_adopted_is_refused() -> None:
    shop = Shop()
    with pytest.raises(Refused, match="derived already"):
        adopt(shop.design, shop.models["postgresql"], LOGICAL, shop.ids)
    with pytest.raises(Refused, match="choose one above"):
        adopt(shop.design, LOGICAL, shop.models["postgresql"], shop.ids)


def test_a_released_model_stays_as_it_is() -> None:
    shop = Shop()
    before = content(shop.design, shop.models["postgresql"])
    shop.do(release(shop.design, shop.derivation()))
    assert before.items() <= dict(shop.design).items()
    shop.set(shop.attribute("email"), name="other")
    assert not pending(shop.design)


def test_the_demo_is_in_step_from_the_start() -> None:
    design = demo_design()
    assert len(design.of(Derivation)) == 2
    assert not propagate(design, None, seeded_ids("x")).change
    assert not pending(design)
