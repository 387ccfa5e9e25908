"""The pictures of dependencies: the strip, the layers and the matrix, as numbers."""

from __future__ import annotations

from itertools import combinations

from designer.dependencies.subject import subject_of
from designer.normalization.contract import FD
from designer.schema import Column, Dependency, Design, Key, Table
from designer.web.normalizing_layers import layers
from designer.web.normalizing_matrix import matrix
from designer.web.normalizing_strip import CELL_H, MOST_LINES, Arrow, strip

NAMES = ("order_id", "line_no", "zip", "city")


def test_keys_stand_above_the_columns_and_what_offends_below():
    made = strip(NAMES, 3, [Arrow(3, 12, "key", "k"), Arrow(1, 4, "partial", "p"), Arrow(4, 8, "transitive", "t")])
    key, partial, transitive = made.lines
    assert key.y < made.top < made.top + CELL_H < partial.y < transitive.y < made.height
    assert [cell.key for cell in made.cells] == [True, True, False, False]
    assert made.said == "key: k; partial: p; transitive: t"


def test_a_left_side_of_several_columns_has_a_bracket_and_a_dot_in_each():
    made = strip(NAMES, 3, [Arrow(3, 12, "key", "k"), Arrow(4, 8, "transitive", "t")])
    assert made.lines[0].bracket.startswith("M")
    assert len(made.lines[0].dots) == 2
    assert len(made.lines[0].tips) == 2
    assert made.lines[1].bracket == ""


def test_lines_that_meet_in_one_cell_do_not_lie_on_each_other():
    made = strip(NAMES, 1, [Arrow(1 << at, 8, "transitive", "t") for at in range(3)])
    places = [tip.split()[0] for line in made.lines for tip in line.tips]
    assert len(set(places)) == 3


def test_cells_do_not_overlap_and_long_names_are_cut():
    made = strip(["x" * 80, "y", ""], 0, [])
    for one, other in combinations(made.cells, 2):
        assert one.x + one.w < other.x
    assert made.cells[0].text.endswith("…")
    assert made.cells[0].name == "x" * 80
    assert made.said == "no dependencies are known"


def test_a_strip_draws_so_many_lines_and_counts_the_others():
    made = strip(NAMES, 0, [Arrow(4, 8, "transitive", str(at)) for at in range(MOST_LINES + 3)])
    assert (len(made.lines), made.more) == (MOST_LINES, 3)


def test_a_dependency_on_nothing_is_drawn_as_well():
    (line,) = strip(NAMES, 1, [Arrow(0, 8, "partial", "constant")]).lines
    assert line.dots == ()
    assert len(line.tips) == 1


def test_layers_lead_from_the_keys_to_what_follows():
    made = layers(("id", "a", "b", "c"), [FD(1, 14), FD(2, 4), FD(4, 8)], [1])
    assert [(box.heads, box.rows, box.layer, box.key) for box in made.boxes] == [
        (["id"], [], 0, True), (["a"], [], 1, False), (["b"], ["c"], 2, False),
    ]  # fmt: skip
    assert len(made.lines) == 2, "what follows from other lines is left out"
    assert made.boxes[0].x < made.boxes[1].x < made.boxes[2].x


def test_columns_that_determine_one_another_share_a_box():
    made = layers(("id", "zip", "plz", "city"), [FD(1, 14), FD(2, 4), FD(4, 2), FD(2, 8)], [1])
    assert [box.heads for box in made.boxes] == [["id"], ["zip", "plz"]]
    assert "zip or plz determines city" in made.said
    assert made.boxes[0].rows == [], "what has a box of its own is not listed in another"


def test_boxes_of_a_layer_do_not_overlap():
    lefts = [FD(1, (1 << 30) - 1), *(FD(1 << at, 1 << (at + 1)) for at in range(1, 29, 2))]
    made = layers([f"c{at}" for at in range(30)], lefts, [1])
    own = [box for box in made.boxes if box.layer == 1]
    assert len(own) == 14
    for one, other in combinations(own, 2):
        assert one.y + one.h < other.y or other.y + other.h < one.y
    assert made.height >= max(box.y + box.h for box in own)


def test_a_relation_without_dependencies_is_drawn_as_nothing():
    assert layers(("a", "b"), [], []).boxes == ()


def test_the_matrix_tells_what_is_known_of_each_square():
    columns = [
        Column(id=f"col{at}", parent="table", name=name, nullable=False, order="ABCD"[at])
        for at, name in enumerate(NAMES)
    ]
    design = Design(
        [
            Table(id="table", name="t"), *columns, Key(id="key1", parent="table", primary=True, columns=("col0", "col1")),
            Dependency(id="dep1", parent="table", determinant=("col0",), dependent=("col2",), order="A"),
            Dependency(id="dep2", parent="table", determinant=("col2",), dependent=("col3",), state="proposed", order="B"),
            Dependency(id="dep3", parent="table", determinant=("col3",), dependent=("col2",), state="refuted", order="C"),
        ]
    )  # fmt: skip
    made = matrix(design, subject_of(design, "table"))
    states = {row.name: [square.state for square in row.squares] for row in made.rows}
    assert states == {
        "order_id": ["own", "", "confirmed", ""],
        "zip": ["", "", "own", "proposed"],
        "city": ["", "", "refuted", "own"],
    }
    assert made.open == 1
