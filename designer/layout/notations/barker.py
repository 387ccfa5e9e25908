"""Barker. `static/designer/geometry/notations/barker.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.base import Notation


class Barker(Notation):
    """Barker."""

    name = "barker"
    title = "Barker"
