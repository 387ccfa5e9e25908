"""Rows of MySQL and MariaDB tables: a random part where a table is larger than what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from designer.importers.live.mysql.address import address_of
from designer.importers.live.mysql.connection import Connection, connected
from designer.importers.live.mysql.words import quoted

_TABLES = """
SELECT table_schema AS home, table_name AS name, table_type AS kind, table_rows AS n FROM information_schema.tables
 WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
 ORDER BY table_schema, table_name
"""
_BINARY = ("blob", "binary", "bit", "geometry", "point", "polygon", "linestring", "vector")
_DRAWN = 0.75


def tables(url: str) -> list[Place]:
    """Return the tables and views of the URL's database, or of all where it names none. Raises LiveProblem."""
    address = address_of(url)
    with connected(address) as session:
        rows = session.ask(_TABLES)
    return [
        Place(
            "" if address.database else str(row["home"]), str(row["name"]),
            int(row["n"]) if row["n"] is not None else -1, row["kind"] == "BASE TABLE",
        )
        for row in rows
        if address.database in ("", row["home"])
    ]  # fmt: skip


def read(url: str, place: Place, budget: Budget, clock: Clock) -> Table:
    """Return rows of a table. Raises LiveProblem."""
    address = address_of(url)
    with connected(address) as session:
        home = place.schema or address.database
        target = f"{quoted(home)}.{quoted(place.name)}"
        listed = session.ask(f"SHOW COLUMNS FROM {target}")
        columns = [(str(row["Field"]), str(row["Type"])) for row in listed]
        most = wanted_rows(budget, len(columns))
        sampling = _sampling(place, most)
        query = f"SELECT {', '.join(map(_asked, columns))} FROM {target}{sampling.clause} LIMIT {most}"  # noqa: S608
        batches = _batches(session, query)
        return gathered(place.called, columns, batches, (budget, clock, most), sampling)


def _asked(column: tuple[str, str]) -> str:
    """Return how a column is asked for: what is no text as its digits."""
    name, kind = column
    is_binary = any(word in kind.lower() for word in _BINARY)
    return f"HEX({quoted(name)})" if is_binary else f"CAST({quoted(name)} AS CHAR)"


def _sampling(place: Place, most: int) -> Sampling:
    if place.rows <= most or not place.is_table:
        return Sampling()
    about = f"about {place.rows:,} rows"
    if place.rows > MOST_DRAWN:
        return Sampling(
            said=f"Of {about} the first {most:,} in the order of storage were read, which is not a random sample: "
            "values may seem to go together more than they do.",
            is_first=True,
        )
    chance = min(1.0, most * _DRAWN / place.rows)
    return Sampling(f" WHERE RAND(1) < {chance:.6f}", f"Of {about} each was drawn with the same chance.")


def _batches(session: Connection, query: str) -> Iterator[Sequence[Row]]:
    yield from session.stream(query, BATCH)
