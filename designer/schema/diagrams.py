"""Models and the pictures of them. A semantic diff leaves the pictures out."""

from __future__ import annotations

from designer.schema.base import Id, Named, Record


class Model(Named, frozen=True, kw_only=True, omit_defaults=True, tag="model", gc=False):
    """One model of the design: the root that its other records hang on.

    `level` is conceptual, logical or physical; `target` is the dialect of a physical model and
    `version` its server version.
    """

    level: str = "physical"
    target: str = ""
    version: str = ""


class Diagram(Named, frozen=True, kw_only=True, omit_defaults=True, tag="diagram", gc=False):
    """A subject area of a model: which elements are shown, and where. Parent: the model."""

    notation: str = "crowsfoot"  # crowsfoot, idef1x, barker, uml, chen, minmax
    detail: str = "all"  # all, keys, names


class Placement(Record, frozen=True, kw_only=True, omit_defaults=True, tag="placement", gc=False):
    """Where an element stands in a diagram, in pixels at zoom 1; (x, y) is its top left corner. Parent: the diagram."""

    element: Id | None = None
    x: int = 0
    y: int = 0
    width: int | None = None  # set by hand; None follows the content
    detail: str = ""  # overrides the diagram's
    colour: str = ""


class Area(Named, frozen=True, kw_only=True, omit_defaults=True, tag="area", gc=False):
    """A coloured rectangle behind a group of elements. Parent: the diagram. Collapsed it is drawn in place of them."""

    x: int = 0
    y: int = 0
    w: int = 400
    h: int = 300
    colour: str = ""
    collapsed: bool = False


class Note(Record, frozen=True, kw_only=True, omit_defaults=True, tag="note", gc=False):
    """A free text on the picture. Parent: the diagram."""

    text: str = ""  # Markdown
    x: int = 0
    y: int = 0
    w: int = 240
    h: int = 120
    colour: str = ""
