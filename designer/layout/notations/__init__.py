"""The notations that a diagram may be drawn in. `static/designer/geometry/notations/index.js` holds the twin."""

from __future__ import annotations

from designer.layout.notations.barker import Barker
from designer.layout.notations.base import EndText, Notation
from designer.layout.notations.chen import Chen
from designer.layout.notations.crowsfoot import Crowsfoot
from designer.layout.notations.idef1x import Idef1x
from designer.layout.notations.minmax import MinMax
from designer.layout.notations.uml import Uml

NOTATIONS: tuple[Notation, ...] = (Crowsfoot(), Idef1x(), Barker(), Uml(), Chen(), MinMax())
"""In the order in which they are offered."""

_BY_NAME = {notation.name: notation for notation in NOTATIONS}


def notation_of(name: str | None) -> Notation:
    """Return a notation by its name; crow's foot for a name that is not known, such as one of a newer version."""
    return _BY_NAME.get(name or "", NOTATIONS[0])


__all__ = ["NOTATIONS", "EndText", "Notation", "notation_of"]
