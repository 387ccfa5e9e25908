"""How many rows tables have: typed in, for hazards that can then say what a rewrite costs."""

from __future__ import annotations

import argparse
import re

from designer.cli.problems import Problem
from designer.evolution.align import Aligned
from designer.schema import Id, Schema, Table

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgbt]?)", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "b": 10**9, "t": 10**12}


def row_counts(options: argparse.Namespace, there: Aligned) -> dict[Id, int]:
    """Return the row counts that the options say, by table."""
    counts: dict[Id, int] = {}
    for text in options.rows:
        name, sign, number = text.rpartition("=")
        if not sign:
            raise Problem(f"--rows {text}: write TABLE=N, such as users=40M")
        for table in _tables(name, there):
            counts[table] = _count(text, number)
    return counts


def _count(text: str, number: str) -> int:
    found = _NUMBER.fullmatch(number.strip().replace("_", "").replace(",", ""))
    if found is None:
        raise Problem(f"--rows {text}: {number} is no number of rows; write 1200, 40k, 3.5M or 2G")
    return int(float(found[1]) * _UNITS[found[2].lower()])


def _tables(name: str, there: Aligned) -> list[Id]:
    *home, last = name.split(".")
    found = [
        table.id
        for design in (there.old, there.new)
        for table in design.of(Table)
        if table.name == last and (not home or _schema(design, table) in home)
    ]
    if not found:
        raise Problem(f"--rows {name}: there is no such table on either side")
    return found


def _schema(design: object, table: Table) -> str:
    parent = design.get(table.parent)  # type: ignore[attr-defined]
    return parent.name if isinstance(parent, Schema) else "public"
