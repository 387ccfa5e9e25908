"""Designs of any size for the canvas: tables on a grid, foreign keys mostly to near ones, areas and notes."""

from __future__ import annotations

import math
import random
from typing import Any

Record = dict[str, Any]

WORDS = (
    "account",
    "order",
    "invoice",
    "product",
    "customer",
    "payment",
    "shipment",
    "stock",
    "review",
    "session",
    "audit",
)
TYPES = ("text", "bigint", "timestamptz", "numeric(12,2)", "boolean", "varchar(255)", "uuid", "jsonb", "date")
COLUMN_STEP, ROW_STEP = 340, 420


def records(tables: int, seed: int = 7) -> list[Record]:
    """Return the records of a physical model with one diagram that shows `tables` tables."""
    chance = random.Random(seed)
    found: list[Record] = [
        {"kind": "model", "id": "model00001", "name": "Generated", "target": "postgresql"},
        {"kind": "schema", "id": "schema0001", "parent": "model00001", "name": "public"},
        {"kind": "diagram", "id": "diagram001", "parent": "model00001", "name": "Everything"},
    ]
    wide = max(1, math.ceil(math.sqrt(tables * 1.4)))
    for number in range(tables):
        found += _table(number, wide, chance)
    if tables > 3:
        found.append(
            {
                "kind": "area",
                "id": "area000001",
                "parent": "diagram001",
                "name": "First ones",
                "x": -40,
                "y": -60,
                "w": COLUMN_STEP * 2 - 20,
                "h": ROW_STEP * 2 - 40,
                "colour": "blue",
            }
        )
        found.append(
            {
                "kind": "note",
                "id": "note000001",
                "parent": "diagram001",
                "text": "Generated for measuring.",
                "x": -320,
                "y": 0,
            }
        )
    return found


def table_id(number: int) -> str:
    """Return the id of the table with a number."""
    return f"t{number:09d}"


def column_id(table: int, number: int) -> str:
    """Return the id of a column; number 0 is the key."""
    return f"c{table:06d}{number:03d}"


def _table(number: int, wide: int, chance: random.Random) -> list[Record]:
    table = table_id(number)
    name = f"{WORDS[number % len(WORDS)]}_{number}"
    found: list[Record] = [
        {"kind": "table", "id": table, "parent": "schema0001", "name": name, "order": f"{number:06d}x"},
        {"kind": "key", "id": f"k{number:09d}", "parent": table, "primary": True, "columns": [column_id(number, 0)]},
        {
            "kind": "placement",
            "id": f"p{number:09d}",
            "parent": "diagram001",
            "element": table,
            "x": (number % wide) * COLUMN_STEP,
            "y": (number // wide) * ROW_STEP,
        },
    ]
    columns = chance.randint(5, 13)
    for at in range(columns):
        kind = "bigint" if at == 0 else chance.choice(TYPES)
        found.append(
            {
                "kind": "column",
                "id": column_id(number, at),
                "parent": table,
                "name": "id" if at == 0 else f"column_{at}",
                "type": kind,
                "nullable": chance.random() < 0.4 and at > 0,
                "order": f"{at:03d}x",
            }
        )
    for at in range(1, min(3, number + 1)):
        near = number - 1 - min(int(chance.expovariate(0.12)), number - 1)
        found.append(
            {
                "kind": "foreign_key",
                "id": f"f{number:07d}{at:02d}",
                "parent": table,
                "columns": [column_id(number, at)],
                "ref_table": table_id(near),
                "ref_columns": [column_id(near, 0)],
            }
        )
    return found
