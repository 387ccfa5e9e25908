"""What identifies rows: keys of their own, identifiers, keys of owners; and what happens where nothing can."""

from __future__ import annotations

import msgspec
import pytest

from designer.schema import Column, Identifier, Key, Model
from tests.levels.logical.drawn import Drawn
from tests.levels.physical.tables_of import derived


def _shop() -> Drawn:
    drawn = Drawn()
    drawn.entity("Customer", "customer no", has="name, phone optional")
    drawn.entity("Order", "number")
    drawn.entity("Order line", "line no", nature="weak", has="quantity")
    drawn.verb("places", "Customer 1..1", "Order 0..N")
    owns = drawn.verb("has", "Order 1..1 *", "Order_line 0..N")
    _through(drawn, "OrderLineKEY", owns)
    return drawn


def _through(drawn: Drawn, identifier: str, relationship: str) -> None:
    """Let a relationship take part in an identifier."""
    drawn.records[identifier] = msgspec.structs.replace(drawn.records[identifier], relationships=(relationship,))


def test_a_strong_entity_has_a_key_of_its_own_and_its_identifier_is_unique():
    found = derived(_shop())
    assert found.columns("customers") == "id, customer_no, name, phone?"
    assert found.keys("customers") == ["id", "customer_no"]
    assert found.column("customers.id").identity == "always"


@pytest.mark.parametrize(
    ("target", "raw", "identity"),
    [("postgresql", "bigint", "always"), ("mysql", "bigint", "auto_increment"),
     ("mariadb", "bigint", "auto_increment"), ("sqlite", "INTEGER", "")],
)  # fmt: skip
def test_each_database_counts_up_in_its_way_and_references_only_hold_the_number(target: str, raw: str, identity: str):
    found = derived(_shop(), target)
    key, reference = found.column("customers.id"), found.column("orders.customer_id")
    assert (key.type, key.identity) == (raw, identity)
    assert (reference.type, reference.identity, reference.default) == (raw, "", None)


@pytest.mark.parametrize(
    ("target", "version", "call", "noted"),
    [("postgresql", "18", "uuidv7()", False), ("postgresql", "15", "gen_random_uuid()", True),
     ("mariadb", "11.7", "uuid_v7()", False), ("mysql", "8.4", "(uuid())", True), ("sqlite", "3", "randomblob", True)],
)  # fmt: skip
def test_a_uuid_sorts_by_time_where_the_database_can_make_such(target: str, version: str, call: str, noted: bool):
    found = derived(_shop(), target, {"surrogate": "uuid7"}, version=version)
    default = found.column("customers.id").default
    assert default is not None and call in default.text
    assert found.column("orders.customer_id").default is None
    assert ("uuid-not-sorted" in found.codes()) is noted


def test_natural_keys_travel_into_references_with_their_types():
    found = derived(_shop(), options={"keys": "natural"})
    assert found.keys("customers") == ["customer_no"]
    assert found.references("orders") == ["customer_no -> customers (customer_no)"]
    assert found.column("orders.customer_no").type == found.column("customers.customer_no").type


def test_the_key_of_the_owner_comes_first_in_a_weak_entity():
    found = derived(_shop())
    assert found.keys("order_lines") == ["order_id, line_no"]
    assert found.references("order_lines") == ["order_id -> orders (id) cascade"]
    assert found.indexes("order_lines") == []
    own = derived(_shop(), options={"dependent_keys": "surrogate"})
    assert own.keys("order_lines") == ["id", "order_id, line_no"]


def test_a_choice_for_one_entity_goes_before_the_option():
    drawn = _shop()
    other = drawn.put(Identifier(id="CustomerALSO", parent="Customer", attributes=("CustomerName",)))
    found = derived(drawn, choices={("Customer", "key"): other})
    assert found.keys("customers") == ["name", "customer_no"]
    found = derived(drawn, options={"keys": "natural"}, choices={("Customer", "key"): "surrogate"})
    assert found.keys("customers") == ["id", "customer_no", "name"]


