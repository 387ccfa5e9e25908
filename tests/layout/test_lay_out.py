"""Laws of laying out a diagram: nothing overlaps, scopes move only what they should, areas hold their tables."""

from __future__ import annotations

import random

import pytest

from designer.change import apply
from designer.commands.contract import edit
from designer.layout import lay_out as module
from designer.layout.arrange import LayoutCancelled
from designer.layout.box import Box, contains, intersects
from designer.layout.drawing import Watching
from designer.layout.lay_out import LaidOut, NothingToLayOut, lay_out
from designer.layout.picture import Picture, picture_of
from designer.layout.style import STYLES, Style
from designer.schema import (
    Area,
    Column,
    Design,
    Diagram,
    End,
    Entity,
    ForeignKey,
    Key,
    Model,
    Note,
    Placement,
    Record,
    Relationship,
    Schema,
    Table,
    first_physical,
    seeded_ids,
)  # fmt: skip
from tests.layout.schemas import made_up, shop

DIAGRAM = "diagram001"
ALL_STYLES = pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))


def model_of(design: Design) -> Model:
    model = first_physical(design)
    assert model is not None
    return model


def ids(design: Design) -> dict[str, str]:
    return {table.name: table.id for table in design.of(Table)}


def with_records(design: Design, records: list[Record]) -> Design:
    return apply(design, edit(design, "", records).change)


def with_diagram(design: Design, *more: Record, notation: str = "crowsfoot") -> Design:
    return with_records(design, [Diagram(id=DIAGRAM, parent=model_of(design).id, notation=notation), *more])


def scattered(design: Design, seed: int = 1) -> Design:
    """Return the design with every table somewhere on a diagram, some on one another."""
    chance = random.Random(seed)
    fresh = seeded_ids("scattered")
    places = [
        Placement(
            id=fresh(), parent=DIAGRAM, element=table.id, x=chance.randrange(-2000, 2000), y=chance.randrange(1500)
        )
        for table in design.of(Table)
    ]
    return with_diagram(design, *places)


def done(design: Design, style: Style = STYLES["left-right"], **wanted: object) -> tuple[Design, LaidOut]:
    """Lay out with ids that are the same each time for the same design; return the design after it."""
    ids_to_use = seeded_ids(f"laid out {len(design)}")
    found = lay_out(design, model_of(design).id, DIAGRAM, style=style, new_id=ids_to_use, **wanted)  # type: ignore[arg-type]
    return with_records(design, found.records), found


def picture(design: Design) -> Picture:
    return picture_of(design, model_of(design), DIAGRAM)


def assert_apart(shown: Picture) -> None:
    """No two elements or notes share more than an edge."""
    boxes = [(key, shown.boxes[key]) for key in [*shown.elements, *shown.notes]]
    for at, (key, box) in enumerate(boxes):
        for other, there in boxes[:at]:
            assert not intersects(box, there), (key, other)


def places(design: Design) -> dict[str, tuple[int, int]]:
    return {each.element or "": (each.x, each.y) for each in design.of(Placement, DIAGRAM)}


