"""Where models are derived, the report is what the next update does."""

from __future__ import annotations

import pytest

from designer.change import Change, apply, complete
from designer.commands import edit
from designer.commands.contract import replace
from designer.levels.contract import Settings
from designer.levels.keeping.deriving import derive
from designer.levels.keeping.propagating import propagate
from designer.levels.tracing.impact import BREAKS, CHANGES, GOES, LOOK, NAME, RENAME, TYPE, Impact, impact
from designer.schema import Derivation, Design, Expr, IdSource, Model, Named, Use, View, kind_of, seeded_ids
from designer.schema.kinds import BOOKKEEPING_KINDS, PICTURE_KINDS
from tests.levels.trace.shop import shop

QUIET = PICTURE_KINDS | BOOKKEEPING_KINDS | {"derivation", "choice"}


def _derived(design: Design, source: str, ids: IdSource, **target: str) -> tuple[Design, str]:
    made = derive(design, source, ids, settings=Settings(), **target)  # type: ignore[arg-type]
    model = next(each for each in made.made if isinstance(made.change.added[each], Model))
    return apply(design, made.change), model


@pytest.fixture(scope="module")
def derived() -> Design:
    """The concepts of the shop, a logical model of them, and two databases of that."""
    whole = shop()
    ids = seeded_ids("exact")
    design = Design(each for each in whole.records() if each.id.split(".")[0] == "con")
    design, logic = _derived(design, "con", ids, level="logical")
    design, _ = _derived(design, logic, ids, level="physical", target="postgresql")
    design, _ = _derived(design, logic, ids, level="physical", target="sqlite")
    return design


def named(design: Design, found: Impact, severity: str) -> set[str]:
    return {record.name for each in found.of(severity) if isinstance(record := design[each.id], Named)}


@pytest.mark.parametrize("element", ["con.city", "con.email", "con.order", "con.places", "con.money", "con.number"])
def test_what_goes_is_what_the_edit_and_the_update_take(derived: Design, element: str) -> None:
    dropped = apply(derived, complete(derived, Change(removed={element: derived[element]})).change)
    after = apply(dropped, propagate(dropped, None, seeded_ids("after")).change)
    gone = {each for each in derived if each not in after and kind_of(derived[each]) not in QUIET} - {element}
    found = impact(derived, element)
    assert {each.id for each in found.of(GOES)} == gone
    assert len(gone) > 1
    changed = {
        record.id for record in derived.records()
        if record.id in after and after[record.id] != record and kind_of(record) not in QUIET
    }  # fmt: skip
    named_too = {each.id for each in found.touched}
    origin_only = {
        each for each in changed
        if derived[each] == replace(after[each], origin=derived[each].origin, order=derived[each].order)
    }  # fmt: skip
    assert changed - origin_only <= named_too


def test_a_rename_reaches_tables_columns_keys_and_references(derived: Design) -> None:
    found = impact(derived, "con.customer", RENAME)
    assert {"customers", "customer_id", "fk_orders_customers"} <= named(derived, found, NAME)
    assert not found.of(GOES)
    assert not found.of(CHANGES)


def test_what_was_renamed_by_hand_keeps_its_name_and_is_asked_about(derived: Design) -> None:
    table = next(each for each in derived.records() if isinstance(each, Named) and each.name == "customers")
    mine = apply(derived, edit.rename(derived, table.id, "clients").change)
    touched = {each.id: each for each in impact(mine, "con.customer", RENAME).touched}
    assert touched[table.id].severity == LOOK
    assert "somebody must decide" in touched[table.id].why


def test_another_type_reaches_the_columns_of_both_databases(derived: Design) -> None:
    found = impact(derived, "con.city", TYPE)
    kinds = [(each.kind, each.later) for each in found.of(CHANGES)]
    assert kinds.count(("column", True)) == 2
    assert kinds.count(("attribute", True)) == 1


def test_a_view_over_a_derived_column_breaks_with_the_concept(derived: Design) -> None:
    city = next(each for each in derived.records() if kind_of(each) == "column" and getattr(each, "name", "") == "city")
    model = derived.model_of(city)
    assert model is not None
    view = View(id="view", parent=model.id, name="cities", query=Expr("SELECT city", (Use(7, 11, city.id),)))
    mine = derived.changed((), [view])
    assert [each.id for each in impact(mine, "con.city").of(BREAKS)] == ["view"]


def test_what_waits_already_is_no_part_of_the_answer(derived: Design) -> None:
    ahead = apply(derived, edit.rename(derived, "con.order", "Purchase").change)
    found = impact(ahead, "con.city")
    assert named(ahead, found, NAME).isdisjoint({"orders"})
    assert {"city"} == named(ahead, found, GOES)


def test_without_derivations_the_trace_answers(derived: Design) -> None:
    ended = apply(derived, edit.delete(derived, [each.id for each in derived.of(Derivation)]).change)
    assert {each.severity for each in impact(ended, "con.city").touched if each.kind in ("attribute", "column")} == {
        LOOK
    }