def test_an_attribute_that_people_use_as_a_key_is_the_key():
    drawn = Drawn()
    drawn.entity("Customer", "customer id", has="name")
    counted = drawn.records["CustomerCustomerId"]
    drawn.records[counted.id] = msgspec.structs.replace(counted, type="bigint")
    found = derived(drawn)
    assert found.keys("customers") == ["customer_id"]
    assert found.column("customers.customer_id").identity == "always"
    assert found.column("customers.customer_id").origin == "CustomerCustomerId"


def test_what_nothing_identifies_gets_a_key_of_its_own_and_a_note():
    drawn = Drawn()
    drawn.entity("Remark", has="text")
    found = derived(drawn, options={"keys": "natural"})
    assert found.keys("remarks") == ["id"]
    assert "no-identifier" in found.codes()


def test_entities_that_identify_each_other_in_a_circle_get_keys_of_their_own():
    drawn = Drawn()
    for name in ("Egg", "Hen"):
        drawn.entity(name, "no", nature="weak")
    drawn.verb("lays", "Hen 1..1 *", "Egg 0..N")
    drawn.verb("hatches", "Egg 1..1 *", "Hen 0..N")
    for name, verb in (("Eggx", "RLays"), ("Henx", "RHatches")):
        _through(drawn, f"{name}KEY", verb)
    drawn.records["MODL"] = Model(id="MODL", level="logical")
    found = derived(drawn)
    assert "circle" in found.codes()
    assert found.keys("eggs") == ["id", "hen_id, no"]
    assert found.keys("hens") == ["id", "egg_id, no"]


def test_a_long_chain_of_weak_entities_gets_a_key_of_its_own_where_the_target_takes_no_wider_one():
    drawn = Drawn()
    drawn.entity("Level 0", "no")
    for at in range(1, 40):
        drawn.entity(f"Level {at}", "no", nature="weak")
        verb = drawn.verb(f"holds {at}", f"Level_{at - 1} 1..1 *", f"Level_{at} 0..N")
        _through(drawn, f"Level{at}KEY", verb)
    found = derived(drawn, "mariadb", {"keys": "natural"})
    assert "key-too-wide" in found.codes()
    widest = max(len(each.columns) for each in found.design.of(Key))
    assert 10 < widest <= 32
    assert all(column.name for column in found.design.of(Column))


def test_keys_take_no_more_bytes_than_mysql_has_for_them():
    drawn = Drawn()
    drawn.entity("Page", *(f"part {at}" for at in range(6)), has="title")
    for at in range(6):
        part = f"PagePart{at}"
        drawn.records[part] = msgspec.structs.replace(drawn.records[part], type="string(200)")
    assert derived(drawn, "mysql", {"keys": "natural"}).keys("pages") == ["id"]
    found = derived(drawn, "mysql")
    assert found.keys("pages") == ["id"]
    assert "unique-too-wide" in found.codes()
    assert len(derived(drawn).keys("pages")) == 2


@pytest.mark.parametrize(("target", "noted"), [("postgresql", False), ("mysql", True), ("sqlite", True)])
def test_a_counter_that_is_no_key_counts_only_where_it_can(target: str, noted: bool):
    drawn = Drawn()
    drawn.entity("Ticket", "code", has="number")
    drawn.records["TicketNumber"] = msgspec.structs.replace(drawn.records["TicketNumber"], type="serial")
    found = derived(drawn, target)
    assert bool(found.column("tickets.number").identity) is not noted
    assert ("not-counted" in found.codes()) is noted


def test_names_that_people_gave_stay_and_keys_of_their_own_step_aside():
    drawn = Drawn()
    drawn.entity("Instructor", "ID", has="name")
    drawn.entity("Course", "code", has="instructor_id")
    drawn.verb("teaches", "Instructor 1..1", "Course 0..N")
    found = derived(drawn, "mysql", {"dependent_keys": "surrogate"})
    assert found.columns("instructors") == "instructor_id, id, name"
    assert found.keys("instructors") == ["instructor_id", "id"]
    assert found.columns("courses") == "id, teaches_instructor_id, code, instructor_id"
