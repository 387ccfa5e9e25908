"""Laws of every arrangement: all boxes stand, none overlap, the same input gives the same picture."""

from __future__ import annotations

import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.layout import arrange as arrange_module
from designer.layout.arrange import Arrangement, LayoutCancelled, arrange
from designer.layout.box import Box, intersects
from designer.layout.dot import WHEEL_COMMAND, Engine, Job, find_engine, solve
from designer.layout.spatial_index import SpatialIndex

Sizes = dict[str, tuple[int, int]]
Edges = list[tuple[str, str]]


@st.composite
def graphs(draw: st.DrawFn, most: int = 30) -> tuple[Sizes, Edges]:
    """Return boxes of many sizes and edges between them, loops and double edges among them."""
    count = draw(st.integers(1, most))
    sizes = {f"t{at}": (draw(st.integers(1, 500)), draw(st.integers(1, 900))) for at in range(count)}
    node = st.sampled_from(sorted(sizes))
    return sizes, draw(st.lists(st.tuples(node, node), max_size=2 * count))


def made(count: int, step: int = 7) -> tuple[Sizes, Edges]:
    """Return `count` boxes in which each refers to an earlier one, and every tenth to the first."""
    sizes = {f"t{at}": (160 + at % 9 * 20, 60 + at % 13 * 24) for at in range(count)}
    edges = [(f"t{at}", f"t{max(0, at - 1 - at % step)}") for at in range(1, count)]
    return sizes, edges + [(f"t{at}", "t0") for at in range(10, count, 10)]


def assert_sound(sizes: Sizes, done: Arrangement, fixed: dict[str, tuple[int, int]] | None = None) -> None:
    """Every box that is not fixed has whole coordinates, and no two boxes overlap."""
    fixed = fixed or {}
    assert set(done.positions) == set(sizes) - set(fixed)
    assert all(isinstance(each, int) for corner in done.positions.values() for each in corner)
    index = SpatialIndex()
    for key, corner in done.positions.items():
        box = Box(*corner, *sizes[key])
        assert not index.query(box), key
        assert not any(intersects(box, Box(*at, *sizes[each])) for each, at in fixed.items())
        index.insert(key, box)


@given(graphs())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_boxes_never_overlap(graph: tuple[Sizes, Edges]) -> None:
    assert_sound(graph[0], arrange(*graph))


@given(graphs())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_boxes_never_overlap_without_graphviz(graph: tuple[Sizes, Edges]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrange_module, "find_engine", lambda: None)
        done = arrange(*graph)
    assert done.engine == "own"
    assert_sound(graph[0], done)


@given(graphs(16), st.data())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_what_is_fixed_is_in_nobodys_way(graph: tuple[Sizes, Edges], data: st.DataObject) -> None:
    sizes, edges = graph
    standing = data.draw(st.sets(st.sampled_from(sorted(sizes)), max_size=6))
    fixed = {key: (at * 700 - 900, at % 3 * 1000) for at, key in enumerate(sorted(standing))}
    done = arrange(sizes, edges, fixed=fixed)
    assert_sound(sizes, done, fixed)


@pytest.mark.parametrize("count", [1, 2, 40, 300])
def test_the_same_input_gives_the_same_picture(count: int) -> None:
    assert arrange(*made(count)) == arrange(*made(count))


def test_nothing_is_arranged_as_nothing() -> None:
    assert arrange({}, []).positions == {}


def test_the_picture_begins_at_the_origin() -> None:
    done = arrange(*made(90))
    assert min(x for x, _ in done.positions.values()) == 0
    assert min(y for _, y in done.positions.values()) == 0


def test_parents_stand_left_of_their_children() -> None:
    sizes = dict.fromkeys(("order", "customer", "item"), (200, 100))
    corners = arrange(sizes, [("order", "customer"), ("item", "order")]).positions
    assert corners["customer"][0] < corners["order"][0] < corners["item"][0]


def test_many_children_of_one_table_do_not_make_an_endless_column() -> None:
    sizes = {f"t{at}": (200, 200) for at in range(50)}
    done = arrange(sizes, [(f"t{at}", "t0") for at in range(1, 50)])
    width = max(x for x, _ in done.positions.values()) + 200
    height = max(y for _, y in done.positions.values()) + 200
    assert 0.7 < width / height < 3


def test_tables_without_references_stand_in_a_grid() -> None:
    done = arrange({f"t{at}": (200, 100) for at in range(12)}, [])
    assert len({x for x, _ in done.positions.values()}) * len({y for _, y in done.positions.values()}) == 12


