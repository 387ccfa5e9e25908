"""Foreign keys: which side holds them, what they are called, what they do on deletion, and how they are kept whole."""

from __future__ import annotations

import pytest

from designer.schema import Arc, Check, ForeignKey, Identifier, Model
from tests.levels.logical.drawn import Drawn
from tests.levels.physical.tables_of import derived


def _two(*ends: str, has: str = "", first: str = "Lecturer", second: str = "Department") -> Drawn:
    drawn = Drawn()
    drawn.entity(first, "no")
    drawn.entity(second, "code", has="title")
    drawn.verb("heads", *ends, has=has)
    return drawn


def test_a_reference_is_mandatory_where_the_parent_is():
    assert derived(_two("Lecturer 1..1", "Department 0..N")).columns("departments") == "id, lecturer_id, code, title"
    assert derived(_two("Lecturer 0..1", "Department 0..N")).columns("departments") == "id, lecturer_id?, code, title"


def test_what_no_foreign_key_can_say_of_the_many_is_noted():
    found = derived(_two("Lecturer 1..1", "Department 1..N"))
    assert "least-not-enforced" in found.codes()
    assert "most-not-enforced" in derived(_two("Lecturer 1..1", "Department 0..3")).codes()


def test_attributes_of_a_relationship_go_to_the_child_and_are_optional_with_it():
    assert (
        derived(_two("Lecturer 1..1", "Department 0..N", has="since")).columns("departments").endswith("title, since")
    )
    assert derived(_two("Lecturer 0..1", "Department 0..N", has="since")).columns("departments").endswith("since?")


def test_one_to_one_is_held_where_it_is_never_empty_and_is_unique():
    found = derived(_two("Lecturer 1..1 head", "Department 0..1"))
    assert found.references("departments") == ["head_id -> lecturers (id)"]
    assert "head_id" in found.keys("departments")
    assert found.indexes("departments") == []


def test_one_to_one_is_held_where_somebody_chose():
    found = derived(_two("Lecturer 1..1", "Department 0..1"), choices={("RHeads", "side"): "Lecturer"})
    assert found.columns("lecturers") == "id, department_id?, no"
    assert found.references("departments") == []


def test_one_to_one_in_one_table():
    both = derived(_two("Lecturer 1..1", "Department 1..1"), choices={("RHeads", "side"): "merge"})
    assert both.columns("lecturers") == "id, no, code, title"
    assert both.keys("lecturers") == ["id", "no", "code"]
    assert [each.name for each in both.design.of(type(both.table("lecturers")))] == ["lecturers"]
    some = derived(_two("Lecturer 1..1", "Department 0..1"), choices={("RHeads", "side"): "merge"})
    assert some.columns("lecturers") == "id, no, code?, title?"
    checks = [each.expr.text for each in some.design.of(Check)]
    assert checks == ["(code IS NULL AND title IS NULL) OR (code IS NOT NULL AND title IS NOT NULL)"]


def test_what_may_stand_without_the_other_is_not_merged():
    found = derived(_two("Lecturer 0..1", "Department 0..1"), choices={("RHeads", "side"): "merge"})
    assert "not-merged" in found.codes()
    assert found.references("departments") == ["lecturer_id -> lecturers (id)"]


def test_several_relationships_of_a_pair_and_with_itself_get_names_of_their_own():
    drawn = Drawn()
    drawn.entity("Address", "no")
    drawn.entity("Order", "number")
    drawn.verb("ships to", "Address 1..1", "Order 0..N")
    drawn.verb("bills to", "Address 0..1", "Order 0..N")
    drawn.verb("replaces", "Order 0..1", "Order 0..N")
    drawn.verb("splits", "Order 0..1 whole", "Order 0..N")
    found = derived(drawn)
    assert found.columns("orders") == "id, address_id, bills_to_address_id?, order_id?, whole_id?, number"
    names = [each.name for each in found.design.of(ForeignKey)]
    assert len(set(names)) == 4


def test_a_role_names_the_column_in_place_of_the_parent():
    drawn = Drawn()
    drawn.entity("Employee", "employee no")
    drawn.verb("manages", "Employee 0..1 manager", "Employee 0..N")
    assert derived(drawn).references("employees") == ["manager_id -> employees (id)"]
    assert derived(drawn, options={"keys": "natural"}).references("employees") == [
        "manager_no -> employees (employee_no)"
    ]
    called = derived(drawn, options={"surrogate_name": "{table}_id"})
    assert called.references("employees") == ["manager_id -> employees (employee_id)"]


def _rooms(least: int = 0) -> Drawn:
    drawn = Drawn()
    drawn.entity("Room", "building", "room no")
    drawn.entity("Visit", "visit no")
    drawn.verb("in", f"Room {least}..1", "Visit 0..N")
    return drawn


