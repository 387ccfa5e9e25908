"""What a notation decides: how a box looks, which marks stand at the ends of a line, and which texts beside them.

`static/designer/geometry/notations/base.js` holds the twin.
"""

# ruff: noqa: ARG002
# Notations override methods of one signature, and not each of them needs every argument.
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from designer.layout.edges import Edge, End
from designer.layout.ends import Mark, Point, mark_of
from designer.layout.metrics import Element, Shape, box_of
from designer.layout.route import Placed, Route, route_all
from designer.schema import Design, Id, Record


@dataclass(frozen=True, slots=True)
class EndText:
    """A text beside one end of a line."""

    end: Literal["source", "target"]
    text: str


class Notation:
    """How diagrams are drawn; what a notation does not override is as in crow's foot."""

    name: str  # as a Diagram record has it
    title: str  # as people call it
    straight: bool = False  # lines run straight from border to border, without corners

    def adjust(self, element: Element, design: Design, record: Record) -> Element:
        """Return the element with its rows, texts and sections as the notation words them."""
        return element

    def adjust_edge(self, edge: Edge, design: Design) -> Edge:
        """Return the line with what only this notation says of its record."""
        return edge

    def box_of(self, element: Element) -> Shape:
        """Return how large the box of an adjusted element is, and where its parts lie."""
        return box_of(element)

    def mark_of(self, end: End, point: Point, direction: Point, edge: Edge) -> Mark:
        """Return the mark at an end of a line."""
        return mark_of(end.shape, point, direction, end.min, end.max)

    def dashed(self, edge: Edge, end: End | None = None) -> bool:
        """Tell whether the half of a line at an end is dashed."""
        return not edge.identifying

    def end_texts(self, edge: Edge) -> list[EndText]:
        """Return the roles, and the numbers that a crow's foot cannot say: `2..5`."""
        return texts_at(edge, lambda end: _unsaid(end) if end.shape == "foot" else "")

    def between(self, edges: Sequence[Edge]) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
        """Return the sizes of what stands between elements, by an id of its own, and the links by way of it."""
        return {}, [(edge.source.element, edge.target.element) for edge in edges]

    def routes(self, edges: Sequence[Edge], placed: Mapping[Id, Placed]) -> dict[str, Route]:
        """Return the routes of lines between boxes, by id."""
        return route_all(edges, placed)


def other_end(edge: Edge, end: End) -> End:
    """Return the end at the other side of a line."""
    return edge.target if end is edge.source else edge.source


def holds_box(edge: Edge) -> bool:
    """Tell whether a line leads to the box of a relationship of several entities."""
    return edge.kind == "relationship" and edge.source.shape != "foot"


def texts_at(edge: Edge, text_of: Callable[[End], str]) -> list[EndText]:
    """Return the texts at the ends that `text_of` words, with the role that an end plays; empty ones are left out."""
    ends: tuple[tuple[Literal["source", "target"], End], ...] = (("source", edge.source), ("target", edge.target))
    found = [(side, " ".join(word for word in (text_of(end), _role_at(edge, end)) if word)) for side, end in ends]
    return [EndText(side, text) for side, text in found if text]


def _role_at(edge: Edge, end: End) -> str:
    """A role that is the label of its line already is not written twice."""
    return "" if end.role == edge.label else end.role


def _unsaid(end: End) -> str:
    if end.min <= 1 and (end.max is None or end.max <= 1):
        return ""
    return f"{end.min}..{'*' if end.max is None else end.max}"
