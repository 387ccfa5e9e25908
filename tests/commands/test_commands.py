"""Commands: what people do to a design, with the cascades that follow and the sentences that refuse."""

from __future__ import annotations

import pytest

from designer.change import apply, dangling, invert
from designer.commands import Edit, Refused
from designer.commands import checks as check_commands
from designer.commands import columns as column_commands
from designer.commands import diagrams as diagram_commands
from designer.commands import edit as edit_commands
from designer.commands import foreign_keys as fk_commands
from designer.commands import indexes as index_commands
from designer.commands import keys as key_commands
from designer.commands import tables as table_commands
from designer.demo import demo_design
from designer.dialects.registry import get as dialect_of
from designer.schema import (
    Check,
    Column,
    Design,
    Diagram,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Model,
    Placement,
    Table,
    View,
    first_physical,
    new_id,
)
from designer.schema.expressions import render


@pytest.fixture(scope="module")
def demo() -> Design:
    return demo_design()


def table(design: Design, name: str) -> Table:
    return next(each for each in design.of(Table) if each.name == name)


def column(design: Design, table_name: str, name: str) -> Column:
    return next(each for each in design.of(Column, table(design, table_name).id) if each.name == name)


def done(design: Design, edit: Edit) -> Design:
    """Apply an edit, and hold it to what every edit keeps: nothing dangles, and it can be undone."""
    after = apply(design, edit.change)
    assert not dangling(after)
    assert apply(after, invert(edit.change)) == design
    assert edit.label
    return after


def test_rename_column_is_one_field_and_expressions_follow(demo: Design) -> None:
    rating = column(demo, "reviews", "rating")
    edit = edit_commands.rename(demo, rating.id, "stars")
    assert {each: set(fields) for each, fields in edit.change.changed.items()} == {rating.id: {"name"}}
    assert edit.label == "Rename column reviews.rating to stars"
    after = done(demo, edit)
    check = next(each for each in after.of(Check) if each.name == "chk_reviews_rating")
    dialect = dialect_of("postgresql")
    assert render(check.expr, after, dialect.quote, dialect.unquote) == "stars BETWEEN 1 AND 5"


