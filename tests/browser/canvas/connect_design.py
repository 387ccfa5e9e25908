"""A small shop and a few entities, for tests that draw lines."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

TABLES: dict[str, tuple[tuple[int, int], list[tuple[str, str, bool]], list[str]]] = {
    "customers": ((0, 0), [("id", "bigint", False), ("mail", "text", False), ("country", "text", True)], ["id"]),
    "orders": ((420, 0), [("id", "bigint", False), ("placed", "date", False), ("note", "text", True)], ["id"]),
    "stocks": ((0, 320), [("shop", "integer", False), ("number", "integer", False)], ["shop", "number"]),
    "parcels": ((420, 320), [("id", "bigint", False), ("order_id", "bigint", True)], ["id"]),
}


def shop() -> list[Record]:
    """Return a physical model of four tables without a line between them."""
    found: list[Record] = [
        {"kind": "model", "id": "model00001", "name": "Shop", "target": "postgresql"},
        {"kind": "diagram", "id": "diagram001", "parent": "model00001", "name": "Everything"},
    ]
    for place, (table, ((x, y), columns, key)) in enumerate(TABLES.items()):
        found.append({"kind": "table", "id": table, "parent": "model00001", "name": table, "order": f"{place + 1}"})
        found.append(
            {"kind": "placement", "id": f"p_{table}", "parent": "diagram001", "element": table, "x": x, "y": y}
        )
        found += [
            {
                "kind": "column", "id": f"{table}_{name}", "parent": table, "name": name, "type": kind, "logical": kind,
                "nullable": nullable, "order": f"{at + 1}",
            }
            for at, (name, kind, nullable) in enumerate(columns)
        ]  # fmt: skip
        members = [f"{table}_{name}" for name in key]
        found.append({"kind": "key", "id": f"k_{table}", "parent": table, "primary": True, "columns": members})
    found.append({"kind": "key", "id": "k_mail", "parent": "customers", "columns": ["customers_mail"], "order": "2"})
    return found


def ideas(boxed: bool = False) -> list[Record]:
    """Return a conceptual model of three entities; `boxed` adds a relationship that is drawn as a box."""
    entities = {"Customer": (0, 0), "Order": (420, 0), "Person": (0, 300)}
    found: list[Record] = [
        {"kind": "model", "id": "model00001", "name": "Ideas", "level": "conceptual"},
        {"kind": "diagram", "id": "diagram001", "parent": "model00001", "name": "Everything"},
    ]
    for place, (name, (x, y)) in enumerate(entities.items()):
        found.append({"kind": "entity", "id": name, "parent": "model00001", "name": name, "order": f"{place + 1}"})
        found.append({"kind": "placement", "id": f"p_{name}", "parent": "diagram001", "element": name, "x": x, "y": y})
        found.append({"kind": "attribute", "id": f"{name}_no", "parent": name, "name": "number", "order": "1"})
    if boxed:
        ends = [{"entity": "Customer", "min": 1, "max": 1}, {"entity": "Order"}]
        found += [
            {"kind": "relationship", "id": "places", "parent": "model00001", "name": "places", "ends": ends},
            {"kind": "attribute", "id": "places_at", "parent": "places", "name": "at", "order": "1"},
            {"kind": "placement", "id": "p_places", "parent": "diagram001", "element": "places", "x": 420, "y": 300},
        ]
    return found
