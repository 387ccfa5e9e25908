"""Chen. `static/designer/geometry/notations/chen.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.base import Notation


class Chen(Notation):
    """Chen."""

    name = "chen"
    title = "Chen"
