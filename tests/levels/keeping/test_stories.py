"""What people see when a change above meets what they decided below."""

from __future__ import annotations

import pytest

from designer.change import apply, invert
from designer.commands.contract import Refused
from designer.levels.contract import Settings
from designer.levels.keeping.decisions import decisions
from designer.levels.keeping.describing import answers, lines, question
from designer.levels.keeping.promoting import promote
from designer.levels.keeping.propagating import in_step, pending, propagate, propose
from designer.levels.keeping.resetting import reset
from designer.levels.keeping.setting import set_up
from designer.schema import (
    Attribute,
    Column,
    Derived,
    Entity,
    ForeignKey,
    Generalization,
    Index,
    IndexPart,
    Key,
    Placement,
    Record,
    Table,
    Use,
    View,
)
from designer.schema.base import Expr
from tests.levels.keeping.shop import CUSTOMER, LOGICAL, ORDER, Shop

PLACES = {"postgresql", "mysql", "sqlite"}


def asked(shop: Shop) -> list[str]:
    return [question(each, conflict) for each in pending(shop.design) for conflict in each.conflicts]


def said(shop: Shop) -> list[str]:
    return [line for each in pending(shop.design) for line in lines(each)]


def update(shop: Shop, **choices: str) -> str:
    settled = (
        {
            each.derivation: dict.fromkeys((c.key for c in each.conflicts), choices["all"])
            for each in pending(shop.design)
        }
        if choices
        else None
    )
    return shop.do(propagate(shop.design, settled, shop.ids)).label


def test_one_attribute_updates_three_databases_in_one_edit() -> None:
    shop = Shop("postgresql", "mysql", "sqlite")
    shop.set(shop.attribute("email"), name="email address", type="string(255)")
    assert said(shop)[:2] == [
        "column email of customers becomes email_address",
        "column email of customers: type varchar(100) → varchar(255)",
    ]
    before = shop.design
    made = shop.do(propagate(before, None, shop.ids))
    assert made.label == (
        "Bring Shop on PostgreSQL, Shop on MySQL and Shop on SQLite into step with Shop, logical: 1 attribute changed"
    )
    assert all("email_address" in shop.columns("customers", target) for target in PLACES)
    assert all(in_step(shop.design, shop.derivation(target)) for target in PLACES)
    assert apply(shop.design, invert(made.change)) == before


def test_a_rename_here_and_a_type_above_both_hold() -> None:
    shop = Shop()
    shop.set(shop.column("customers", "email"), name="mail")
    shop.set(shop.attribute("email"), type="string(255)")
    assert not asked(shop)
    update(shop)
    assert shop.column("customers", "mail").type == "varchar(255)"


def test_two_renames_are_a_question() -> None:
    shop = Shop()
    shop.set(shop.column("customers", "email"), name="mail")
    shop.set(shop.attribute("email"), name="address")
    assert asked(shop) == ["column mail of customers: name is mail here, and address above; it was email"]
    conflict = pending(shop.design)[0].conflicts[0]
    assert answers(conflict)["ours"] == "keep what is here"
    update(shop)
    assert "mail" in shop.columns("customers") and not asked(shop)
    shop.set(shop.attribute("address"), name="post")
    update(shop, all="theirs")
    assert "post" in shop.columns("customers")


def test_what_is_put_off_is_asked_again() -> None:
    shop = Shop()
    shop.set(shop.column("customers", "email"), name="mail")
    shop.set(shop.attribute("email"), name="address", type="text")
    update(shop, all="later")
    assert shop.column("customers", "mail").type == "text"
    assert len(asked(shop)) == 1
    update(shop, all="theirs")
    assert "address" in shop.columns("customers") and not pending(shop.design)


def test_names_that_follow_come_along_unless_they_were_renamed() -> None:
    shop = Shop()
    key = next(each for each in shop.design.of(ForeignKey))
    shop.set(next(each for each in shop.design.of(Key) if "customers" in each.name and each.primary), name="mine")
    shop.set(shop.design[CUSTOMER], name="Client")
    update(shop)
    assert shop.table("clients") and "client_id" in shop.columns("orders")
    assert "client" in shop.design[key.id].name and "mine" in {each.name for each in shop.design.of(Key)}


def test_what_was_dropped_here_stays_dropped() -> None:
    shop = Shop()
    shop.put(gone=(shop.column("customers", "fax").id,))
    shop.set(shop.attribute("fax"), name="telefax", type="text")
    assert not pending(shop.design)
    assert [note.code for note in propose(shop.design, shop.derivation()).notes].count("stays-dropped") == 1
    update(shop)
    assert shop.columns("customers") == ["id", "number", "email"]


def index_on(shop: Shop, column: Column) -> Index:
    made = Index(id=shop.ids(), parent=column.parent, name="idx_mine", parts=(IndexPart(column=column.id),))
    shop.put(made)
    return made


