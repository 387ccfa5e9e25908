"""Drawing connections with the mouse, by keys alone and by touch, and changing the lines that came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from playwright.sync_api import expect

from designer.schema import Design
from designer.schema.codec import record_from
from exporters.contract import Options
from exporters.ddl import EXPORTER as DDL
from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.connect_design import Record, ideas, shop
from tests.browser.menus import choose
from tests.servers import PostgresServer

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]
Point = tuple[float, float]


@pytest.fixture
def open_design(open_canvas: Callable[..., Canvas]) -> Open:
    """Open given records, at 100 %."""

    def open_one(records: list[Record], **options: Any) -> Canvas:
        canvas = open_canvas(1, records=records, **options)
        canvas.call("wholekey.view.zoomTo(1)")
        canvas.call("wholekey.view.show(wholekey.scene.bounds(), { most: 1, fly: false })")
        canvas.page.wait_for_timeout(150)
        return canvas

    return open_one


def records(canvas: Canvas, kind: str) -> list[Record]:
    """Return the records of a kind as the page holds them."""
    return list(canvas.call("kind => [...wholekey.store.design.ofKind(kind)]", kind))


def pairs(canvas: Canvas) -> list[tuple[str, list[str], str, list[str]]]:
    """Return each foreign key as its table, the names of its columns, the other table, and the names there."""
    script = """() => { const design = wholekey.store.design; const names = (ids) => ids.map((id) => design.get(id).name);
        return design.ofKind("foreign_key").map((key) => [design.get(key.parent).name, names(key.columns),
            design.get(key.ref_table).name, names(key.ref_columns)]); }"""
    return [tuple(each) for each in canvas.call(script)]


def handle(canvas: Canvas, record: str, side: int = 1) -> Point:
    """Return the handle of a row, or of the title of a table."""
    box = canvas.box(record)
    middle = box["y"] + (14 if canvas.call("id => wholekey.scene.nodes.has(id)", record) else box["h"] / 2)
    return box["x"] + (box["w"] if side > 0 else 0), middle


def pull(canvas: Canvas, start: Point, end: Point, *keys: str, check: Callable[[], None] | None = None) -> None:
    """Drag a line with the mouse, with modifiers held at the end, and look at it before it is dropped."""
    mouse, keyboard = canvas.page.mouse, canvas.page.keyboard
    mouse.move(*start)
    mouse.down()
    mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 30, steps=4)
    mouse.move(*end, steps=4)
    for key in keys:
        keyboard.down(key)
    if check:
        check()
    mouse.up()
    for key in keys:
        keyboard.up(key)


def hint(canvas: Canvas) -> str:
    return canvas.page.locator(".connect-hint").inner_text()


def applied(canvas: Canvas, server: PostgresServer) -> psycopg.Connection[Any]:
    """Export the design of the page as DDL and apply it on a real PostgreSQL."""
    design = Design(map(record_from, canvas.call("[...wholekey.store.design.values()]")))
    model = next(each.id for each in design.records() if each.id == "model00001")
    ddl = DDL.export(design, Options(dialect="postgresql", model=model)).text
    connection = psycopg.connect(server.new_database(), autocommit=True)
    connection.execute(ddl)  # type: ignore[call-overload]
    return connection


def test_from_table_to_table_adds_the_column_and_the_preview_says_so(open_design: Open) -> None:
    canvas = open_design(shop())

    def check() -> None:
        assert "New orders.customer_id → customers.id, many to one" in hint(canvas)
        assert "Shift one to one" in hint(canvas)

    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"), check=check)
    assert pairs(canvas) == [("orders", ["customer_id"], "customers", ["id"])]
    made = next(each for each in records(canvas, "column") if each["name"] == "customer_id")
    assert (made["type"], made["logical"], made["nullable"]) == ("bigint", "bigint", False)
    assert records(canvas, "index") == []
    assert canvas.page.locator(".connect-hint").is_hidden()
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Connect orders to customers, many to one"
    canvas.page.keyboard.press("Control+z")
    assert pairs(canvas) == []
    assert len(records(canvas, "column")) == 10


@pytest.mark.parametrize(
    ("keys", "words", "label"),
    [
        (["Shift"], "one to one", "Connect orders to customers, one to one"),
        (["Alt"], "many to one, optional", "Connect orders to customers, many to one, optional"),
        (["Shift", "Alt"], "one to one, optional", "Connect orders to customers, one to one, optional"),
        (["Control"], "New table order_customers", "Connect orders to customers, many to many"),
        (["Meta"], "many to many", "Connect orders to customers, many to many"),
    ],
)
def test_modifiers_change_what_it_means_while_it_is_drawn(
    open_design: Open, keys: list[str], words: str, label: str
) -> None:
    canvas = open_design(shop())
    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"), *keys, check=lambda: _says(canvas, words))
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == label
    assert len(canvas.branch.entries) == 1


def _says(canvas: Canvas, words: str) -> None:
    assert words in hint(canvas)


def test_one_to_one_adds_a_unique_key_and_optional_may_be_null(open_design: Open) -> None:
    canvas = open_design(shop())
    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"), "Shift", "Alt")
    (key,) = records(canvas, "foreign_key")
    assert key["columns"] in [each["columns"] for each in records(canvas, "key") if each["parent"] == "orders"]
    assert "nullable" not in next(each for each in records(canvas, "column") if each["id"] == key["columns"][0])


def test_many_to_many_makes_a_table_between_that_postgres_takes(
    open_design: Open, postgres_server: PostgresServer
) -> None:
    canvas = open_design(shop())
    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"), "Control")
    assert sorted(pairs(canvas)) == [
        ("order_customers", ["customer_id"], "customers", ["id"]),
        ("order_customers", ["order_id"], "orders", ["id"]),
    ]
    made = next(each["id"] for each in records(canvas, "table") if each["name"] == "order_customers")
    assert canvas.selection() == [made]
    boxes = [canvas.box(each) for each in ("customers", "orders", made)]
    assert all(not _overlap(boxes[2], each) for each in boxes[:2])
    with applied(canvas, postgres_server) as connection:
        query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'order_customers'::regclass ORDER BY 1"
        found = [row[0] for row in connection.execute(query) if "NOT NULL" not in row[0]]
    assert found == [
        "FOREIGN KEY (customer_id) REFERENCES customers(id)",
        "FOREIGN KEY (order_id) REFERENCES orders(id)",
        "PRIMARY KEY (order_id, customer_id)",
    ]


def _overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    return (
        a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"] and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]
    )


def test_a_composite_key_brings_all_its_columns_and_postgres_takes_it(
    open_design: Open, postgres_server: PostgresServer
) -> None:
    canvas = open_design(shop())
    pull(canvas, handle(canvas, "orders", -1), canvas.title("stocks"))
    assert pairs(canvas) == [("orders", ["stock_shop", "stock_number"], "stocks", ["shop", "number"])]
    with applied(canvas, postgres_server) as connection:
        query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
        found = [row[0] for row in connection.execute(query)]
    assert found == ["FOREIGN KEY (stock_shop, stock_number) REFERENCES stocks(shop, number)"]


def test_from_a_key_the_other_table_gets_the_column(open_design: Open) -> None:
    canvas = open_design(shop())
    box = canvas.box("customers_mail")
    pull(canvas, (box["x"] + 16, box["y"] + box["h"] / 2), canvas.title("orders"))
    assert pairs(canvas) == [("orders", ["customer_mail"], "customers", ["mail"])]


def test_from_a_composite_keys_mark_the_whole_key_is_meant(open_design: Open) -> None:
    canvas = open_design(shop())
    box = canvas.box("stocks_number")
    pull(canvas, (box["x"] + 16, box["y"] + box["h"] / 2), canvas.title("orders"))
    assert pairs(canvas) == [("orders", ["stock_shop", "stock_number"], "stocks", ["shop", "number"])]


def test_a_click_on_a_mark_only_selects(open_design: Open) -> None:
    canvas = open_design(shop())
    box = canvas.box("customers_id")
    canvas.page.mouse.click(box["x"] + 16, box["y"] + box["h"] / 2)
    assert canvas.selection() == ["customers"]
    assert canvas.page.locator(".connect-hint").is_hidden()


def test_a_column_that_is_named_for_it_is_used(open_design: Open) -> None:
    canvas = open_design(shop())
    pull(
        canvas, handle(canvas, "parcels"), canvas.title("orders"),
        check=lambda: _says(canvas, "parcels.order_id → orders.id, many to one, optional"),
    )  # fmt: skip
    assert pairs(canvas) == [("parcels", ["order_id"], "orders", ["id"])]
    assert len(records(canvas, "column")) == 10


def test_another_type_is_refused_in_words_and_can_be_changed(open_design: Open) -> None:
    canvas = open_design(shop())

    def check() -> None:
        expect(canvas.page.locator(".connect-hint")).to_have_attribute("data-state", "refused")
        assert "Orders.placed is date, but customers.id is bigint" in hint(canvas)

    pull(canvas, handle(canvas, "orders_placed", -1), canvas.title("customers"), check=check)
    assert pairs(canvas) == []
    canvas.page.locator(".toast-error").get_by_role("button", name="Change the type").click()
    assert pairs(canvas) == [("orders", ["placed"], "customers", ["id"])]
    assert next(each for each in records(canvas, "column") if each["id"] == "orders_placed")["type"] == "bigint"


def test_a_table_refers_to_itself(open_design: Open) -> None:
    canvas = open_design(shop())
    start, end = handle(canvas, "customers"), canvas.title("customers")
    mouse = canvas.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + 60, start[1] + 40, steps=4)
    mouse.move(*end, steps=4)
    mouse.up()
    assert pairs(canvas) == [("customers", ["parent_id"], "customers", ["id"])]


def test_escape_ends_it_at_any_time(open_design: Open) -> None:
    canvas = open_design(shop())
    pull(
        canvas, handle(canvas, "orders", -1), canvas.title("customers"), "Shift",
        check=lambda: canvas.page.keyboard.press("Escape"),
    )  # fmt: skip
    assert pairs(canvas) == []
    assert canvas.page.locator(".connect-hint").is_hidden()
    assert canvas.call("wholekey.view.marks.preview") is None


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("New table here that refers to orders", ("table_1", ["order_id"], "orders", ["id"])),
        ("New table here that orders refers to", ("orders", ["table_1_id"], "table_1", ["id"])),
    ],
)
def test_dropped_on_the_ground_it_offers_a_new_table(
    open_design: Open, entry: str, expected: tuple[str, list[str], str, list[str]]
) -> None:
    canvas = open_design(shop())
    box = canvas.box("orders")
    pull(canvas, handle(canvas, "orders"), (box["x"] + 40, box["y"] + 220))
    choose(canvas.page, entry)
    assert pairs(canvas) == [expected]
    assert canvas.page.locator(".overlay-input").input_value() == "table_1"
    canvas.page.keyboard.type("invoices")
    canvas.page.keyboard.press("Enter")
    assert "invoices" in [each["name"] for each in records(canvas, "table")]
    canvas.saved()
    assert len(canvas.branch.entries) == 2


def test_by_keys_alone(open_design: Open) -> None:
    canvas = open_design(shop())
    keyboard = canvas.page.keyboard
    canvas.page.locator("#canvas").focus()
    canvas.call("wholekey.select(['orders'])")
    keyboard.press("r")
    field = canvas.page.get_by_role("combobox", name="Connect orders to…")
    expect(field).to_be_focused()
    keyboard.type("cust")
    expect(canvas.page.locator("#target-list").get_by_role("option")).to_have_text(["customers"])
    keyboard.press("Enter")
    expect(canvas.page.get_by_role("menuitem", name="Many to one", exact=True)).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    assert pairs(canvas) == [("orders", ["customer_id"], "customers", ["id"])]
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Connect orders to customers, one to one"
    live = canvas.page.locator(".live-region").inner_text()
    assert live.strip() == "Connect orders to customers, one to one"
    expect(canvas.page.locator("#canvas")).to_be_focused()


def test_by_keys_from_a_column_and_escape(open_design: Open) -> None:
    canvas = open_design(shop())
    keyboard = canvas.page.keyboard
    canvas.page.locator("#canvas").focus()
    canvas.call("wholekey.select(['parcels_order_id'])")
    keyboard.press("r")
    keyboard.type("orders")
    keyboard.press("Escape")
    expect(canvas.page.locator("#canvas")).to_be_focused()
    assert pairs(canvas) == []
    keyboard.press("r")
    keyboard.type("orders")
    keyboard.press("Enter")
    keyboard.press("Enter")
    assert pairs(canvas) == [("parcels", ["order_id"], "orders", ["id"])]


def test_the_tool_asks_at_the_end_and_takes_two_clicks(open_design: Open) -> None:
    canvas = open_design(shop())
    canvas.page.locator('#toolbar [data-action="connect"]').click()
    canvas.page.mouse.click(*canvas.title("orders"))
    canvas.page.mouse.move(*canvas.title("customers"), steps=4)
    assert "many to one" in hint(canvas)
    canvas.page.mouse.click(*canvas.title("customers"))
    canvas.page.get_by_role("menuitem").get_by_text("One to one", exact=True).click()
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Connect orders to customers, one to one"
    assert canvas.call("wholekey.view.marks.preview") is None


def swipe(canvas: Canvas, start: Point, end: Point) -> None:
    """Drag with one finger."""
    finger = canvas.page.context.new_cdp_session(canvas.page)
    for at in range(7):
        x, y = (start[axis] + (end[axis] - start[axis]) * at / 6 for axis in (0, 1))
        kind = "touchMove" if at else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        canvas.page.wait_for_timeout(40)
    canvas.page.wait_for_timeout(200)  # A finger that is lifted in full flight makes the browser ignore the next tap.
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def tap_one_to_one(canvas: Canvas) -> None:
    """Tap that entry of the menu, and wait until it is done."""
    entry = canvas.page.get_by_role("menuitem").filter(has=canvas.page.get_by_text("One to one", exact=True))
    assert (entry.bounding_box() or {"height": 0})["height"] >= 44
    entry.tap()
    expect(canvas.page.locator(".toast")).to_contain_text("one to one")


def test_a_finger_draws_and_is_asked_at_the_end(open_design: Open) -> None:
    canvas = open_design(shop(), has_touch=True, is_mobile=True)
    swipe(canvas, handle(canvas, "orders_note", -1), canvas.middle("customers_mail"))
    assert pairs(canvas) == []
    tap_one_to_one(canvas)
    assert pairs(canvas) == [("orders", ["note"], "customers", ["mail"])]


def test_two_taps_with_the_tool(open_design: Open) -> None:
    canvas = open_design(shop(), has_touch=True, is_mobile=True)
    canvas.page.locator('#toolbar [data-action="connect"]').tap()
    canvas.page.wait_for_timeout(400)
    canvas.page.touchscreen.tap(*canvas.title("orders"))
    canvas.page.wait_for_timeout(400)
    canvas.page.touchscreen.tap(*canvas.title("customers"))
    tap_one_to_one(canvas)
    assert pairs(canvas) == [("orders", ["customer_id"], "customers", ["id"])]


def test_names_of_strangers_are_text(open_design: Open) -> None:
    given = shop()
    evil = "<img src=x onerror=alert(1)>\"'"
    next(each for each in given if each["id"] == "customers")["name"] = evil
    canvas = open_design(given)
    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"), check=lambda: _says(canvas, evil))
    assert canvas.page.locator(".connect-hint img").count() == 0
    assert pairs(canvas)[0][2] == evil


# Lines that are there


def connected(open_design: Open) -> Canvas:
    """Open the shop with orders referring to customers, and select that line."""
    canvas = open_design(shop())
    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"))
    assert canvas.selection() == [records(canvas, "foreign_key")[0]["id"]]
    return canvas


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("1", "Make orders to customers one to one"),
        ("o", "Make orders to customers optional"),
        ("i", "Make orders to customers identifying"),
        ("x", "Reverse orders to customers"),
        ("Shift+N", "Make orders to customers many to many"),
        ("Shift+Delete", "Delete foreign key orders to customers and its columns"),
    ],
)
def test_keys_change_a_selected_line_in_one_step(open_design: Open, key: str, label: str) -> None:
    canvas = connected(open_design)
    before = canvas.call("JSON.stringify([...wholekey.store.design.values()].map((each) => each.id).sort())")
    canvas.page.keyboard.press(key)
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == label
    canvas.page.keyboard.press("Control+z")
    after = canvas.call("JSON.stringify([...wholekey.store.design.values()].map((each) => each.id).sort())")
    assert before == after


def test_the_menu_of_a_line_sets_what_follows_a_deletion(open_design: Open) -> None:
    canvas = connected(open_design)
    script = "() => { const line = [...wholekey.scene.lines.values()][0]; return line.route.label; }"
    x, y = canvas.call(script)
    at = canvas.call("([x, y]) => wholekey.view.boxOnScreen({ x, y, w: 0, h: 0 })", [x, y])
    box = canvas.page.locator("#canvas").bounding_box() or {"x": 0, "y": 0}
    canvas.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"], button="right")
    choose(canvas.page, "When the other row is deleted…")
    choose(canvas.page, "Cascade")
    assert records(canvas, "foreign_key")[0]["on_delete"] == "cascade"


def line_end(canvas: Canvas, end: str) -> Point:
    """Return the end of the one line, as it is on the page."""
    script = """end => { const { point, direction } = [...wholekey.scene.lines.values()][0].route[end];
        return wholekey.view.boxOnScreen({ x: point[0] + direction[0] * 4, y: point[1], w: 0, h: 0 }); }"""
    at = canvas.call(script, end)
    box = canvas.page.locator("#canvas").bounding_box() or {"x": 0, "y": 0}
    return box["x"] + at["x"], box["y"] + at["y"]


def test_an_end_is_dragged_to_another_table(open_design: Open) -> None:
    canvas = connected(open_design)
    pull(canvas, line_end(canvas, "target"), canvas.title("parcels"), check=lambda: _says(canvas, "refer to parcels"))
    assert pairs(canvas) == [("orders", ["customer_id"], "parcels", ["id"])]


def test_an_end_is_refused_where_it_cannot_be(open_design: Open) -> None:
    canvas = connected(open_design)
    pull(canvas, line_end(canvas, "target"), canvas.title("stocks"), check=lambda: _says(canvas, "2 columns"))
    assert pairs(canvas) == [("orders", ["customer_id"], "customers", ["id"])]


def test_a_linking_table_becomes_a_line_again(open_design: Open) -> None:
    canvas = open_design(shop())
    pull(canvas, handle(canvas, "orders", -1), canvas.title("customers"), "Control")
    made = canvas.selection()[0]
    canvas.page.mouse.click(*canvas.title(made), button="right")
    choose(canvas.page, "Make it a line: orders refers to customers")
    assert pairs(canvas) == [("orders", ["customer_id"], "customers", ["id"])]
    assert made not in [each["id"] for each in records(canvas, "table")]


def test_the_other_end_is_a_key_away(open_design: Open) -> None:
    canvas = connected(open_design)
    canvas.page.keyboard.press("g")
    assert canvas.selection()[0] in {"orders", "customers"}


# Entities


@pytest.mark.parametrize(
    ("keys", "ends"),
    [
        ([], [(1, 1), (0, None)]),
        (["Shift"], [(1, 1), (0, 1)]),
        (["Control"], [(0, None), (0, None)]),
        (["Alt"], [(0, 1), (0, None)]),
    ],
)
def test_entities_are_related_and_the_verb_is_typed_at_once(
    open_design: Open, keys: list[str], ends: list[tuple[int, int | None]]
) -> None:
    canvas = open_design(ideas())
    pull(canvas, handle(canvas, "Customer"), canvas.title("Order"), *keys)
    (made,) = records(canvas, "relationship")
    assert [(end.get("min", 0), end.get("max")) for end in made["ends"]] == ends
    expect(canvas.page.locator(".overlay-input")).to_be_focused()
    canvas.page.keyboard.type("places")
    canvas.page.keyboard.press("Enter")
    assert records(canvas, "relationship")[0]["name"] == "places"


def test_a_subtype_by_modifiers(open_design: Open) -> None:
    canvas = open_design(ideas())
    pull(canvas, handle(canvas, "Customer"), canvas.title("Person"), "Control", "Shift")
    (made,) = records(canvas, "generalization")
    assert (made["supertype"], made["subtypes"]) == ("Person", ["Customer"])


def test_an_end_of_a_relationship_takes_other_numbers(open_design: Open) -> None:
    canvas = open_design(ideas())
    pull(canvas, handle(canvas, "Customer"), canvas.title("Order"))
    canvas.page.keyboard.press("Escape")
    canvas.page.locator("#canvas").focus()
    canvas.call("wholekey.select([wholekey.store.design.ofKind('relationship')[0].id])")
    canvas.page.keyboard.press("Shift+C")
    choose(canvas.page, "Order: other numbers…")
    canvas.page.locator(".overlay-input").fill("7..x")
    canvas.page.keyboard.press("Enter")
    expect(canvas.page.get_by_role("alert")).to_contain_text("0..1, 1..N or 2..5")
    canvas.page.locator(".overlay-input").fill("2..5")
    canvas.page.keyboard.press("Enter")
    ends = records(canvas, "relationship")[0]["ends"]
    assert (ends[1]["min"], ends[1]["max"]) == (2, 5)


def test_a_third_entity_takes_part_by_a_drag_from_the_box(open_design: Open) -> None:
    canvas = open_design(ideas(boxed=True))
    box = canvas.box("places")
    start = (box["x"], box["y"] + box["h"] / 2)
    pull(canvas, start, canvas.title("Person"), check=lambda: _says(canvas, "Person takes part in places"))
    assert [end["entity"] for end in records(canvas, "relationship")[0]["ends"]] == ["Customer", "Order", "Person"]
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Let Person take part in places"


def test_a_subtype_by_the_menu_and_what_kind_of_subtypes(open_design: Open) -> None:
    canvas = open_design(ideas())
    keyboard = canvas.page.keyboard
    canvas.page.mouse.click(*canvas.title("Customer"), button="right")
    choose(canvas.page, "Make subtype of…")
    keyboard.type("pers")
    keyboard.press("Enter")
    (made,) = records(canvas, "generalization")
    assert (made["supertype"], made["subtypes"]) == ("Person", ["Customer"])
    script = """() => { const { points } = [...wholekey.scene.lines.values()][0].route;
        const [[x1, y1], [x2, y2]] = points.slice(-2); return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, w: 0, h: 0 }; }"""
    at = canvas.call("box => wholekey.view.boxOnScreen(box)", canvas.call(script))
    stage = canvas.page.locator("#canvas").bounding_box() or {"x": 0, "y": 0}
    for entry, field, value in [("Let subtypes overlap", "disjoint", False), ("Make it total", "total", True)]:
        canvas.page.mouse.click(stage["x"] + at["x"], stage["y"] + at["y"], button="right")
        choose(canvas.page, entry)
        assert records(canvas, "generalization")[0][field] is value
