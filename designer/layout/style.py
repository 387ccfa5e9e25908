"""The ways to lay a diagram out, as numbers: which way it reads and how much room stays between things."""

from __future__ import annotations

from dataclasses import dataclass, replace

ASPECT = 1.6
"""How many times as wide as high a picture is wanted: about that of a window."""
NODE_GAP = 34
LAYER_GAP = 100


@dataclass(frozen=True, slots=True)
class Style:
    """One way to lay out.

    `layered` draws references from layer to layer, otherwise tables stand in columns as close as lines allow. Layers
    follow one another from left to right; an `upright` style is drawn so with its axes exchanged, and then read
    downwards. Gaps are pixels: between tables of a layer, between layers, between groups of tables, between tables
    that refer to nothing. A group has at most `most` tables.
    """

    name: str
    words: str
    layered: bool = True
    upright: bool = False
    node_gap: int = NODE_GAP
    layer_gap: int = LAYER_GAP
    block_gap: int = 110
    single_gap: int = 40
    most: int = 40
    aspect: float = ASPECT

    def turned(self) -> Style:
        """Return the style as it is drawn before its axes are exchanged."""
        return replace(self, aspect=1 / self.aspect) if self.upright else self


LEFT_RIGHT = Style("left-right", "left to right")
TOP_DOWN = Style("top-down", "top down", upright=True, node_gap=76, layer_gap=72, single_gap=56)
COMPACT = Style("compact", "compactly", layered=False, node_gap=36, layer_gap=76, block_gap=76, single_gap=36, most=56)
AREAS = replace(COMPACT, name="areas", words="by areas")

STYLES = {style.name: style for style in (LEFT_RIGHT, TOP_DOWN, COMPACT, AREAS)}
