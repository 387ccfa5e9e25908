"""UML class. `static/designer/geometry/notations/uml.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.base import Notation


class Uml(Notation):
    """UML class."""

    name = "uml"
    title = "UML class"