@pytest.mark.parametrize(("name", "words"), [("", "empty"), ("   ", "empty"), ("title", "already"), ("a\x00b", "NUL")])
def test_rename_refuses(demo: Design, name: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        edit_commands.rename(demo, column(demo, "reviews", "rating").id, name)


def test_delete_table_takes_what_hangs_on_it(demo: Design) -> None:
    customers = table(demo, "customers")
    after = done(demo, edit_commands.delete(demo, [customers.id]))
    assert not [fk for fk in after.of(ForeignKey) if fk.ref_table == customers.id]
    assert not [each for each in after.of(Placement) if each.element == customers.id]
    assert table(after, "orders")


def test_delete_column_takes_keys_indexes_and_checks(demo: Design) -> None:
    placed = column(demo, "orders", "placed_at")
    after = done(demo, edit_commands.delete(demo, [placed.id]))
    names = {index.name for index in after.of(Index)}
    assert {"idx_orders_customer_id", "idx_orders_open"}.isdisjoint(names)
    assert "idx_orders_ship_to_id" in names


def test_delete_refuses_a_model(demo: Design) -> None:
    with pytest.raises(Refused, match="project page"):
        edit_commands.delete(demo, [demo.of(Model)[0].id])


def test_set_fields_refuses_wrong_types_and_unknown_fields(demo: Design) -> None:
    rating = column(demo, "reviews", "rating")
    with pytest.raises(Refused, match="does not fit"):
        edit_commands.set_fields(demo, rating.id, {"nullable": "yes"})
    with pytest.raises(Refused, match="no field 'colour'"):
        edit_commands.set_fields(demo, rating.id, {"colour": "red"})
    with pytest.raises(Refused, match="not there any more"):
        edit_commands.set_fields(demo, "nobody00000", {"name": "x"})


def test_add_table_is_ready_to_use(demo: Design) -> None:
    model = first_physical(demo)
    diagram = next(each for each in demo.of(Diagram) if model and each.parent == model.id)
    assert model is not None
    edit = table_commands.add_table(demo, model.id, None, new_id, diagram=diagram.id, at=(40, 60))
    after = done(demo, edit)
    made = after[edit.made[0]]
    assert isinstance(made, Table)
    assert made.name == "table_1"
    assert [c.name for c in after.of(Column, made.id)] == ["id"]
    assert key_commands.primary_key(after, made.id) is not None
    again = table_commands.add_table(after, model.id, None, new_id)
    assert table(apply(after, again.change), "table_2")
    with pytest.raises(Refused, match="already"):
        table_commands.add_table(after, model.id, "customers", new_id)


def test_add_and_move_columns(demo: Design) -> None:
    reviews = table(demo, "reviews")
    rating = column(demo, "reviews", "rating")
    fields = {"name": "language", "type": "char(2)"}
    after = done(demo, column_commands.add_column(demo, reviews.id, fields, new_id, after=rating.id))
    names = [each.name for each in after.of(Column, reviews.id)]
    assert names[names.index("rating") + 1] == "language"
    moved = done(after, column_commands.move_column(after, column(after, "reviews", "language").id, rating.id))
    names = [each.name for each in moved.of(Column, reviews.id)]
    assert names[names.index("rating") - 1] == "language"
    last = done(moved, column_commands.move_column(moved, rating.id, None))
    assert last.of(Column, reviews.id)[-1].name == "rating"


def test_set_type_knows_the_model_s_own_types(demo: Design) -> None:
    status = column(demo, "orders", "status")
    after = done(demo, column_commands.set_type(demo, status.id, "payment_method[]"))
    changed = after[status.id]
    assert isinstance(changed, Column)
    assert changed.type_ref is not None
    assert after[changed.type_ref].name == "payment_method"  # type: ignore[attr-defined]
    plain = done(demo, column_commands.set_type(demo, status.id, "varchar(20)"))[status.id]
    assert isinstance(plain, Column)
    assert plain.type_ref is None
    assert plain.logical == "string(20)"


def test_keys(demo: Design) -> None:
    payments = table(demo, "payments")
    reference, order = column(demo, "payments", "reference"), column(demo, "payments", "order_id")
    after = done(demo, key_commands.set_primary_key(demo, payments.id, [order.id, reference.id], new_id))
    key = key_commands.primary_key(after, payments.id)
    assert key is not None
    assert key.columns == (order.id, reference.id)
    assert not column(after, "payments", "reference").nullable
    assert (
        key_commands.primary_key(done(after, key_commands.set_primary_key(after, payments.id, [], new_id)), payments.id)
        is None
    )
    with pytest.raises(Refused, match="own table"):
        key_commands.add_unique(demo, payments.id, [column(demo, "orders", "status").id], new_id)
    unique = done(demo, key_commands.set_unique(demo, order.id, True, new_id))
    assert any(each.columns == (order.id,) for each in unique.of(Key, payments.id))
    assert done(unique, key_commands.set_unique(unique, order.id, False, new_id)).of(Key, payments.id) == demo.of(
        Key, payments.id
    )


def test_draw_a_foreign_key_from_a_table_makes_the_columns(demo: Design) -> None:
    source, target = table(demo, "payments"), table(demo, "inventory")
    edit = fk_commands.connect(demo, source.id, target.id, new_id)
    after = done(demo, edit)
    made = after[edit.made[0]]
    assert isinstance(made, ForeignKey)
    names = [after[each].name for each in made.columns]  # type: ignore[attr-defined]
    assert names == ["inventory_warehouse_id", "inventory_variant_id"]
    assert [after[each].type for each in made.columns] == ["bigint", "bigint"]  # type: ignore[attr-defined]


def test_draw_a_foreign_key_from_a_column_uses_it(demo: Design) -> None:
    note = column(demo, "orders", "order_number")
    with pytest.raises(Refused, match=r"orders\.order_number is varchar"):
        fk_commands.connect(demo, note.id, table(demo, "customers").id, new_id)
    edit = fk_commands.connect(demo, note.id, table(demo, "customers").id, new_id, retype=True)
    after = done(demo, edit)
    made, retyped = after[edit.made[0]], after[note.id]
    assert isinstance(made, ForeignKey)
    assert isinstance(retyped, Column)
    assert made.columns == (note.id,)
    assert (retyped.type, retyped.logical) == ("bigint", "bigint")
    with pytest.raises(Refused, match="2 columns"):
        fk_commands.connect(demo, note.id, table(demo, "inventory").id, new_id)
    with pytest.raises(Refused, match="referential action"):
        fk_commands.add_foreign_key(
            demo, made.parent or "", [note.id], made.ref_table or "", made.ref_columns, new_id, on_delete="explode"
        )


def test_index_and_check_follow_renames(demo: Design) -> None:
    reviews, rating = table(demo, "reviews"), column(demo, "reviews", "rating")
    after = done(
        demo,
        index_commands.add_index(
            demo, reviews.id, [IndexPart(column=rating.id)], new_id, where="rating > 3 AND lower(title) <> 'rating'"
        ),
    )
    index = next(each for each in after.of(Index, reviews.id) if each.name == "idx_reviews_rating")
    renamed = done(after, edit_commands.rename(after, rating.id, "Stars"))
    dialect = dialect_of("postgresql")
    assert index.where is not None
    text = render(index.where, renamed, dialect.quote, dialect.unquote)
    assert text == "\"Stars\" > 3 AND lower(title) <> 'rating'"
    checked = done(demo, check_commands.add_check(demo, reviews.id, 'length("title") < 80', new_id))
    made = next(each for each in checked.of(Check, reviews.id) if not each.name)
    assert [checked[use.id].name for use in made.expr.uses] == ["title"]  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="condition"):
        check_commands.add_check(demo, reviews.id, "  ", new_id)


def test_defaults_and_generated_columns(demo: Design) -> None:
    quantity = column(demo, "inventory", "on_hand")
    after = done(demo, check_commands.set_default(demo, quantity.id, "10"))
    assert column(after, "inventory", "on_hand").default is not None
    after = done(after, check_commands.set_generated(after, quantity.id, "reserved * 2"))
    changed = column(after, "inventory", "on_hand")
    assert changed.default is None
    assert changed.generated is not None
    assert changed.generated_kind == "stored"


def test_place_moves_and_adds(demo: Design) -> None:
    diagram = next(each for each in demo.of(Diagram) if each.name == "Customers and orders")
    there, new = table(demo, "orders"), table(demo, "warehouses")
    after = done(demo, diagram_commands.place(demo, diagram.id, {there.id: (5, 6), new.id: (7, 8)}, new_id))
    spots = {each.element: (each.x, each.y) for each in after.of(Placement, diagram.id)}
    assert spots[there.id] == (5, 6)
    assert spots[new.id] == (7, 8)
    assert new.id not in {
        e.element for e in done(after, diagram_commands.take_off(after, diagram.id, [new.id])).of(Placement, diagram.id)
    }
    assert not after.of(View)
