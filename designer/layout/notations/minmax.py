"""The (min,max) notation, after Abrial, "Data Semantics" (1974), and ISO/TR 9007 (1987).

The pair stands beside the entity whose participation it states ("look here"): `(1,1)` beside Order means that each
order takes part in exactly one such relationship. UML and crow's foot look across: they say so at the other end. Of a
relationship of three or more entities the pair is the one that the entity's end has. Lines have no marks of their own.
`static/designer/geometry/notations/minmax.js` holds the twin.
"""

from __future__ import annotations

from designer.layout.edges import Edge, End
from designer.layout.ends import Mark, Point, mark_of
from designer.layout.notations.base import EndText, Notation, other_end, texts_at


class MinMax(Notation):
    """The (min,max) notation."""

    name = "minmax"
    title = "Min-max"

    def mark_of(self, end: End, point: Point, direction: Point, edge: Edge) -> Mark:  # noqa: ARG002
        """Return nothing but the triangle of a supertype and the arrow to what a view reads."""
        return Mark() if end.shape == "foot" else mark_of(end.shape, point, direction, end.min, end.max)

    def dashed(self, edge: Edge, end: End | None = None) -> bool:  # noqa: ARG002
        """Tell whether the line says what a view reads."""
        return edge.kind == "reads"

    def end_texts(self, edge: Edge) -> list[EndText]:
        """Return how often the element at each end takes part."""
        return texts_at(edge, lambda end: _pair(_participation(edge, end)) if end.shape == "foot" else "")


def _participation(edge: Edge, end: End) -> End:
    """Return the end whose numbers say how often the element at `end` takes part."""
    other = other_end(edge, end)
    return other if other.shape == "foot" else end


def _pair(end: End) -> str:
    return f"({end.min},{'N' if end.max is None else end.max})"
