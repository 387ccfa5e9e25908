"""Tables and entities taken apart as one edit: what moves, what follows, what is refused, and that it is undone."""

from __future__ import annotations

import random

import pytest

from designer.change import apply, dangling, invert
from designer.commands import Edit, Refused
from designer.dependencies import fixes, stating
from designer.dependencies.columns import written
from designer.dependencies.fixes_plan import planned
from designer.dependencies.fixes_rows import as_rows
from designer.dependencies.fixes_values import always, compute
from designer.dependencies.implied import implied
from designer.dependencies.subject import subject_of
from designer.layout.box import intersects
from designer.layout.picture import picture_of
from designer.normalization.contract import NORMAL_FORMS
from designer.normalization.forms import verdict
from designer.normalization.splitting import bcnf
from designer.normalization.synthesis import third_nf
from designer.schema import (
    Assessment,
    Attribute,
    Column,
    Dependency,
    Design,
    Diagram,
    Entity,
    ForeignKey,
    Identifier,
    Index,
    Key,
    Model,
    Placement,
    Record,
    Relationship,
    Table,
    seeded_ids,
)
from designer.schema.order import sequence
from exporters.contract import Options
from exporters.registry import get as exporter
from tests.dependencies.fixes.models import columns_of, design_of, names_of, table_of

ids = seeded_ids("fixes")
ORDERS = (
    "CREATE TABLE orders (id int PRIMARY KEY, zip varchar(9), city text NOT NULL DEFAULT 'x', state text, total numeric,"
    " CHECK (total > 0), CHECK (city <> ''));"
    "CREATE INDEX by_city ON orders (zip, city); COMMENT ON COLUMN orders.city IS 'the town'; GRANT SELECT ON orders TO bob;"
)


def done(design: Design, edit: Edit) -> Design:
    """Apply an edit that leaves nothing dangling and is undone."""
    after = apply(design, edit.change)
    assert not dangling(after)
    assert apply(after, invert(edit.change)) == design
    return after


def out(design: Design, table: str, left: str, right: str, name: str = "") -> Edit:
    """Take one dependency out of a table."""
    owner = table_of(design, table).id
    return fixes.extract(
        design, owner, columns_of(design, table, left), columns_of(design, table, right), ids, name=name
    )


def ddl(design: Design) -> str:
    return exporter("ddl").export(design, Options()).text


def test_columns_move_with_all_that_is_said_of_them() -> None:
    design = design_of(ORDERS)
    edit = out(design, "orders", "zip", "city, state")
    after = done(design, edit)
    assert edit.label == "Take zip_areas out of orders"
    assert names_of(after, "orders") == ["id", "zip", "total"]
    assert names_of(after, "zip_areas") == ["zip", "city", "state"]
    text = ddl(after)
    for line in (
        "zip varchar(9) PRIMARY KEY,", "city text NOT NULL DEFAULT 'x' CHECK (city <> ''),", "zip varchar(9) REFERENCES zip_areas (zip),",
        "CREATE INDEX by_city ON zip_areas (zip, city);", "COMMENT ON COLUMN zip_areas.city IS 'the town';", "GRANT SELECT ON zip_areas TO bob;",
    ):  # fmt: skip
        assert line in text
    city = columns_of(design, "orders", "city")[0]
    assert after[city].parent == table_of(after, "zip_areas").id