def test_a_reference_of_several_columns_is_there_as_a_whole_or_not_at_all():
    found = derived(_rooms(), options={"keys": "natural"})
    assert found.references("visits") == ["room_building, room_no -> rooms (building, room_no)"]
    assert found.design.of(ForeignKey)[0].match == "full"
    elsewhere = derived(_rooms(), "mysql", {"keys": "natural"})
    assert elsewhere.design.of(ForeignKey)[0].match == ""
    assert [each.expr.text for each in elsewhere.design.of(Check)] == [
        "(room_building IS NULL AND room_no IS NULL) OR (room_building IS NOT NULL AND room_no IS NOT NULL)"
    ]
    assert not derived(_rooms(1), "mysql", {"keys": "natural"}).design.of(Check)


@pytest.mark.parametrize(
    ("least", "option", "choice", "action"),
    [(0, "no action", "", ""), (0, "restrict", "", "restrict"), (0, "set null", "", "set null"),
     (1, "set null", "", ""), (0, "no action", "cascade", "cascade"), (1, "no action", "set null", "")],
)  # fmt: skip
def test_what_happens_on_deletion_and_nothing_is_emptied_that_may_not_be(
    least: int, option: str, choice: str, action: str
):
    found = derived(
        _two(f"Lecturer {least}..1", "Department 0..N"), options={"reference_delete": option},
        choices={("RHeads", "delete"): choice},
    )  # fmt: skip
    assert found.design.of(ForeignKey)[0].on_delete == action
    assert ("set-null-not-possible" in found.codes()) is (choice == "set null")


def _payment(mandatory: bool) -> Drawn:
    drawn = Drawn()
    for name in ("Order", "Invoice"):
        drawn.entity(name, "no")
    drawn.entity("Payment", "number")
    pays = [drawn.verb(f"pays {name}", f"{name} 1..1", "Payment 0..N") for name in ("Order", "Invoice")]
    drawn.put(Arc(id="ARCX", parent="Payment", relationships=tuple(pays), mandatory=mandatory))
    return drawn


@pytest.mark.parametrize(("mandatory", "end"), [(True, " = 1"), (False, " <= 1")])
def test_of_exclusive_references_one_is_given(mandatory: bool, end: str):
    found = derived(_payment(mandatory))
    assert found.columns("payments") == "id, order_id?, invoice_id?, number"
    check = found.design.of(Check)[0]
    assert check.expr.text.startswith("CASE WHEN order_id IS NULL THEN 0 ELSE 1 END + CASE")
    assert check.expr.text.endswith(end)
    assert check.origin == "ARCX"


def test_mysql_does_not_empty_what_a_check_speaks_of():
    found = derived(_payment(mandatory=True), "mysql", {"reference_delete": "set null"})
    assert [each.on_delete for each in found.design.of(ForeignKey)] == ["", ""]
    assert [each.on_delete for each in derived(_payment(mandatory=True), options={"reference_delete": "set null"})
            .design.of(ForeignKey)] == ["set null", "set null"]  # fmt: skip


def test_keys_that_came_over_two_ways_are_kept_apart():
    """A diamond: the reservation's room and its guest are each of a hotel, and nothing says of the same one."""
    drawn = Drawn()
    drawn.records["MODL"] = Model(id="MODL", level="logical")
    drawn.entity("Hotel", "code")
    for name, verb in (("Room", "has"), ("Guest", "knows")):
        drawn.entity(name, nature="weak", has="no")
        owner = drawn.verb(verb, "Hotel 1..1 *", f"{name} 0..N")
        drawn.put(Identifier(id=f"{name}KEY", parent=name.ljust(4, "x"), primary=True, attributes=(name + "Noxx",),
                             relationships=(owner,)))  # fmt: skip
    drawn.entity("Stay", nature="associative")
    links = (drawn.verb("of", "Room 1..1 *", "Stay 0..N"), drawn.verb("by", "Guest 1..1 *", "Stay 0..N"))
    drawn.put(Identifier(id="StayKEY", parent="Stay", primary=True, relationships=links))
    found = derived(drawn, options={"keys": "natural"})
    assert found.keys("stays") == ["hotel_code, room_no, guest_hotel_code, guest_no"]
    assert found.references("stays") == [
        "guest_hotel_code, guest_no -> guests (hotel_code, no) cascade",
        "hotel_code, room_no -> rooms (hotel_code, no) cascade",
    ]
    assert "keys-apart" in found.codes()


def test_circles_of_mandatory_references_wait_until_commit_where_they_can():
    drawn = _two("Lecturer 1..1 head", "Department 0..1")
    drawn.verb("works for", "Department 1..1", "Lecturer 0..N")
    for target in ("postgresql", "sqlite"):
        found = derived(drawn, target)
        assert sorted(each.deferred for each in found.design.of(ForeignKey)) == [False, True]
        assert "checked-at-commit" in found.codes()
    elsewhere = derived(drawn, "mysql")
    assert not any(each.deferred for each in elsewhere.design.of(ForeignKey))
    assert "circle-of-mandatory" in elsewhere.codes()


def test_an_entity_that_is_left_out_takes_its_references_along():
    found = derived(_two("Lecturer 1..1", "Department 0..N"), choices={("Lecturer", "derive"): "no"})
    assert found.columns("departments") == "id, code, title"
    assert {"left-out", "link-left-out"} <= found.codes()
