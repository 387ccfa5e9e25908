"""Min-max. `static/designer/geometry/notations/minmax.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.base import Notation


class MinMax(Notation):
    """Min-max."""

    name = "minmax"
    title = "Min-max"
