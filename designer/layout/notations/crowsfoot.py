"""Crow's foot, as Information Engineering has it.

Everest, "Basic Data Structure Models Explained with a Common Example" (1976); Martin and Finkelstein, "Information
Engineering" (1981). Identifying relationships are solid, others dashed.
`static/designer/geometry/notations/crowsfoot.js` holds the twin.
"""

from __future__ import annotations

from designer.layout.notations.base import Notation


class Crowsfoot(Notation):
    """Crow's foot."""

    name = "crowsfoot"
    title = "Crow's foot (IE)"
