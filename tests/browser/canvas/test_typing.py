"""Typing through the cells of rows, with suggestions; entities and attributes; and fields on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import column_id, table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

FIRST, SECOND = table_id(0), table_id(1)
FIELD = ".overlay-input"

IDEAS = [
    {"kind": "model", "id": "model00001", "name": "Ideas", "level": "conceptual"},
    {"kind": "diagram", "id": "diagram001", "parent": "model00001", "name": "All"},
    {"kind": "entity", "id": "entity0001", "parent": "model00001", "name": "Order", "order": "V"},
    {"kind": "placement", "id": "place00001", "parent": "diagram001", "element": "entity0001", "x": 600, "y": 100},
]


def double_click(canvas: Canvas, record: str, share: float) -> None:
    """Double-click on a row, at a share of its width."""
    box = canvas.box(record)
    canvas.page.mouse.dblclick(box["x"] + box["w"] * share, box["y"] + box["h"] / 2)


def record(canvas: Canvas, name: str) -> dict[str, Any]:
    return dict(canvas.call("id => wholekey.store.design.get(id)", name))


def columns(canvas: Canvas, table: str) -> list[dict[str, Any]]:
    return list(canvas.call("id => wholekey.store.design.childrenOf(id, 'column')", table))


def press(canvas: Canvas, *keys: str) -> None:
    for key in keys:
        canvas.page.keyboard.press(key)


def test_tab_goes_through_name_type_nullability_and_default(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    column = column_id(0, 1)
    before = record(canvas, column).get("nullable", True)
    double_click(canvas, column, 0.3)
    canvas.page.keyboard.type("total")
    press(canvas, "Tab")
    canvas.page.keyboard.type("numeric(9,3)")
    press(canvas, "Tab")
    switch = canvas.page.locator(".overlay-switch")
    assert switch.get_attribute("role") == "switch"
    press(canvas, "Space", "n", "Enter", "Tab")
    canvas.page.keyboard.type("0.5")
    press(canvas, "Tab")
    assert canvas.page.locator(FIELD).input_value() == "column_2"
    press(canvas, "Shift+Tab")
    assert canvas.page.locator(FIELD).input_value() == "0.5"
    press(canvas, "Escape")
    after = record(canvas, column)
    assert (after["name"], after["type"], after["logical"], after["default"]) == (
        "total",
        "numeric(9,3)",
        "decimal(9,3)",
        {"text": "0.5"},
    )
    assert after.get("nullable", True) is not before


def test_enter_opens_the_next_column_and_arrows_walk(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    double_click(canvas, column_id(0, 1), 0.3)
    press(canvas, "Enter")
    assert canvas.page.locator(FIELD).input_value() == "column_2"
    press(canvas, "ArrowDown")
    assert canvas.page.locator(FIELD).input_value() == "column_3"
    press(canvas, "ArrowUp", "ArrowUp")
    assert canvas.page.locator(FIELD).input_value() == "column_1"
    press(canvas, "Escape")
    double_click(canvas, column_id(0, len(columns(canvas, FIRST)) - 1), 0.3)
    press(canvas, "Enter")
    assert canvas.page.locator(FIELD).get_attribute("placeholder").startswith("name type")


def test_a_double_click_opens_the_cell_that_it_is_on(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    column = column_id(0, 1)
    kind = record(canvas, column)["type"]
    node = canvas.call(
        "id => { const n = wholekey.scene.nodes.get(id); return { w: n.w, typeX: n.typeX, nullX: n.nullX }; }", FIRST
    )
    double_click(canvas, column, (node["typeX"] + 10) / node["w"])
    assert canvas.page.locator(FIELD).input_value() == kind
    press(canvas, "Escape")
    double_click(canvas, column, (node["nullX"] + 1) / node["w"])
    assert canvas.page.locator(".overlay-switch").count() == 1


@pytest.mark.parametrize("zoom", [0.75, 1, 1.6])
def test_cells_lie_over_what_is_drawn(open_canvas: Open, zoom: float) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST, zoom)
    column = column_id(0, 2)
    for cell in ("name", "type"):
        canvas.call("([id, cell]) => wholekey.editor.texts.editCell(id, cell)", [column, cell])
        field, row = canvas.page.locator(FIELD).bounding_box(), canvas.box(column)
        start = canvas.call(
            "([id, cell]) => { const { scene, view } = wholekey; const n = scene.nodes.get(id);"
            " return view.boxOnScreen({ x: n.x + n[`${cell}X`], y: 0, w: 0, h: 0 }).x"
            " + view.canvas.getBoundingClientRect().left; }",
            [FIRST, cell],
        )
        assert field is not None
        assert abs(field["y"] - row["y"]) <= 2 * zoom
        assert abs(field["height"] - row["h"]) <= 2 * zoom
        # Letters begin inside of the padding of the field: 6 pixels at zoom 1.
        assert abs(field["x"] + 6 * zoom - start) <= 1


def test_a_refusal_stays_in_the_field_with_its_message(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    double_click(canvas, column_id(0, 1), 0.3)
    canvas.page.keyboard.type("column_2")
    press(canvas, "Tab")
    field = canvas.page.locator(FIELD)
    assert field.input_value() == "column_2"
    assert field.get_attribute("aria-invalid") == "true"
    message = canvas.page.locator(".overlay-message")
    assert "column_2 here already" in message.inner_text()
    box, below = field.bounding_box(), message.bounding_box()
    assert box is not None
    assert below is not None
    assert 0 <= below["y"] - box["y"] - box["height"] <= 12
    # Leaving the field does not lose what was typed either.
    canvas.page.locator("#outline-filter").focus()
    assert field.input_value() == "column_2"
    press(canvas, "Escape")
    assert canvas.page.locator(FIELD).count() == 0
    assert canvas.names("column", FIRST)[1] == "column_1"
    assert canvas.branch.entries == []


def test_a_whole_line_may_be_typed_as_the_name(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    double_click(canvas, column_id(0, 1), 0.3)
    canvas.page.keyboard.type("total numeric(8,2) not null default 0")
    press(canvas, "Enter", "Escape")
    after = record(canvas, column_id(0, 1))
    assert (after["name"], after["type"], after["nullable"]) == ("total", "numeric(8,2)", False)


def test_types_are_completed(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.call("id => wholekey.editor.texts.editCell(id, 'type')", column_id(0, 1))
    field = canvas.page.locator(FIELD)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    canvas.page.keyboard.type("varc")
    option = canvas.page.locator("#completion [aria-selected=true]")
    assert option.locator(".completion-name").inner_text() == "varchar(255)"
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    press(canvas, "Enter")
    canvas.page.keyboard.type("80")
    press(canvas, "Enter")
    assert record(canvas, column_id(0, 1))["type"] == "varchar(80)"
    # What is a type already is not made a longer one.
    canvas.page.keyboard.type("int")
    press(canvas, "Enter", "Escape")
    assert record(canvas, column_id(0, 2))["type"] == "int"


def test_a_suggestion_is_taken_by_the_mouse(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.call("id => wholekey.editor.texts.editCell(id, 'type')", column_id(0, 1))
    canvas.page.keyboard.type("interv")
    canvas.page.locator("#completion [role=option]").first.click()
    assert canvas.page.locator(FIELD).input_value() == "interval"
    press(canvas, "Enter", "Escape")
    assert record(canvas, column_id(0, 1))["type"] == "interval"


def test_a_name_that_refers_brings_its_type_and_foreign_key(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.call("id => wholekey.editor.texts.addColumn(id)", FIRST)
    canvas.page.keyboard.type("order_1_id")
    press(canvas, "ArrowDown", "Enter", "Enter", "Escape")
    made = columns(canvas, FIRST)[-1]
    assert (made["name"], made["type"]) == ("order_1_id", "bigint")
    keys = canvas.call("id => wholekey.store.design.childrenOf(id, 'foreign_key')", FIRST)
    assert [(key["columns"], key["ref_table"]) for key in keys] == [([made["id"]], SECOND)]
    canvas.saved()
    assert len(canvas.branch.entries) == 1


def test_pasted_lines_become_columns_in_one_step(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    before = canvas.names("column", FIRST)
    canvas.call("id => wholekey.editor.texts.addColumn(id)", FIRST)
    canvas.call(
        """() => { const data = new DataTransfer();
        data.setData("text/plain", "street text not null,\\n  zip varchar(10),\\n  city text -- where\\n");
        document.querySelector(".overlay-input").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    assert canvas.names("column", FIRST) == [*before, "street", "zip", "city"]
    assert canvas.page.locator(FIELD).input_value() == ""
    press(canvas, "Escape")
    canvas.saved()
    assert [entry["label"] for entry in canvas.branch.entries] == ["Add 3 columns to account_0"]
    press(canvas, "Control+z")
    assert canvas.names("column", FIRST) == before


def test_a_new_table_goes_on_to_its_columns(open_canvas: Open) -> None:
    canvas = open_canvas()
    box = canvas.box(FIRST)
    canvas.page.mouse.dblclick(box["x"] + 200, box["y"] - 110)
    canvas.page.keyboard.type("coupons")
    press(canvas, "Enter")
    canvas.page.keyboard.type("code text unique")
    press(canvas, "Enter", "Enter")
    assert canvas.page.locator(FIELD).count() == 0
    made = canvas.call("[...wholekey.store.design.ofKind('table')].find((each) => each.name === 'coupons').id")
    assert canvas.names("column", made) == ["id", "code"]
    assert canvas.call("id => wholekey.store.design.childrenOf(id, 'key').length", made) == 2


def open_ideas(open_canvas: Open) -> Canvas:
    canvas = open_canvas(0)
    canvas.branch.records = IDEAS
    canvas.page.reload()
    canvas.page.wait_for_selector("#stage[data-ready]")
    return canvas


def attributes(canvas: Canvas, parent: str) -> list[dict[str, Any]]:
    return list(canvas.call("id => wholekey.store.design.childrenOf(id, 'attribute')", parent))


def test_entities_and_attributes_are_typed(open_canvas: Open) -> None:
    canvas = open_ideas(open_canvas)
    button = canvas.page.locator('[data-action="add-table"]')
    assert button.get_attribute("aria-label") == "Add an entity"
    assert button.is_enabled()
    stage = canvas.page.locator("#stage").bounding_box()
    assert stage is not None
    canvas.page.locator("#canvas").focus()
    press(canvas, "e")
    canvas.page.mouse.click(stage["x"] + 200, stage["y"] + 260)
    canvas.page.keyboard.type("Customer")
    press(canvas, "Enter")
    for line in ("*number: integer", "{phone}? string(20)", "address: street, city", "  country", "/order count"):
        canvas.page.keyboard.type(line)
        press(canvas, "Enter")
    press(canvas, "Escape")
    entity = canvas.call("[...wholekey.store.design.ofKind('entity')].find((each) => each.name === 'Customer').id")
    number, phone, address, count = attributes(canvas, entity)
    assert (number["name"], number["type"]) == ("number", "integer")
    assert (phone["name"], phone["optional"], phone["multivalued"]) == ("phone", True, True)
    assert [each["name"] for each in attributes(canvas, address["id"])] == ["street", "city", "country"]
    assert (count["name"], count["derived"]) == ("order count", True)
    (identifier,) = canvas.call("[...wholekey.store.design.ofKind('identifier')]")
    assert (identifier["primary"], identifier["attributes"]) == (True, [number["id"]])


def test_attributes_are_renamed_moved_and_deleted(open_canvas: Open) -> None:
    canvas = open_ideas(open_canvas)
    canvas.call("id => wholekey.editor.texts.addColumn(id)", "entity0001")
    canvas.page.keyboard.type("number, state, note")
    press(canvas, "Enter", "Escape")
    number, state, note = (each["id"] for each in attributes(canvas, "entity0001"))
    double_click(canvas, state, 0.3)
    canvas.page.keyboard.type("{status}?")
    press(canvas, "Enter", "Escape")
    after = record(canvas, state)
    assert (after["name"], after["multivalued"], after["optional"]) == ("status", True, True)
    canvas.call("id => wholekey.select([id])", note)
    press(canvas, "Alt+ArrowUp")
    assert [each["id"] for each in attributes(canvas, "entity0001")] == [number, note, state]
    press(canvas, "Delete")
    assert [each["id"] for each in attributes(canvas, "entity0001")] == [number, state]


@pytest.mark.parametrize("cell", ["name", "type", "nullable", "default"])
def test_on_a_phone_the_field_is_always_in_sight(open_canvas: Open, cell: str) -> None:
    canvas = open_canvas(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    canvas.look_at(FIRST)
    # The table half out of sight, and then a keyboard that takes the lower half.
    canvas.call("wholekey.view.panBy(260, 500)")
    canvas.call("([id, cell]) => wholekey.editor.texts.editCell(id, cell)", [column_id(0, 3), cell])
    canvas.page.set_viewport_size({"width": 390, "height": 440})
    canvas.page.wait_for_timeout(200)
    field = canvas.page.locator(FIELD).bounding_box()
    stage = canvas.page.locator("#stage").bounding_box()
    assert field is not None
    assert stage is not None
    assert field["x"] >= stage["x"]
    assert field["x"] + field["width"] <= stage["x"] + stage["width"]
    assert field["y"] >= stage["y"]
    assert field["y"] + field["height"] <= 440
    size = canvas.call("parseFloat(getComputedStyle(document.querySelector('.overlay-input')).fontSize)")
    assert size >= 16


def test_who_may_only_look_opens_no_cell(open_canvas: Open) -> None:
    canvas = open_canvas(can_edit=False)
    canvas.look_at(FIRST)
    for share in (0.3, 0.7, 0.95):
        double_click(canvas, column_id(0, 1), share)
    assert canvas.page.locator(FIELD).count() == 0


@pytest.mark.parametrize(
    ("typed", "nullable", "default"),
    [
        ("price numeric(10,2) not null", False, None),
        ("note text null", True, None),
        ("n bigint not null default 0", False, "0"),
        ("m text default null", True, "null"),
    ],
)
def test_what_is_typed_whole_is_committed_by_one_enter(
    open_canvas: Open, typed: str, nullable: bool, default: str | None
) -> None:
    canvas = open_canvas()
    canvas.call("id => wholekey.select([id])", table_id(0))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+Enter")
    canvas.page.keyboard.type(typed)
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.press("Escape")
    script = "name => wholekey.store.design.ofKind('column').find((each) => each.name === name)"
    column = canvas.call(script, typed.split()[0])
    assert column is not None, "one Enter did not do"
    assert column.get("nullable", True) is nullable
    assert (column.get("default") or {}).get("text") == default
