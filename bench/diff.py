"""The migration between two designs with 50 changes, for growing designs, beside Alembic's autogenerate on the same pair.

CPU seconds of this process after everything is loaded. Alembic (where it is installed) compares the new schema, as
SQLAlchemy's metadata, with a database that holds the old one: it has to read that database, which is a part of its way.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.export_ddl import make_design
from bench.tables import markdown
from designer.evolution import migrate
from designer.evolution.align import aligned
from designer.importers.sql import read
from designer.schema import Column, Design, Index, IndexPart
from designer.schema.ids import seeded_ids
from exporters.contract import Options
from exporters.registry import get

SIZES = (100, 300, 1000, 3000)
CHANGES = 50
RUNS = 5
ALEMBIC_UP_TO = 3000
_HEADS = [
    "tables", "steps", "by ids, CPU s", "growth", "two files, CPU s", "Alembic, CPU s", "ratio, files", "ratio, ids",
]  # fmt: skip


def changed(design: Design, changes: int = CHANGES) -> Design:
    """Return a design with so many changes: columns added, dropped, retyped, renamed, indexes added."""
    chance = random.Random(11)
    fresh = seeded_ids("bench diff")
    used = {part.column for index in design.of(Index) for part in index.parts}
    free = [
        each for each in design.of(Column)
        if each.name.startswith("column_") and each.name > "column_4" and each.id not in used
    ]  # fmt: skip
    put: list[Any] = []
    gone: list[str] = []
    for number, column in enumerate(chance.sample(free, changes)):
        kind = number % 5
        if kind == 0:
            put.append(Column(id=fresh(), parent=column.parent, order="zz", name=f"new_{number}", type="integer"))
        elif kind == 1:
            gone.append(column.id)
        elif kind == 2:
            put.append(msgspec.structs.replace(column, type="text", default=None))
        elif kind == 3:
            put.append(msgspec.structs.replace(column, name=f"{column.name}_renamed"))
        else:
            part = IndexPart(column=column.id)
            put.append(Index(id=fresh(), parent=column.parent, order="zz", name=f"new_idx_{number}", parts=(part,)))
    return design.changed(gone, put)


def cpu_of(work: Callable[..., object], *given: object, runs: int = RUNS) -> float:
    """Return the least CPU seconds that a function takes of what it is given, of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work(*given)
        times.append(time.process_time() - start)
    return min(times)


def ddl(design: Design) -> str:
    """Return the design as PostgreSQL."""
    return get("ddl").export(design, Options()).text


def alembic_cpu(old: str, new: str) -> float | None:
    """Return the CPU seconds of Alembic's comparison on a real PostgreSQL, or None where it cannot run here."""
    try:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext
        from sqlalchemy import MetaData, create_engine

        from tests.servers import running_postgres
    except ImportError:
        return None
    with running_postgres() as server:
        urls = []
        for text in (old, new):
            url = server.new_database()
            # A transaction for each statement: no lock table holds 3,000 tables at once.
            command = [str(server.bin / "psql"), "-q", "-v", "ON_ERROR_STOP=1", url]
            subprocess.run(command, input=text.encode(), check=True, stdout=subprocess.DEVNULL)
            urls.append(url.replace("postgresql://", "postgresql+psycopg://"))
        wanted = MetaData()
        wanted.reflect(create_engine(urls[1]))
        with create_engine(urls[0]).connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return cpu_of(compare_metadata, context, wanted, runs=1)


def migrate_files(old: Design, new: Design) -> object:
    """Write the migration between two designs whose ids say nothing of one another, as those of two files."""
    pair = aligned(old, new, "postgresql")
    return migrate(pair.old, pair.new, "postgresql")


def row_of(size: int, first: float | None) -> list[Any]:
    """Return the row of one size; `first` are the seconds of the smallest design, None where it is this one."""
    old = make_design(size)
    new = changed(old)
    steps = len(migrate(old, new).steps)
    ours = cpu_of(migrate, old, new)
    texts = ddl(old), ddl(new)
    without = cpu_of(migrate_files, *(read(text, "", "postgresql").design for text in texts), runs=2)
    theirs = alembic_cpu(*texts) if size <= ALEMBIC_UP_TO else None
    beside = f"{theirs:.2f}" if theirs else "not installed"
    ratios = [f"{theirs / each:.0f}" if theirs else "" for each in (without, ours)]
    return [size, steps, ours, f"{ours / (first or ours):.1f}", without, beside, *ratios]


def main() -> None:
    """Print the table."""
    rows: list[list[Any]] = []
    for size in SIZES:
        rows.append(row_of(size, rows[0][2] if rows else None))
    print(markdown(_HEADS, rows))


if __name__ == "__main__":
    main()
