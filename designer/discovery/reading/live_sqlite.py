"""Rows of SQLite tables: a random part where a table is larger than what is compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from designer.dialects.registry import get as dialect_of
from designer.discovery.contract import Budget, Clock
from designer.discovery.reading.live_contract import (
    BATCH,
    MOST_DRAWN,
    Place,
    Row,
    Sampling,
    gathered,
    wanted_rows,
)
from designer.discovery.table import Table
from designer.importers.live.sqlite import files
from designer.importers.live.sqlite.engine import path_of

quoted = dialect_of("sqlite").always_quote

_DRAWN = 0.75
_CHANCES = 1 << 32


def tables(url: str) -> list[Place]:
    """Return the tables of a file. Views are left out: what they hold would have to be run. Raises LiveProblem."""
    with files.opened(path_of(url)) as base:
        names = base.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            " AND rootpage > 0 ORDER BY name"
        ).fetchall()
        return [Place("", name, _last_number(base, name)) for (name,) in names]


def _last_number(base: sqlite3.Connection, name: str) -> int:
    """Return the number of the last row, which is found without reading the others; -1 where rows have none."""
    try:
        row = base.execute(f"SELECT max(rowid) FROM {quoted(name)}").fetchone()  # noqa: S608 - quoted, of its own list
    except sqlite3.Error:
        return -1
    return int(row[0] or 0)


def read(url: str, place: Place, budget: Budget, clock: Clock) -> Table:
    """Return rows of a table. Raises LiveProblem."""
    with files.opened(path_of(url)) as base:
        listed = base.execute(f"PRAGMA table_xinfo({quoted(place.name)})").fetchall()
        columns = [(str(row[1]), str(row[2])) for row in listed if row[6] != 1]
        most = wanted_rows(budget, len(columns))
        sampling = _sampling(place, most)
        chosen = ", ".join(quoted(name) for name, _ in columns)
        query = f"SELECT {chosen} FROM {quoted(place.name)}{sampling.clause} LIMIT {most}"  # noqa: S608 - quoted
        return gathered(place.name, columns, _batches(base, query), (budget, clock, most), sampling)


def _sampling(place: Place, most: int) -> Sampling:
    if place.rows <= most:
        return Sampling()
    about = f"about {place.rows:,} rows"
    if place.rows > MOST_DRAWN:
        return Sampling(
            said=f"Of {about} the first {most:,} in the order of storage were read, which is not a random sample: "
            "values may seem to go together more than they do.",
            is_first=True,
        )
    chance = int(_CHANCES * min(1.0, most * _DRAWN / place.rows))
    return Sampling(
        f" WHERE (random() & {_CHANCES - 1}) < {chance}", f"Of {about} each was drawn with the same chance."
    )


def _batches(base: sqlite3.Connection, query: str) -> Iterator[Sequence[Row]]:
    cursor = base.execute(query)
    while batch := cursor.fetchmany(BATCH):
        yield [[_text(each) for each in row] for row in batch]


def _text(value: object) -> str | None:
    """Return a value as text; a number and its digits as text are one value, as in a file of CSV."""
    if value is None or isinstance(value, str):
        return value
    return "x" + value.hex() if isinstance(value, bytes) else str(value)
