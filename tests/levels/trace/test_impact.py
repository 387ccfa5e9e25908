"""What a drop, another type or another name would do, and that the report agrees with the edit."""

from __future__ import annotations

import pytest

from designer.change import Change, apply, complete
from designer.commands import edit
from designer.levels.tracing.impact import BREAKS, CHANGES, DROP, GOES, LOOK, NAME, RENAME, TYPE, Impact, impact
from designer.schema import (
    Column,
    Derivation,
    Design,
    Deviation,
    EnumType,
    Expr,
    Model,
    Policy,
    Routine,
    Table,
    Use,
    kind_of,
)  # fmt: skip
from designer.schema.kinds import PICTURE_KINDS
from tests.levels.trace.shop import shop

NO_ELEMENTS = PICTURE_KINDS | {"model"}
OF_A_DIAGRAM = sorted(record.id for record in shop().records() if kind_of(record) not in NO_ELEMENTS)


def said(found: Impact) -> dict[str, str]:
    return {each.id: each.severity for each in found.touched}


def test_dropping_an_attribute_names_everything_on_every_level() -> None:
    found = impact(shop(), "con.city")
    assert said(found) == {
        "log.city": GOES,
        "pg.city": GOES,
        "lite.city": GOES,
        "pg.cities": BREAKS,
        "pg.few_cities": BREAKS,
        "con.rule": LOOK,
        "pg.f": LOOK,
        "pg.diagram": NAME,
    }
    later = {each.id for each in found.touched if each.later}
    assert later == {"log.city", "pg.city", "lite.city"}
    assert found.exports == ("con", "log", "pg", "lite")


def test_dropping_a_key_reaches_the_references_of_both_databases() -> None:
    found = said(impact(shop(), "log.email"))
    assert found["log.by_email"] == found["pg.pk_customers"] == found["lite.pk_customers"] == GOES
    assert found["pg.fk"] == found["lite.fk"] == GOES
    assert found["pg.customer_email"] == found["lite.customer_email"] == LOOK
    assert found["log.pattern"] == LOOK
    assert "pg.number" not in found
    assert "con.email" not in found


def test_the_reason_names_what_is_gone() -> None:
    found = {each.id: each.why for each in impact(shop(), "pg.email").touched}
    assert found["pg.pk_customers"] == "made of customers.email"
    assert found["pg.fk"] == "refers to customers.email"
    assert found["pg.customer_email"] == "refers to customers.email"


@pytest.mark.parametrize("element", OF_A_DIAGRAM)
def test_what_goes_in_its_own_model_is_what_the_edit_takes_along(element: str) -> None:
    design = shop()
    cascade = complete(design, Change(removed={element: design[element]})).change
    found = impact(design, element, DROP)
    gone = {each.id for each in found.of(GOES) if not each.later}
    wanted = {each for each in cascade.removed if kind_of(design[each]) not in PICTURE_KINDS} - {element}
    assert wanted <= gone | {each.id for each in found.of(GOES)}
    named = {each.id for each in found.touched}
    changed = {each for each, fields in cascade.changed.items() if set(fields) != {"origin"}}
    assert changed <= named


def test_what_is_derived_without_anybody_keeping_it_in_step_is_only_asked_about() -> None:
    design = shop()
    loose = apply(design, edit.delete(design, ["pg.derivation"]).change)
    found = said(impact(loose, "log.city"))
    assert found["pg.city"] == LOOK
    assert found["lite.city"] == GOES


def test_another_type_of_a_domain_reaches_columns_and_checks() -> None:
    found = impact(shop(), "con.money", TYPE)
    assert {each.id for each in found.of(CHANGES)} == {
        "con.total", "log.money", "log.total", "pg.total", "lite.total", "pg.chk", "lite.chk",
    }  # fmt: skip