def test_a_drop_above_of_what_is_used_here_is_a_question_and_no_cascade() -> None:
    shop = Shop()
    index = index_on(shop, shop.column("customers", "fax"))
    shop.put(gone=("fax00000",))
    assert asked(shop) == ["column fax of customers is gone above, but used by index idx_mine of customers here"]
    kept = Shop.__new__(Shop)
    kept.__dict__ = dict(shop.__dict__)
    update(kept)
    assert index.id in kept.design and "fax" in kept.columns("customers") and not pending(kept.design)
    update(shop, all="theirs")
    assert index.id not in shop.design and "fax" not in shop.columns("customers") and not pending(shop.design)


def test_a_view_keeps_its_table() -> None:
    shop = Shop()
    table = shop.table("orders")
    text = "SELECT * FROM orders"
    shop.put(
        View(
            id="view0000",
            parent=table.parent,
            name="recent",
            query=Expr(text, (Use(14, 20, table.id),)),
            depends_on=(table.id,),
        )
    )
    shop.put(gone=(ORDER,))
    assert asked(shop) == ["table orders is gone above, but used by view recent here"]
    update(shop)
    assert shop.columns("orders") == ["id", "customer_id", "placed_on"]


def test_a_table_that_nobody_built_on_goes_with_its_entity() -> None:
    shop = Shop()
    shop.put(gone=(ORDER,))
    assert said(shop) == ["dropped: table orders with 3 columns"]
    update(shop)
    assert {each.name for each in shop.design.of(Table)} == {"customers"}
    assert {each.element for each in shop.design.of(Placement)} == {CUSTOMER, shop.table("customers").id}


def test_local_columns_and_order_stay() -> None:
    shop = Shop()
    shop.put(Column(id="extra000", parent=shop.table("customers").id, name="score", type="integer", order="0"))
    shop.set(shop.column("customers", "fax"), order="01")
    shop.put(Attribute(id="phone000", parent=CUSTOMER, name="phone", type="string(30)", order="bb"))
    before = shop.columns("customers")
    assert before[:2] == ["score", "fax"]
    update(shop)
    assert [each for each in shop.columns("customers") if each != "phone"] == before
    assert shop.columns("customers").index("phone") == shop.columns("customers").index("email") + 1


def test_the_same_thing_added_on_both_levels_is_one() -> None:
    shop = Shop()
    shop.put(Column(id="phone111", parent=shop.table("customers").id, name="phone", type="varchar(40)", order="z"))
    shop.put(Attribute(id="phone000", parent=CUSTOMER, name="phone", type="string(30)", order="d"))
    assert len(asked(shop)) >= 1 and "type is varchar(40) here, and varchar(30) above" in asked(shop)[-1]
    update(shop)
    assert shop.columns("customers").count("phone") == 1
    assert shop.design["phone111"].origin == "phone000" and shop.design["phone111"].type == "varchar(40)"
    shop.set(shop.attribute("phone"), comment="To call.")
    update(shop)
    assert shop.design["phone111"].comment == "To call."


def test_names_that_two_things_got_are_kept_apart() -> None:
    shop = Shop()
    shop.set(shop.column("customers", "fax"), name="phone")
    shop.put(Attribute(id="phone000", parent=CUSTOMER, name="phone", type="string(30)", order="d"))
    assert any("got this name" in each for each in asked(shop))
    update(shop)
    assert {"phone", "phone_2"} <= set(shop.columns("customers")) and not pending(shop.design)


def test_new_tables_come_onto_the_diagrams_and_nothing_moves() -> None:
    shop = Shop()
    before = {each.id: each for each in shop.design.of(Placement)}
    shop.put(Entity(id="invoice0", parent=LOGICAL, name="Invoice", order="c"))
    update(shop)
    after = {each.id: each for each in shop.design.of(Placement)}
    assert before.items() <= after.items()
    assert shop.table("invoices").id in {each.element for each in after.values()}


def test_a_column_is_promoted_and_offered_to_the_other_databases() -> None:
    shop = Shop("postgresql", "mysql")
    shop.put(
        Column(
            id="phone111", parent=shop.table("customers").id, name="mobile_phone", type="varchar(40)", comment="To call.",
            pii="phone", nullable=False, order="z",
        )
    )  # fmt: skip
    made = shop.do(promote(shop.design, ["phone111"], shop.ids))
    assert made.label == "Promote customers.mobile_phone to Shop, logical"
    attribute = shop.attribute("mobile phone")
    assert (attribute.type, attribute.optional, attribute.comment, attribute.pii) == (
        "string(40)",
        False,
        "To call.",
        "phone",
    )
    assert in_step(shop.design, shop.derivation("postgresql"))
    assert said(shop) == ["new: column mobile_phone of customers"]
    update(shop)
    assert "mobile_phone" in shop.columns("customers", "mysql")


