"""Crow's foot (IE). `static/designer/geometry/notations/crowsfoot.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.base import Notation


class Crowsfoot(Notation):
    """Crow's foot (IE)."""

    name = "crowsfoot"
    title = "Crow's foot (IE)"