def test_dependencies_and_the_assessment_go_where_their_columns_are() -> None:
    design = design_of(ORDERS)
    table = table_of(design, "orders").id
    for left, right in (("zip", "city"), ("city", "state"), ("state", "total")):
        said = stating.state(
            design, table, columns_of(design, "orders", left), columns_of(design, "orders", right), ids
        )
        design = apply(design, said.change)
    design = apply(design, stating.assess(design, table, ids, by="Ada").change)
    after = done(design, out(design, "orders", "zip", "city, state"))
    found = {(after[each.parent or ""].name, written(after, each)) for each in after.of(Dependency)}  # type: ignore[attr-defined]
    assert ("zip_areas", "zip → city") in found
    assert ("zip_areas", "city → state") in found
    assert ("orders", "zip → total") in found  # it followed by way of the state, which is elsewhere now
    words = {after[each.parent or ""].name: len(each.columns) for each in after.of(Assessment)}  # type: ignore[attr-defined]
    assert words == {"orders": 3, "zip_areas": 3}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("ALTER TABLE orders ADD CHECK (city <> total::text);", r"looks at city, total together"),
        ("CREATE VIEW towns AS SELECT id, city FROM orders;", "the view towns reads city"),
        ("CREATE VIEW everything AS SELECT * FROM orders;", "the view everything reads"),
        ("ALTER TABLE orders ENABLE ROW LEVEL SECURITY;", "protected row by row"),
        ("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
         "CREATE TRIGGER watch BEFORE UPDATE OF city ON orders FOR EACH ROW EXECUTE FUNCTION f();", "names city"),
        ("ALTER TABLE orders ADD COLUMN full_name text GENERATED ALWAYS AS (city || total::text) STORED;", "is computed from city, total"),
        ("CREATE TABLE late () INHERITS (orders);", "by inheritance"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_over_is_refused_by_name(more: str, why: str) -> None:
    design = design_of(ORDERS + more)
    with pytest.raises(Refused, match=why):
        out(design, "orders", "zip", "city, state")


def test_a_partitioned_table_is_refused() -> None:
    design = design_of("CREATE TABLE logs (id int, zip text, city text) PARTITION BY RANGE (id);")
    with pytest.raises(Refused, match="logs is partitioned"):
        out(design, "logs", "zip", "city")


def test_a_name_that_is_given_holds_and_a_taken_one_is_refused() -> None:
    design = design_of(ORDERS + "CREATE TABLE zip_areas (x int);")
    assert out(design, "orders", "zip", "city").label == "Take zip_areas_2 out of orders"
    assert out(design, "orders", "zip", "city", "Towns").label == "Take Towns out of orders"
    with pytest.raises(Refused, match="named zip_areas already"):
        out(design, "orders", "zip", "city", "zip_areas")
    with pytest.raises(Refused, match="cannot hold the name"):
        out(design, "orders", "zip", "city", "x" * 64)


@pytest.mark.parametrize(
    ("key", "tables", "name"),
    [
        ("customer_id", ("orders", "lines"), "customers"),
        ("customer_id", ("order", "line"), "customer"),
        ("zip", ("order", "line"), "zip_area"),
        ("category_code", ("orders", "lines"), "categories"),
        ("CustomerId", ("Order", "Line"), "Customer"),
        ("order_id, product_id", ("orders", "lines"), "order_products"),
    ],
)
def test_names_follow_the_habit_of_the_model(key: str, tables: tuple[str, str], name: str) -> None:
    columns = ", ".join(f'"{each}" int' for each in key.split(", "))
    design = design_of(
        f'CREATE TABLE "{tables[0]}" (pk int PRIMARY KEY, {columns}, fact int); CREATE TABLE "{tables[1]}" (x int);'
    )
    after = done(design, out(design, tables[0], key, "fact"))
    assert {table.name for table in after.of(Table)} == {*tables, name}


def test_the_new_table_stands_beside_the_old_one_and_on_nothing() -> None:
    design = design_of(ORDERS + "CREATE TABLE far (x int);")
    model, (orders, far) = design.of(Model)[0], (table_of(design, name).id for name in ("orders", "far"))
    diagram = Diagram(id="diagram1", parent=model.id, name="all")
    places = [
        Placement(id=f"place{n}", parent="diagram1", element=e, x=x, y=0)
        for n, (e, x) in enumerate(((orders, 0), (far, 320)))
    ]
    design = design.changed((), [diagram, *places])
    after = done(design, out(design, "orders", "zip", "city, state"))
    boxes = list(picture_of(after, model, "diagram1").boxes.values())
    assert len(boxes) == 3
    assert not any(intersects(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    assert max(box.right for box in boxes) < 1200


def test_what_depends_on_a_foreign_key_moves_into_the_table_that_it_refers_to() -> None:
    design = design_of(
        "CREATE TABLE orders (id int PRIMARY KEY, note text);"
        "CREATE TABLE items (order_id int REFERENCES orders, no int, due date NOT NULL, note text, PRIMARY KEY (order_id, no));"
    )
    edit = out(design, "items", "order_id", "due, note")
    after = done(design, edit)
    assert edit.label == "Move due, note of items to orders"
    assert names_of(after, "orders") == ["id", "note", "due"]
    assert names_of(after, "items") == ["order_id", "no"]
    assert {note.code for note in edit.notes} == {"copy", "nullable"}


def test_others_refer_to_where_the_key_is_now() -> None:
    design = design_of(
        "CREATE TABLE staff (id int PRIMARY KEY, boss int REFERENCES staff, branch int NOT NULL, head int REFERENCES staff (id));"
        "CREATE TABLE calls (id int PRIMARY KEY, staff int REFERENCES staff (id));"
    )
    after = done(design, out(design, "staff", "branch", "head"))
    targets = {
        (after[each.parent or ""].name, after[each.ref_table or ""].name)  # type: ignore[attr-defined]
        for each in after.of(ForeignKey)
    }
    assert targets == {("staff", "staff"), ("staff", "branches" if "branches" in ddl(after) else "branch"), ("calls", "staff"),
                       ("branches" if "branches" in ddl(after) else "branch", "staff")}  # fmt: skip


def test_numbered_columns_become_rows_and_what_was_unique_is_told() -> None:
    design = design_of(
        "CREATE TABLE users (id int PRIMARY KEY, phone1 text UNIQUE, phone2 text, phone3 text); CREATE INDEX ON users (phone1);"
    )
    table = table_of(design, "users").id
    rows = [[each] for each in columns_of(design, "users", "phone1, phone2, phone3")]
    edit = as_rows(design, table, rows, ["phone"], ids, base="phone")
    after = done(design, edit)
    assert names_of(after, "users") == ["id"]
    assert names_of(after, "user_phones") == ["user_id", "position", "phone"]
    assert [note.code for note in edit.notes] == ["unique"]
    assert {after[each.parent or ""].name for each in after.of(Index)} == {"user_phones"}  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="has no primary key"):
        bare = design_of("CREATE TABLE users (phone1 text, phone2 text);")
        as_rows(
            bare,
            table_of(bare, "users").id,
            [[each] for each in columns_of(bare, "users", "phone1, phone2")],
            ["phone"],
            ids,
        )


def test_a_total_is_computed_and_a_constant_is_kept() -> None:
    design = design_of(
        'CREATE TABLE items (id int PRIMARY KEY, quantity int, "unit price" numeric, total numeric, currency text);'
    )
    total = columns_of(design, "items", "total")[0]
    after = done(design, compute(design, total, columns_of(design, "items", "quantity, unit price")))
    assert 'total numeric GENERATED ALWAYS AS (quantity * "unit price") STORED' in ddl(after)
    after = done(after, always(after, columns_of(after, "items", "currency")[0], "EUR", ids))
    assert "currency text NOT NULL DEFAULT 'EUR' CHECK (currency = 'EUR')" in ddl(after)
    kinds = {fact.kind for fact in implied(after, table_of(after, "items").id)}
    assert {"generated", "constant"} <= kinds


def test_a_key_that_nobody_can_say_any_more_is_replaced_and_told() -> None:
    design = design_of("CREATE TABLE takes (student int, course text, teacher text, PRIMARY KEY (student, course));")
    edit = out(design, "takes", "teacher", "course")
    after = done(design, edit)
    (note,) = [note for note in edit.notes if note.code == "key"]
    assert "teacher) may be NULL, so it is a unique key" in note.message
    (key,) = after.of(Key, table_of(after, "takes").id)
    assert not key.primary


def test_an_entity_gets_relationships_in_place_of_references() -> None:
    rows = [("c1", "order no"), ("c2", "line no"), ("c3", "customer"), ("c4", "product")]
    design = Design(
        [
            Model(id="model1", name="m", level="logical"),
            Entity(id="line", parent="model1", name="Order line"),
            *(Attribute(id=f"{each}c{each}", parent="line", name=name, order=each) for each, name in rows),
            Attribute(id="name1", parent="c3cc3", name="name", order="V"),
            Attribute(id="mail1", parent="c3cc3", name="mail", order="k"),
            Identifier(id="key1", parent="line", primary=True, attributes=("c1cc1", "c2cc2")),
            Dependency(id="dep1", parent="line", determinant=("c1cc1",), dependent=("name1", "mail1")),
        ]
    )
    edit = fixes.extract(design, "line", ["c1cc1"], ["name1", "mail1"], ids)
    after = done(design, edit)
    (order,) = (each for each in after.of(Entity) if each.id != "line")
    (verb,) = after.of(Relationship)
    assert order.name == "Order"
    assert [each.name for each in after.of(Attribute, order.id)] == ["order no", "customer"]
    assert [(end.entity, end.min, end.max, end.identifying) for end in verb.ends] == [
        (order.id, 1, 1, True),
        ("line", 0, None, False),
    ]
    assert after["line"].nature == "weak"  # type: ignore[attr-defined]
    assert after["key1"] == Identifier(
        id="key1", parent="line", primary=True, attributes=("c2cc2",), relationships=(verb.id,)
    )
    assert after["dep1"].parent == order.id


def random_design(rnd: random.Random, entity: bool) -> Design:
    """Return a table or an entity of a few columns with random dependencies."""
    names = [f"{'xyz'[n % 3]}{n}{'_id' if rnd.random() < 0.3 else ''}" for n in range(rnd.randint(3, 7))]
    cols = [f"col{n:03}" for n in range(len(names))]
    rows = list(zip(cols, names, sequence(len(names)), strict=True))
    key = tuple(sorted(rnd.sample(cols, rnd.randint(1, 2))))
    records: list[Record] = [
        Model(id="model1", name="m", target="" if entity else "postgresql", level="logical" if entity else "physical")
    ]
    if entity:
        records += [
            Entity(id="owner1", parent="model1", name="rel"),
            Identifier(id="key1", parent="owner1", primary=True, attributes=key),
        ]
        records += [Attribute(id=each, parent="owner1", name=name, order=order) for each, name, order in rows]
    else:
        records += [
            Table(id="owner1", parent="model1", name="rel"),
            Key(id="key1", parent="owner1", primary=True, columns=key),
        ]
        records += [
            Column(id=each, parent="owner1", name=name, type="int", logical="integer", nullable=False, order=order)
            for each, name, order in rows
        ]
    for n in range(rnd.randint(1, 5)):
        left = rnd.sample(cols, rnd.randint(1, 2))
        right = [each for each in rnd.sample(cols, rnd.randint(1, 2)) if each not in left]
        if right:
            records.append(Dependency(id=f"dep{n}", parent="owner1", determinant=tuple(left), dependent=tuple(right)))
    return Design(records)


@pytest.mark.parametrize("entity", [False, True], ids=["tables", "entities"])
def test_every_part_is_in_the_wanted_form_and_every_reference_leans_on_a_key(entity: bool) -> None:
    rnd = random.Random(6)
    taken = 0
    for _ in range(60):
        design = random_design(rnd, entity)
        subject = subject_of(design, "owner1")
        for how, form in ((third_nf, "3NF"), (bcnf, "BCNF")):
            found = how(subject.relation)
            if len(found.fragments) < 2:
                continue
            after = done(design, fixes.take_apart(design, planned(design, subject, found), ids))
            taken += 1
            for owner in (*after.of(Table), *after.of(Entity)):
                said = verdict(subject_of(after, owner.id).relation)
                assert NORMAL_FORMS.index(said.form) >= NORMAL_FORMS.index(form), (owner.name, said)
            for link in after.of(ForeignKey):
                assert any(set(key.columns) == set(link.ref_columns) for key in after.of(Key, link.ref_table or ""))
    assert taken > 30