def test_a_new_table_stands_near_what_it_refers_to() -> None:
    sizes = {"far": (200, 100), "near": (200, 100), "new": (200, 100)}
    done = arrange(sizes, [("new", "near")], fixed={"far": (0, 0), "near": (9000, 4000)})
    assert abs(done.positions["new"][0] - 9000) < 600
    assert abs(done.positions["new"][1] - 4000) < 400


def test_an_edge_to_something_unknown_is_no_edge() -> None:
    assert_sound({"a": (10, 10)}, arrange({"a": (10, 10)}, [("a", "gone"), ("gone", "a"), ("a", "a")]))


def test_progress_is_told_and_rises() -> None:
    told: list[float] = []
    arrange(*made(200), progress=lambda fraction, _: told.append(fraction))
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_cancelling_stops_it() -> None:
    with pytest.raises(LayoutCancelled, match="nothing was moved"):
        arrange(*made(200), cancelled=lambda: True)


def _script(folder: Path, text: str) -> Engine:
    script = folder / "dot"
    script.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return Engine(str(script), "dot")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts a `dot` with the given shell text in front of the real one."""

    def install(text: str) -> None:
        _script(tmp_path, text)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    return install


def test_a_slow_dot_is_killed_and_our_own_method_draws(broken: Callable[[str], None]) -> None:
    broken("exec sleep 600")
    started = time.monotonic()
    done = arrange(*made(30), time_limit=0.5)
    assert time.monotonic() - started < 10
    assert_sound(made(30)[0], done)
    assert "did not answer in time" in done.notes[0]


@pytest.mark.parametrize(
    "text",
    ["exit 3", "echo garbage; cat >/dev/null", "kill -9 $$", "printf 'graph 1 1 1\\nnode n0 0 0 1 1\\nstop\\n'",
     "head -c 10 >/dev/null; exit 0"],
)  # fmt: skip
def test_a_broken_dot_costs_only_beauty(broken: Callable[[str], None], text: str) -> None:
    broken(text)
    sizes, edges = made(30)
    assert_sound(sizes, arrange(sizes, edges))


def test_boxes_that_dot_puts_on_one_another_are_drawn_anew(broken: Callable[[str], None]) -> None:
    broken("cat >/dev/null; echo graph 1 1 1; for n in 0 1 2; do echo node n$n 1 1 1 1; done; echo stop")
    sizes = {"a": (100, 100), "b": (100, 100), "c": (100, 100)}
    assert_sound(sizes, arrange(sizes, [("a", "b"), ("b", "c")]))


def test_no_name_of_a_user_reaches_graphviz(tmp_path: Path) -> None:
    engine = _script(tmp_path, f"cat > {tmp_path}/seen")
    job = Job({'"; evil': (10, 10), "näme": (10, 10)}, [("näme", '"; evil')])
    assert solve(engine, [job], 5, lambda: False) == [None]
    seen = (tmp_path / "seen").read_text(encoding="ascii")
    assert "evil" not in seen
    assert "n0->n1" in seen


@pytest.mark.parametrize("command", [*(["dot"] if shutil.which("dot") else []), WHEEL_COMMAND])
def test_both_engines_answer(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if command == WHEEL_COMMAND:
        monkeypatch.setenv("PATH", str(tmp_path))
    engine = find_engine()
    if engine is None or engine.name != command:
        pytest.skip(f"{command} is not installed")
    sizes, edges = made(50)
    done = arrange(sizes, edges)
    assert (done.engine, done.notes) == (command, [])
    assert_sound(sizes, done)


def test_a_thousand_tables_take_seconds() -> None:
    sizes, edges = made(1000)
    started = time.process_time()
    done = arrange(sizes, edges)
    assert time.process_time() - started < 10
    assert_sound(sizes, done)


@pytest.mark.parametrize(
    "edges",
    [
        [(at, 0) for at in range(1, 2000)],
        [(at, hub) for at in range(2, 2000) for hub in (0, 1)],
        [(at, (at + 1) % 2000) for at in range(2000)],
        [(at, at + 1) for at in range(0, 2000, 2)],
    ],
    ids=["a star", "two hubs", "a ring", "pairs"],
)
@pytest.mark.slow
def test_odd_shapes_take_seconds_too(edges: list[tuple[int, int]]) -> None:
    sizes = {f"t{at}": (200, 60 + at % 9 * 24) for at in range(2000)}
    started = time.process_time()
    done = arrange(sizes, [(f"t{a}", f"t{b}") for a, b in edges])
    assert time.process_time() - started < 10
    assert_sound(sizes, done)