def test_another_type_of_a_key_reaches_the_other_side_of_references() -> None:
    found = impact(shop(), "log.email", TYPE)
    severity = said(found)
    assert severity["pg.email"] == severity["pg.customer_email"] == severity["lite.customer_email"] == CHANGES
    assert severity["pg.fk"] == CHANGES
    assert severity["pg.idx"] == severity["pg.pk_customers"] == CHANGES
    by_hand = said(impact(apply(shop(), edit.delete(shop(), ["pg.derivation"]).change), "pg.email", TYPE))
    assert (by_hand["pg.customer_email"], by_hand["pg.fk"]) == (LOOK, BREAKS)


def test_a_view_stands_in_the_way_of_a_type_only_where_the_server_says_so() -> None:
    assert said(impact(shop(), "pg.city", TYPE))["pg.cities"] == BREAKS
    design = shop()
    moved = apply(design, edit.set_fields(design, "pg", {"target": "mysql"}).change)
    assert said(impact(moved, "pg.city", TYPE))["pg.cities"] == LOOK


def test_a_name_is_only_a_name() -> None:
    found = impact(shop(), "log.email", RENAME)
    severity = said(found)
    assert severity["pg.email"] == severity["lite.email"] == NAME
    assert severity["pg.customer_email"] == severity["pg.idx"] == NAME
    assert not found.of(GOES)
    assert not found.of(BREAKS)


def test_a_view_is_written_with_the_new_name_and_a_body_nobody_read_is_not() -> None:
    found = said(impact(shop(), "pg.city", RENAME))
    assert found["pg.cities"] == NAME
    assert found["pg.f"] == LOOK


def test_a_term_that_has_the_old_name_is_to_be_looked_at() -> None:
    assert said(impact(shop(), "con.customer", RENAME))["con.term"] == LOOK


def test_dropping_what_keeps_a_deviation_true_breaks_it() -> None:
    design = shop()
    marked = apply(design, Change(added={"d": Deviation(
        id="d", parent="pg.extra", deviation="counter_cache", reason="fast", kept_by=("pg.trigger",), sources=("pg.city",),
    )}))  # fmt: skip
    assert said(impact(marked, "pg.trigger"))["d"] == BREAKS
    assert said(impact(marked, "pg.city"))["d"] == LOOK
    assert said(impact(marked, "pg.extra"))["d"] == GOES


def test_defaults_generated_columns_policies_and_enums() -> None:
    text = Expr("a * 2", (Use(0, 1, "a"),))
    design = Design([
        Model(id="m", target="postgresql"), Table(id="t", parent="m", name="t"),
        EnumType(id="mood", parent="m", name="mood", values=("x",)),
        Column(id="a", parent="t", name="a", type="int"),
        Column(id="b", parent="t", name="b", type="int", generated=text, generated_kind="stored"),
        Column(id="c", parent="t", name="c", type="mood", type_ref="mood"),
        Policy(id="p", parent="t", name="p", using=Expr("a > 1", (Use(0, 1, "a"),))),
        Routine(id="r", parent="m", name="r", text=Expr("x")),
    ])  # fmt: skip
    assert said(impact(design, "a")) == {"b": BREAKS, "p": BREAKS}
    assert said(impact(design, "a", TYPE)) == {"b": BREAKS, "p": BREAKS}
    assert said(impact(design, "a", RENAME)) == {"b": NAME, "p": NAME}
    assert said(impact(design, "mood")) == {"c": BREAKS}
    assert said(impact(design, "mood", TYPE))["c"] in (CHANGES, LOOK)


def test_wrong_questions_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="a table has no type"):
        impact(shop(), "pg.orders", TYPE)
    with pytest.raises(ValueError, match="drop, type or rename"):
        impact(shop(), "pg.orders", "burn")
    with pytest.raises(KeyError):
        impact(shop(), "nothing")


def test_a_derivation_of_another_model_does_not_count() -> None:
    design = shop()
    other = apply(design, Change(changed={"pg.derivation": {"source": ("log", "con")}}))
    assert isinstance(other["pg.derivation"], Derivation)
    assert said(impact(other, "log.city"))["pg.city"] == LOOK