def in_areas(design: Design) -> Design:
    """Return the shop with an area round four tables, one within it round two, an empty one, and three notes."""
    names = ids(design)
    spots = {"orders": (100, 100), "payments": (500, 100), "customers": (100, 700), "addresses": (500, 700)}
    fresh = seeded_ids("areas")
    put: list[Record] = [
        Placement(id=fresh(), parent=DIAGRAM, element=names[name], x=x, y=y) for name, (x, y) in spots.items()
    ]
    rest = [name for name in names if name not in spots]
    put += [
        Placement(id=fresh(), parent=DIAGRAM, element=names[name], x=1500 + at % 4 * 400, y=at // 4 * 600)
        for at, name in enumerate(rest)
    ]
    put += [
        Area(id="outer00001", parent=DIAGRAM, name="Sales", x=0, y=0, w=1000, h=1200),
        Area(id="inner00001", parent=DIAGRAM, name="People", x=50, y=650, w=900, h=500),
        Area(id="empty00001", parent=DIAGRAM, name="Later", x=-900, y=0, w=320, h=240),
        Note(id="note000001", parent=DIAGRAM, text="in it", x=60, y=450),
        Note(id="note000002", parent=DIAGRAM, text="beside", x=1500, y=-200),
        Note(id="note000003", parent=DIAGRAM, text="alone", x=9000, y=9000),
    ]
    return with_diagram(design, *put)


@ALL_STYLES
@pytest.mark.parametrize("count", [2, 12, 60, 150])
def test_nothing_overlaps_whatever_the_style(style: Style, count: int) -> None:
    after, found = done(scattered(made_up(count)), style)
    assert found.moved == count
    assert_apart(picture(after))


@ALL_STYLES
def test_the_same_design_gives_the_same_picture_however_it_stood(style: Style) -> None:
    one, _ = done(scattered(made_up(80), seed=1), style)
    other, _ = done(scattered(made_up(80), seed=2), style)
    assert places(one) == places(other)
    assert places(done(one, style)[0]) == places(one)


@ALL_STYLES
def test_the_order_of_the_records_changes_nothing(style: Style) -> None:
    design = scattered(made_up(60))
    shuffled = list(design.records())
    random.Random(5).shuffle(shuffled)
    assert places(done(Design(shuffled), style)[0]) == places(done(design, style)[0])


@ALL_STYLES
def test_areas_hold_what_they_held_and_are_as_large_as_it_takes(style: Style) -> None:
    before = in_areas(shop())
    homes = picture(before).homes
    after, _ = done(before, style)
    shown = picture(after)
    assert_apart(shown)
    assert shown.homes == homes
    assert (shown.boxes["empty00001"].w, shown.boxes["empty00001"].h) == (320, 240)
    for key, area in shown.boxes.items():
        strangers = [box for other, box in shown.boxes.items() if other in shown.elements and homes.get(other) is None]
        assert key not in shown.areas or not any(intersects(area, box) for box in strangers)


def test_areas_stand_side_by_side() -> None:
    after, _ = done(in_areas(shop()), STYLES["areas"])
    shown = picture(after)
    outside = [shown.boxes[key] for key in shown.areas if key not in shown.homes]
    assert not any(intersects(a, b) for at, a in enumerate(outside) for b in outside[:at])


def test_a_note_stays_with_its_table() -> None:
    after, _ = done(in_areas(shop()), STYLES["compact"])
    shown = picture(after)
    assert shown.homes["note000001"] == "outer00001"
    assert any(
        abs(shown.boxes["note000002"].x - shown.boxes[key].x) < 700
        and abs(shown.boxes["note000002"].y - shown.boxes[key].y) < 700
        for key in shown.elements
    )


def test_new_areas_frame_the_tables_that_refer_to_one_another() -> None:
    after, _ = done(scattered(made_up(60)), STYLES["areas"], new_areas="connected")
    shown = picture(after)
    assert len(shown.areas) > 3
    assert len({area.name for area in shown.areas.values()}) == len(shown.areas)
    held = [key for key in shown.elements if key in shown.homes]
    assert len(held) > 45
    assert_apart(shown)
    again, _ = done(after, STYLES["areas"], new_areas="connected")
    assert set(picture(again).areas) == set(shown.areas)


def test_new_areas_frame_the_tables_of_each_schema() -> None:
    model = Model(id="model", name="m", target="postgresql")
    records: list[Record] = [model]
    for schema in ("sales", "stock"):
        records.append(Schema(id=schema, parent="model", name=schema))
        records += [Table(id=f"{schema}{at}", parent=schema, name=f"t{at}") for at in range(5)]
    after, _ = done(scattered(Design(records)), STYLES["areas"], new_areas="schema")
    shown = picture(after)
    names = {key: shown.areas[home].name for key, home in shown.homes.items()}
    assert names == {f"{schema}{at}": schema for schema in ("sales", "stock") for at in range(5)}


def test_an_empty_diagram_gets_every_table_of_its_model() -> None:
    after, found = done(with_diagram(shop()))
    assert found.moved == len(after.of(Table))
    assert set(places(after)) == set(ids(after).values())


@ALL_STYLES
def test_a_selection_is_laid_out_where_it_is_and_nothing_else_moves(style: Style) -> None:
    before, _ = done(scattered(made_up(90)))
    chosen = list(places(before))[10:40]
    after, _ = done(before, style, scope="selection", elements=chosen)
    assert {key: at for key, at in places(after).items() if key not in chosen} == {
        key: at for key, at in places(before).items() if key not in chosen
    }
    assert places(after) != places(before)
    assert_apart(picture(after))


def test_a_selection_with_room_keeps_its_middle() -> None:
    names = ids(shop())
    fresh = seeded_ids("middle")
    spots = {"orders": (0, 0), "customers": (3000, 40), "payments": (1500, 900)}
    put = [Placement(id=fresh(), parent=DIAGRAM, element=names[n], x=x, y=y) for n, (x, y) in spots.items()]
    before = with_diagram(shop(), *put)
    after, _ = done(before, STYLES["compact"], scope="selection", elements=list(places(before)))
    old, new = (bounds(picture(each)) for each in (before, after))
    assert abs(old.x + old.w / 2 - new.x - new.w / 2) <= 8
    assert abs(old.y + old.h / 2 - new.y - new.h / 2) <= 8


def bounds(shown: Picture) -> Box:
    boxes = [shown.boxes[key] for key in shown.elements]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def test_a_selected_area_takes_its_tables_along() -> None:
    before = in_areas(shop())
    after, found = done(before, scope="selection", elements=["inner00001", ids(before)["products"]])
    assert found.moved == 3
    assert picture(after).homes[ids(before)["customers"]] == "inner00001"
    assert places(after)[ids(before)["orders"]] == places(before)[ids(before)["orders"]]


def test_one_table_is_no_selection_to_lay_out() -> None:
    before = in_areas(shop())
    with pytest.raises(NothingToLayOut, match="two tables"):
        done(before, scope="selection", elements=[ids(before)["orders"], "note000001"])


def test_what_is_new_is_placed_and_nothing_else_moves() -> None:
    design = made_up(60)
    some = [table.id for table in design.of(Table)][:40]
    before, _ = done(with_diagram(design), scope="new", elements=some)
    assert set(places(before)) == set(some)
    after, found = done(before, STYLES["compact"], scope="new")
    assert found.moved == 20
    assert {key: at for key, at in places(after).items() if key in some} == places(before)
    assert_apart(picture(after))


def test_a_new_table_stands_near_what_it_refers_to() -> None:
    names = ids(shop())
    fresh = seeded_ids("near")
    spots = {"customers": (0, 0), "orders": (9000, 4000), "products": (-6000, 2000)}
    put = [Placement(id=fresh(), parent=DIAGRAM, element=names[n], x=x, y=y) for n, (x, y) in spots.items()]
    after, _ = done(with_diagram(shop(), *put), scope="new", elements=[names["payments"]])
    x, y = places(after)[names["payments"]]
    assert abs(x - 9000) < 700
    assert abs(y - 4000) < 500


def test_of_two_the_upper_one_moves_and_of_a_heap_all() -> None:
    names = list(ids(shop()).values())
    fresh = seeded_ids("heap")

    def spread(spots: list[tuple[int, int]]) -> Design:
        put = [
            Placement(id=fresh(), parent=DIAGRAM, element=names[at], x=x, y=y, order=f"{at}k")
            for at, (x, y) in enumerate(spots)
        ]
        return with_diagram(shop(), *put)

    two = spread([(0, 0), (30, 30), (2000, 0)])
    after, found = done(two, scope="new", elements=names[:3])
    assert (found.moved, places(after)[names[0]], places(after)[names[2]]) == (1, (0, 0), (2000, 0))
    heap = spread([(0, 0), (0, 0), (0, 0), (0, 0), (3000, 0)])
    after, found = done(heap, scope="new", elements=names[:5])
    assert (found.moved, places(after)[names[4]]) == (4, (3000, 0))
    assert_apart(picture(after))


def test_where_nothing_is_new_that_is_said() -> None:
    before, _ = done(scattered(shop()))
    with pytest.raises(NothingToLayOut, match="nothing is new"):
        done(before, scope="new")


def test_what_is_on_another_diagram_is_not_new() -> None:
    design = shop()
    names = ids(design)
    other = Diagram(id="diagram002", parent=model_of(design).id)
    before = with_diagram(design, other, Placement(id="p1", parent=other.id, element=names["orders"]))
    after, _ = done(before, scope="new")
    assert set(places(after)) == set(names.values()) - {names["orders"]}


@pytest.mark.parametrize("notation", ["chen", "idef1x", "uml"])
def test_boxes_are_as_large_as_the_notation_draws_them(notation: str) -> None:
    fresh = seeded_ids("chen")
    model = Model(id="model", name="m", level="conceptual")
    entities = [Entity(id=f"e{at}", parent="model", name=f"entity {at}") for at in range(6)]
    relations = [
        Relationship(
            id=f"r{at}", parent="model", name=f"relates {at}",
            ends=(End(entity=f"e{at}"), End(entity=f"e{at + 1}")),
        )
        for at in range(5)
    ]  # fmt: skip
    design = Design([model, *entities, *relations, Diagram(id=DIAGRAM, parent="model", notation=notation)])
    found = lay_out(design, "model", DIAGRAM, style=STYLES["compact"], new_id=fresh)
    shown = picture_of(with_records(design, found.records), model, DIAGRAM)
    assert len(found.records) == 6
    assert_apart(shown)


def test_an_empty_model_says_what_to_do() -> None:
    design = Design([Model(id="model", name="m", target="postgresql"), Diagram(id=DIAGRAM, parent="model")])
    with pytest.raises(NothingToLayOut, match="add one"):
        lay_out(design, "model", DIAGRAM)


def test_cancelling_moves_nothing() -> None:
    design = scattered(made_up(200))
    for style in STYLES.values():
        with pytest.raises(LayoutCancelled):
            done(design, style, watching=Watching(cancelled=lambda: True))


def test_corners_are_on_the_grid() -> None:
    after, _ = done(in_areas(shop()), STYLES["areas"])
    for place in [*after.of(Placement, DIAGRAM), *after.of(Area, DIAGRAM), *after.of(Note, DIAGRAM)]:
        assert (place.x % module.GRID, place.y % module.GRID) == (0, 0)


def test_a_table_without_columns_or_keys_is_laid_out_too() -> None:
    design = Design(
        [
            Model(id="model", name="m", target="postgresql"),
            Table(id="a", parent="model", name="a"),
            Table(id="b", parent="model", name="b"),
            Column(id="c", parent="b", name="c", type="int"),
            Key(id="k", parent="a"),
            ForeignKey(id="f", parent="b", columns=("c",), ref_table="a"),
        ]
    )
    after, _ = done(with_diagram(design))
    assert contains(bounds(picture(after)), picture(after).boxes["a"])
