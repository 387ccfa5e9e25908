"""Components, communities and layers."""

from __future__ import annotations

from hypothesis import given, settings

from designer.layout.box import Box, intersects
from designer.layout.graph import MOST_IN_COMMUNITY, communities, components
from designer.layout.layers import layers_of
from designer.layout.pack import grid, packed_by_links
from tests.layout.test_arrange import Edges, Sizes, graphs, made


def test_components_keep_the_order() -> None:
    assert components(["d", "a", "c", "b"], [("a", "b"), ("c", "d")]) == [["d", "c"], ["a", "b"]]


def test_communities_are_the_dense_parts() -> None:
    cliques = [[f"{name}{at}" for at in range(6)] for name in "xyz"]
    edges = [(a, b) for clique in cliques for a in clique for b in clique if a < b]
    edges += [("x0", "y0"), ("y1", "z0")]
    nodes = [node for clique in cliques for node in clique]
    assert communities(nodes, edges) == cliques


@given(graphs())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_communities_part_the_nodes(graph: tuple[Sizes, Edges]) -> None:
    sizes, edges = graph
    groups = communities(list(sizes), edges, 5)
    assert sorted(node for group in groups for node in group) == sorted(sizes)
    assert max(map(len, groups)) <= 6


def test_communities_of_a_large_graph_have_a_largest_size() -> None:
    sizes, edges = made(800)
    groups = communities(list(sizes), edges)
    assert max(map(len, groups)) <= MOST_IN_COMMUNITY * 5 // 4


@given(graphs())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_layers_put_parents_first_where_there_is_no_cycle(graph: tuple[Sizes, Edges]) -> None:
    sizes, edges = graph
    number = {node: at for at, node in enumerate(sizes)}
    forward = [(a, b) if number[a] > number[b] else (b, a) for a, b in edges if a != b]
    layer = layers_of(sizes, forward)
    assert all(layer[parent] < layer[child] for child, parent in forward)
    assert sorted(set(layer.values())) == list(range(len(set(layer.values()))))


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    sizes = {f"t{at}": (10, 10) for at in range(5000)}
    layer = layers_of(sizes, [(f"t{at}", f"t{at + 1}") for at in range(4999)])
    assert layer["t0"] == 4999


@given(graphs())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_packings_do_not_overlap(graph: tuple[Sizes, Edges]) -> None:
    sizes = graph[0]
    beside = packed_by_links(sizes, {}, 10)
    for corners in ([beside[key] for key in sizes], grid(list(sizes.values()), 10)):
        boxes = [Box(*corner, *size) for corner, size in zip(corners, sizes.values(), strict=True)]
        assert not any(intersects(a, b) for at, a in enumerate(boxes) for b in boxes[:at])
