"""Drawing a box as the notation of its diagram draws it."""

from __future__ import annotations

from collections.abc import Callable

from designer.layout.metrics import Element
from designer.layout.notations import Notation
from designer.layout.route import Placed
from exporters.svg.boxes import drawn_element
from exporters.svg.chen import drawn_figure
from exporters.svg.plain import drawn_plain
from exporters.svg.theme import Theme

DRAWERS: dict[str, Callable[[Element, Placed, Theme], str]] = {
    "chen": drawn_figure,
    **dict.fromkeys(("idef1x", "barker", "uml"), drawn_plain),
}
"""By the name of the notation; the others draw boxes as crow's foot does."""


def drawn_in(notation: Notation, element: Element, placed: Placed, theme: Theme) -> str:
    """Return the group of one box."""
    return DRAWERS.get(notation.name, drawn_element)(element, placed, theme)