def test_a_table_is_promoted_with_what_it_refers_to() -> None:
    shop = Shop("postgresql", "mysql")
    table = Table(id="claims00", parent=shop.table("orders").parent, name="claims")
    parts: list[Record] = [
        Column(id="claimId0", parent="claims00", name="id", type="bigint", identity="always", nullable=False, order="a"),
        Column(id="claimOn0", parent="claims00", name="raised_on", type="date", nullable=False, order="b"),
        Column(id="claimOf0", parent="claims00", name="order_id", type="bigint", nullable=False, order="c"),
        Key(id="claimKey", parent="claims00", primary=True, columns=("claimId0",)),
        ForeignKey(
            id="claimRef", parent="claims00", name="fk_claims_orders", columns=("claimOf0",),
            ref_table=shop.table("orders").id, ref_columns=(shop.column("orders", "id").id,),
        ),
    ]  # fmt: skip
    shop.put(table, *parts)
    shop.do(promote(shop.design, ["claims00"], shop.ids))
    assert in_step(shop.design, shop.derivation("postgresql"))
    update(shop)
    assert shop.columns("claims", "mysql") == ["id", "order_id", "raised_on"]
    assert shop.design["claimRef"].origin is not None


@pytest.mark.parametrize("which", ["index", "derived"])
def test_what_has_no_place_above_is_refused(which: str) -> None:
    shop = Shop()
    column = shop.column("customers", "fax")
    chosen = index_on(shop, column) if which == "index" else column
    with pytest.raises(Refused, match="no place above" if which == "index" else "derived from above already"):
        promote(shop.design, [chosen.id], shop.ids)


def test_an_element_is_given_back() -> None:
    shop = Shop()
    column = shop.column("customers", "fax")
    shop.set(column, name="facsimile", type="text")
    shop.put(gone=(shop.column("customers", "email").id,))
    shop.do(reset(shop.design, shop.derivation(), [column.id], ["name"]))
    assert (shop.column("customers", "fax").name, shop.column("customers", "fax").type) == ("fax", "text")
    shop.do(reset(shop.design, shop.derivation(), [shop.table("customers").id]))
    assert shop.columns("customers") == ["id", "number", "email", "fax"]
    assert not decisions(shop.design, shop.design[shop.derivation()])
    with pytest.raises(Refused, match="nothing to give back"):
        reset(shop.design, shop.derivation(), [column.id])


def test_options_change_the_model_and_back() -> None:
    shop = Shop()
    before = shop.design
    index_on(shop, shop.column("customers", "fax"))
    made = shop.do(
        set_up(shop.design, shop.derivation(), shop.ids, options={"plural": "singular", "audit": "timestamps"})
    )
    assert made.label == "Derive Shop on PostgreSQL with tables are named in the singular, audit columns timestamps"
    assert "created_at" in shop.columns("customer")
    shop.do(set_up(shop.design, shop.derivation(), shop.ids, options={"plural": "", "audit": "none"}))
    shop.put(gone=tuple(each.id for each in shop.design.of(Index) if each.name == "idx_mine"))
    assert shop.design == before
    with pytest.raises(Refused, match="is one of"):
        set_up(shop.design, shop.derivation(), shop.ids, options={"plural": "dual"})


def test_a_choice_for_one_element() -> None:
    shop = Shop(settings=Settings({"keys": "surrogate"}))
    shop.do(
        set_up(
            shop.design, shop.derivation(), shop.ids, choices={(CUSTOMER, "key"): "natural"}, by="Ada", on="2026-11-22"
        )
    )
    assert shop.columns("customers") == ["number", "email", "fax"]
    shop.do(set_up(shop.design, shop.derivation(), shop.ids, choices={(CUSTOMER, "key"): ""}))
    assert shop.columns("customers") == ["id", "number", "email", "fax"]


def test_the_base_is_one_record_for_each_table() -> None:
    shop = Shop()
    tables = {each.id for each in shop.design.of(Table)}
    assert tables <= {each.about for each in shop.design.of(Derived)}
    before = {each.id: each for each in shop.design.of(Derived)}
    shop.set(shop.attribute("email"), comment="Other words.")
    update(shop)
    assert sum(before[each.id] != each for each in shop.design.of(Derived)) == 1


def test_an_index_goes_along_where_its_column_goes() -> None:
    shop = Shop()
    shop.put(
        Entity(id="reader00", parent=LOGICAL, name="Reader", order="c"),
        Attribute(id="level000", parent="reader00", name="level", type="integer", order="a"),
        Generalization(id="kinds000", parent=LOGICAL, supertype=CUSTOMER, subtypes=("reader00",)),
    )
    update(shop)
    index = index_on(shop, shop.column("readers", "level"))
    shop.do(set_up(shop.design, shop.derivation(), shop.ids, choices={("kinds000", "subtypes"): "single"}))
    assert {each.name for each in shop.design.of(Table)} == {"customers", "orders"}
    assert shop.design[index.id].parent == shop.table("customers").id
    assert "level" in shop.columns("customers")


def test_what_a_newer_program_wrote_does_no_harm() -> None:
    shop = Shop()
    derivation = shop.design[shop.derivation()]
    shop.set(derivation, options={"weather": "fine", "plural": "dual"})
    assert not pending(shop.design)
    book = shop.design.of(Derived)[0]
    shop.set(book, base={**book.base, "strange0": "no record"})
    update(shop)
    assert "strange0" not in shop.design[book.id].base
    shop.set(shop.design[shop.models["postgresql"]], target="a database of tomorrow")
    shop.set(shop.attribute("email"), name="mail")
    assert not pending(shop.design)
