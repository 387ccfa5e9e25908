"""What has no origin, and what was never derived."""

from __future__ import annotations

from designer.change import Change, apply
from designer.commands import edit
from designer.levels.tracing.coverage import MEANT, MISSING, coverage
from designer.schema import Attribute, Choice, Column, Design, Deviation, Entity, Model, Table
from tests.levels.trace.shop import shop


def test_what_people_made_below_is_listed_with_its_share() -> None:
    found = coverage(shop())
    sides = {side.model: side for side in found.without_origin}
    assert [each.id for each in sides["pg"].of(MISSING)] == ["pg.cities", "pg.few_cities", "pg.extra"]
    assert sides["pg"].percent == int(100 * (len(sides["pg"].items) - 3) / len(sides["pg"].items))
    assert sides["lite"].percent == sides["log"].percent == 100
    assert sides["lite"].derivation == "lite.derivation"


def test_a_deviation_explains_what_is_there() -> None:
    design = shop()
    word = Deviation(id="d", parent="pg.extra", deviation="counter_cache", reason="a million reads a day")
    side = next(
        each for each in coverage(apply(design, Change(added={"d": word}))).without_origin if each.model == "pg"
    )
    assert [(each.id, each.why) for each in side.of(MEANT)] == [("pg.extra", "a million reads a day")]


def test_parts_of_what_is_missing_are_left_to_it() -> None:
    design = shop().changed((), [
        Table(id="pg.t", parent="pg", name="spare"), Column(id="pg.c", parent="pg.t", name="id"),
    ])  # fmt: skip
    side = next(each for each in coverage(design).without_origin if each.model == "pg")
    assert "pg.t" in [each.id for each in side.of(MISSING)]
    assert "pg.c" not in [each.id for each in side.of(MISSING)]
    assert side.counts[MISSING] == 5


def test_what_was_never_derived_and_why() -> None:
    design = shop().changed((), [
        Entity(id="log.new", parent="log", name="Voucher"), Attribute(id="log.code", parent="log.new", name="code"),
        Entity(id="log.not", parent="log", name="Analyst"), Attribute(id="log.who", parent="log.not", name="who"),
        Attribute(id="log.age", parent="log.customer", name="age", derived=True),
        Choice(id="ch", parent="pg.derivation", element="log.not", topic="derive", value="no", reason="only in words"),
    ])  # fmt: skip
    side = next(each for each in coverage(design).never_derived if each.model == "log")
    assert [each.id for each in side.of(MISSING)] == ["log.new"]
    assert {each.id: each.why for each in side.of(MEANT)} == {
        "log.not": "only in words", "log.who": "only in words", "log.age": "it is computed from others",
    }  # fmt: skip


def test_a_composite_is_covered_by_its_parts() -> None:
    design = shop().changed((), [
        Attribute(id="log.addr", parent="log.customer", name="address"),
        Attribute(id="log.street", parent="log.addr", name="street"),
        Column(id="pg.street", parent="pg.customers", name="address_street", origin="log.street"),
    ])  # fmt: skip
    side = next(each for each in coverage(design).never_derived if each.model == "log")
    assert side.percent == 100


def test_a_design_without_levels_has_nothing_to_cover() -> None:
    found = coverage(Design([Model(id="m", level="physical"), Table(id="t", parent="m", name="t")]))
    assert (found.without_origin, found.never_derived) == ((), ())


def test_a_model_traced_by_hand_counts_without_a_derivation() -> None:
    design = apply(shop(), edit.delete(shop(), ["pg.derivation"]).change)
    side = next(each for each in coverage(design).without_origin if each.model == "pg")
    assert side.derivation is None
    assert side.counts[MISSING] == 3
