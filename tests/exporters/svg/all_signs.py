"""Two diagrams with everything that notations tell apart: the tables and entities of `tests/cases/geometry/elements.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from designer.schema import Design
from designer.schema.codec import record_from

CASES = Path(__file__).parents[2] / "cases" / "geometry" / "elements.json"
PLACES: dict[str, dict[str, tuple[int, int]]] = {
    "tables": {
        "cust": (0, 0), "orde": (440, 40), "line": (900, 0), "prod": (900, 260), "invo": (440, 320), "oldo": (0, 320),
        "turn": (0, 520),
    },
    "entities": {
        "pers": (0, 60), "stud": (380, 0), "lect": (380, 180), "cour": (380, 430), "sect": (760, 0),
        "room": (760, 260), "teac": (760, 450),
    },
}  # fmt: skip


def records(what: str, notation: str = "crowsfoot") -> list[dict[str, Any]]:
    """Return the records of the `tables` or the `entities` with a diagram `diag`, one of them coloured."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    case = next(each for each in cases if each["name"] == f"what notations tell apart: {what}")
    diagram = {"kind": "diagram", "id": "diag", "parent": "model", "name": what, "notation": notation}
    placements = [
        {"kind": "placement", "id": f"p_{element}", "parent": "diag", "element": element, "x": x, "y": y}
        | ({"colour": "green"} if element in ("prod", "room") else {})
        for element, (x, y) in PLACES[what].items()
    ]
    return [*case["records"], diagram, *placements]


def design(what: str, notation: str = "crowsfoot") -> Design:
    """Return the same as a design."""
    return Design([record_from(each) for each in records(what, notation)])
