"""The values of `designer.layout` as the plain JSON in which the shared cases are written, and back."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from designer.layout.edges import Edge, End
from designer.layout.metrics import Element, Row, RowShape, Shape
from designer.layout.route import Placed


def plain(value: Any) -> Any:
    """Return a value as JSON has it, with field names in camel case."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {_camel(f.name): plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found.group(1).upper(), name)


def _snake(given: dict[str, Any]) -> dict[str, Any]:
    return {re.sub(r"[A-Z]", lambda found: "_" + found.group(0).lower(), key): value for key, value in given.items()}


def element(given: dict[str, Any]) -> Element:
    """Return the element that a case describes."""
    return Element(**{**given, "rows": tuple(Row(**row) for row in given.get("rows", []))})


def edge(given: dict[str, Any]) -> Edge:
    """Return the edge that a case describes."""
    ends = {side: End(**{**given[side], "rows": tuple(given[side].get("rows", []))}) for side in ("source", "target")}
    return Edge(**{**given, **ends})


def placed(given: dict[str, Any]) -> Placed:
    """Return the placed shape that a case describes."""
    fields = _snake({key: value for key, value in given.items() if key not in ("x", "y")})
    fields["rows"] = tuple(RowShape(**row) for row in fields["rows"])
    fields["rules"] = tuple(fields["rules"])
    return Placed(given["x"], given["y"], Shape(**fields))
