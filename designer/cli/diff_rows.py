"""How many rows tables have: typed in, or as a live OLD estimates it, so that hazards can say what a rewrite costs."""

from __future__ import annotations

import argparse

from designer.cli import live
from designer.cli.problems import Problem
from designer.dialects.registry import get
from designer.evolution.align import Aligned
from designer.evolution.row_counts import count_of
from designer.importers.live import LiveProblem
from designer.importers.live.counts import Counts
from designer.importers.live.counts import row_counts as counted
from designer.schema import Design, Id, Schema, Table


def row_counts(options: argparse.Namespace, there: Aligned, dialect: str) -> dict[Id, int]:
    """Return row counts by table: those that were typed in, and those of a live OLD for the others."""
    home = get(dialect).default_schema
    counts = _of_live(options.old, there.old, home)
    for text in options.rows:
        name, sign, number = text.rpartition("=")
        if not sign:
            raise Problem(f"--rows {text}: write TABLE=N, such as users=40M")
        counts |= dict.fromkeys(_tables(name, there, home), _count(text, number))
    return counts


def _of_live(source: str, design: Design, home: str) -> dict[Id, int]:
    """Return the estimates of a live database; none where it does not tell, since a migration needs none."""
    url = live.url_of(source) if source != "-" else None
    try:
        found: Counts = counted(url) if url else {}
    except LiveProblem:
        return {}
    rows = ((table.id, found.get((_schema(design, table, home), table.name))) for table in design.of(Table))
    return {table: number for table, number in rows if number is not None}


def _count(text: str, number: str) -> int:
    found = count_of(number)
    if found is None:
        raise Problem(f"--rows {text}: {number} is no number of rows; write 1200, 40k, 3.5M or 2G")
    return found


def _tables(name: str, there: Aligned, home: str) -> list[Id]:
    *schema, last = name.split(".")
    found = [
        table.id
        for design in (there.old, there.new)
        for table in design.of(Table)
        if table.name == last and (not schema or _schema(design, table, home) in schema)
    ]
    if not found:
        raise Problem(f"--rows {name}: there is no such table on either side")
    return found


def _schema(design: Design, table: Table, home: str) -> str:
    parent = design.get(table.parent or "")
    return parent.name if isinstance(parent, Schema) else home
