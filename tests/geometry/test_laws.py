"""Laws of sizes and routes on random input."""

from __future__ import annotations

import itertools
import os

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout.edges import Edge, End
from designer.layout.metrics import Element, Row, box_of
from designer.layout.route import Placed, Route, route_all
from designer.layout.text import ellipsize, text_width, visible, wrapped
from tests.nasty import CORPUS

MANY = int(os.environ.get("WHOLEKEY_EXAMPLES", "100"))
SOME = min(600, int(os.environ.get("WHOLEKEY_EXAMPLES", "70")))
"""Examples of pictures, which take longer than words."""

any_text = st.one_of(st.text(max_size=60), st.sampled_from([each.name for each in CORPUS]))


@given(any_text, st.integers(8, 40), st.booleans(), st.integers(0, 300))
@settings(max_examples=MANY, deadline=None, derandomize=True)
def test_what_is_cut_fits(text: str, size: int, bold: bool, width: int) -> None:
    cut = ellipsize(text, size, bold, width)
    assert cut == text or cut == "…" or text_width(cut, size, bold) <= width


@given(any_text, st.integers(20, 300))
@settings(max_examples=MANY, deadline=None, derandomize=True)
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    lines = wrapped(text, 13, width)
    assert "".join(lines).replace(" ", "") == visible(text.replace("\r\n", "\n")).replace(" ", "")


@given(any_text)
@settings(max_examples=MANY, deadline=None, derandomize=True)
def test_what_is_visible_can_stand_in_xml(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert all(ord(each) >= 0x20 and not 0xD800 <= ord(each) <= 0xDFFF for each in shown)


rows = st.lists(
    st.builds(
        Row, st.text("abcdefgh", min_size=6, max_size=6), any_text, any_text,
        st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 3),
    ),
    max_size=8,
)  # fmt: skip
elements = st.builds(
    Element, st.just("e"), any_text, any_text, st.just("table"), rows.map(tuple),
    st.sampled_from(["all", "keys", "names"]), st.none() | st.integers(1, 900),
)  # fmt: skip


@given(elements)
@settings(max_examples=SOME, deadline=None, derandomize=True)
def test_cells_lie_in_their_box(element: Element) -> None:
    shape = box_of(element)
    assert shape.header_h <= shape.h
    assert all(shape.header_h <= row.y and row.y + row.h <= shape.h for row in shape.rows)
    assert shape.key_x <= shape.name_x
    assert shape.name_x + shape.name_w <= shape.type_x
    assert shape.type_x + shape.type_w <= shape.null_x <= shape.w
    assert min(shape.name_w, shape.type_w) >= 0


@st.composite
def pictures(draw: st.DrawFn) -> tuple[dict[str, Placed], list[Edge]]:
    """Return boxes anywhere, even on one another, and edges between them."""
    count = draw(st.integers(1, 10))
    shape = box_of(Element("e", "orders", rows=tuple(Row(f"r{at}", "column", "text") for at in range(4))))
    corner = st.integers(-1500, 1500)
    placed = {f"b{at}": Placed(draw(corner), draw(corner), shape) for at in range(count)}
    box = st.sampled_from(sorted(placed))
    row = st.sampled_from(["r0", "r3", "none"])
    ends = st.builds(End, box, st.tuples(row), st.just("foot"), st.integers(0, 1), st.sampled_from([1, None]))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=14))
    return placed, [Edge(f"e{at}", *pair) for at, pair in enumerate(pairs)]


@given(pictures())
@settings(max_examples=SOME, deadline=None, derandomize=True)
def test_routes_run_at_right_angles_from_box_to_box(picture: tuple[dict[str, Placed], list[Edge]]) -> None:
    placed, edges = picture
    routes = route_all(edges, placed)
    assert set(routes) == {edge.id for edge in edges}
    for edge in edges:
        _assert_sound(routes[edge.id], placed[edge.source.element], placed[edge.target.element])
    assert route_all(list(reversed(edges)), placed) == routes


def _assert_sound(route: Route, source: Placed, target: Placed) -> None:
    for a, b in zip(route.points, route.points[1:], strict=False):
        assert (a[0] == b[0]) != (a[1] == b[1]), route.points
    for point, placed in ((route.points[0], source), (route.points[-1], target)):
        box = placed.box
        assert point[0] in (box.x, box.right) or point[1] == box.y
        assert box.y <= point[1] <= box.bottom
    assert all(isinstance(each, int) for point in route.points for each in point)


@st.composite
def columns(draw: st.DrawFn) -> tuple[dict[str, Placed], list[Edge]]:
    """Return tables in two columns, anywhere on a grid of rows, with room between them, and up to six foreign keys."""
    shape = box_of(Element("e", "orders", rows=tuple(Row(f"r{at}", "column", "text") for at in range(4))))
    placed = {}
    for side in (0, 1):
        top = 0
        for at in range(4):
            top += draw(st.integers(0, 6)) * 24
            placed[f"{side}{at}"] = Placed(side * (shape.w + 400), top, shape)
            top += shape.h + 24
    end = st.builds(
        End, st.sampled_from(sorted(placed)), st.sampled_from(["r0", "r1", "r2", "r3"]).map(lambda row: (row,))
    )
    pairs = draw(st.lists(st.tuples(end, end).filter(lambda each: each[0].element != each[1].element), max_size=6))
    return placed, [Edge(f"e{at}", *pair) for at, pair in enumerate(pairs)]


@given(columns())
@settings(max_examples=SOME, deadline=None, derandomize=True)
def test_lines_that_share_no_end_do_not_lie_on_each_other(picture: tuple[dict[str, Placed], list[Edge]]) -> None:
    placed, edges = picture
    routes = route_all(edges, placed)
    for a, b in itertools.combinations(routes.values(), 2):
        if not {a.source.point, a.target.point} & {b.source.point, b.target.point}:
            assert _run_together(a, b) == 0, (a.points, b.points)


def _run_together(a: Route, b: Route) -> int:
    """Return how many pixels of two lines lie on each other."""
    return sum(
        max(
            0,
            min(max(p[along], q[along]), max(r[along], s[along]))
            - max(min(p[along], q[along]), min(r[along], s[along])),
        )
        for p, q in itertools.pairwise(a.points)
        for r, s in itertools.pairwise(b.points)
        for fixed, along in ((0, 1), (1, 0))
        if p[fixed] == q[fixed] == r[fixed] == s[fixed]
    )
