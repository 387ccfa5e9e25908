"""Live databases: reading the catalogs, the script, the import, the export, and the proof on an empty database.

`python -m bench.live [postgresql|mariadb|sqlite …] [TABLES …]`. Tables have ten columns, 1.5 foreign keys, an index and comments.
The reference is the server's own dump program in the same run; "equal" is the verdict of the independent readers.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from bench.tables import markdown
from designer.importers.live import EVERYTHING, take
from designer.importers.live.registry import engine
from designer.importers.sql import read as read_text
from exporters.contract import Options
from exporters.registry import get
from tests.fidelity.__main__ import home_of
from tests.fidelity.homes import Home

SIZES = (100, 1000, 3000)
TITLES = {"postgresql": "PostgreSQL", "mariadb": "MariaDB", "sqlite": "SQLite"}
TYPES = {
    "postgresql": ("bigint", "integer", "text", "character varying(255)", "timestamp with time zone", "boolean", "numeric(10,2)", "date", "uuid", "jsonb"),
    "mariadb": ("bigint(20)", "int(11)", "varchar(150)", "datetime", "tinyint(1)", "decimal(10,2)", "date", "char(36)", "int(10) unsigned"),
    "sqlite": ("INTEGER", "TEXT", "VARCHAR(255)", "DATETIME", "BOOLEAN", "NUMERIC(10,2)", "DATE", "BLOB"),
}  # fmt: skip
COLUMNS = 10
COLUMN_NAMES = (
    "tables",
    "take",
    "script",
    "import",
    "export",
    "CPU",
    "ms a table",
    "dump program",
    "take : dump",
    "equal",
)
Result = TypeVar("Result")


def script(dialect: str, tables: int, seed: int = 7) -> str:
    """Return a script of so many tables."""
    chance = random.Random(seed)
    parts = []
    for number in range(tables):
        targets = sorted({chance.randrange(number) for _ in range(1 + number % 2)}) if number else []
        parts += _table(dialect, number, targets, chance)
    return "\n".join(parts)


def _table(dialect: str, number: int, targets: list[int], chance: random.Random) -> list[str]:
    name, key = f"table_{number:04d}", "INTEGER" if dialect == "sqlite" else "bigint"
    comment = f" COMMENT 'what column_{number} means'" if dialect == "mariadb" else ""
    lines = [f"id {key} NOT NULL PRIMARY KEY", *(f"parent_{each:04d} {key}" for each in targets)]
    lines += [
        f"column_{at} {chance.choice(TYPES[dialect])}{' NOT NULL' if at % 3 else ''}{comment}"
        for at in range(COLUMNS - len(lines))
    ]
    lines += [
        f"CONSTRAINT {name}_fk_{each:04d} FOREIGN KEY (parent_{each:04d}) REFERENCES table_{each:04d} (id) ON DELETE CASCADE"
        for each in targets
    ]
    ending = f" COMMENT='Table number {number}'" if dialect == "mariadb" else ""
    made = [f"CREATE TABLE {name} (\n  " + ",\n  ".join(lines) + f"\n){ending};"]
    made.append(f"CREATE INDEX {name}_idx ON {name} (column_1{f', parent_{targets[0]:04d}' if targets else ''});")
    if dialect == "postgresql":
        made.append(f"COMMENT ON TABLE {name} IS 'Table number {number}';")
        made.append(f"COMMENT ON COLUMN {name}.column_0 IS 'what column_{number} means';")
    return made


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return the result of some work, and the seconds that it took by the clock on the wall."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def measure(home: Home, tables: int) -> list[Any]:
    """Return one line: seconds of each step, against the server's own dump program, and whether B is equal to A."""
    dialect = home.dialect
    database = home.new()
    refused = home.apply(database, script(dialect, tables))
    if refused:
        raise RuntimeError(refused[0])
    _, dumped = timed(lambda: home.dump(database))
    cpu = time.process_time()
    snapshot, taken = timed(lambda: take(home.url(database)))
    text, written = timed(lambda: engine(dialect).script(snapshot, EVERYTHING))
    result, imported = timed(lambda: read_text(text, "bench", dialect))
    export, exported = timed(lambda: get("ddl").export(result.design, Options(dialect=dialect)).text)
    cpu = time.process_time() - cpu
    other = home.new()
    errors = home.apply(other, export)
    equal = not errors and home.read(database) == home.read(other)
    each = (taken + written + imported + exported) / tables * 1000
    return [tables, taken, written, imported, exported, cpu, each, dumped, taken / dumped, "yes" if equal else "NO"]


def main() -> None:
    """Print the table, for the databases and sizes given or the usual ones."""
    dialects = [each for each in sys.argv[1:] if each in TITLES] or list(TITLES)
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or list(SIZES)
    rows: list[list[Any]] = []
    with ExitStack() as stack:
        for dialect in dialects:
            home = home_of(dialect, stack)
            measure(home, 10)  # loads the modules
            rows += [[TITLES[dialect], *measure(home, tables)] for tables in sizes]
    print(markdown(["database", *COLUMN_NAMES], rows))
    print(
        "\nSeconds, but for the column of milliseconds. CPU is that of this process, over take, script, import and export."
    )


if __name__ == "__main__":
    main()
