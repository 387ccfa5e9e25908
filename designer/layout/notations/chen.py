"""Chen's notation: rectangles, diamonds and ovals. `static/designer/geometry/notations/chen.js` holds the twin.

P. P. Chen, "The Entity-Relationship Model: Toward a Unified View of Data" (1976) has the rectangles, the diamonds and
the ratios 1, N and M; what is drawn double or dashed, composite attributes and specializations follow Elmasri and
Navathe, "Fundamentals of Database Systems", and Bagui and Earp, "Database Design Using Entity-Relationship Diagrams".
"""

# ruff: noqa: ARG002
# A notation overrides methods of one signature, and need not use every argument.

from __future__ import annotations

from collections.abc import Mapping, Sequence

from designer.layout.edges import Edge, End
from designer.layout.ends import Mark, Point, mark_of
from designer.layout.metrics import Element, Shape
from designer.layout.notations.base import EndText, Notation
from designer.layout.notations.chen_box import box_of
from designer.layout.notations.chen_figures import chen_element
from designer.layout.notations.chen_lines import chen_edge
from designer.layout.notations.chen_places import figures_between
from designer.layout.notations.chen_routes import chen_routes
from designer.layout.route import Placed, Route
from designer.schema import Design, Id, Record


class Chen(Notation):
    """Entities as rectangles, relationships as diamonds, attributes as ovals."""

    name = "chen"
    title = "Chen"
    straight = True

    def adjust(self, element: Element, design: Design, record: Record) -> Element:
        """Return the element with its figure, and its attributes with what is drawn of them."""
        return chen_element(element, design, record)

    def adjust_edge(self, edge: Edge, design: Design) -> Edge:
        """Return the line with its symbol and what is written at it."""
        return chen_edge(edge, design)

    def box_of(self, element: Element) -> Shape:
        """Return the footprint of a figure with its ovals."""
        return box_of(element)

    def mark_of(self, end: End, point: Point, direction: Point, edge: Edge) -> Mark:
        """Return an arrow head at what a view reads; Chen's lines have no other marks."""
        return mark_of("arrow" if end.shape == "arrow" else "", point, direction, end.min, end.max)

    def dashed(self, edge: Edge, end: End | None = None) -> bool:
        """Only what a view reads is dashed."""
        return edge.kind == "reads"

    def end_texts(self, edge: Edge) -> list[EndText]:
        """Return nothing: the routes carry the texts."""
        return []

    def between(self, edges: Sequence[Edge]) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
        """Return the diamonds and circles of lines, which need a place between the entities as boxes do."""
        return figures_between(edges)

    def routes(self, edges: Sequence[Edge], placed: Mapping[Id, Placed]) -> dict[str, Route]:
        """Return straight lines with their diamonds and circles."""
        return chen_routes(edges, placed)
