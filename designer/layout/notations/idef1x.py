"""IDEF1X. `static/designer/geometry/notations/idef1x.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.base import Notation


class Idef1x(Notation):
    """IDEF1X."""

    name = "idef1x"
    title = "IDEF1X"
