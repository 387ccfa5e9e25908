"""Taking a snapshot over a connection, family by family."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors

from designer.importers.contract import Progress
from designer.importers.live.contract import LiveProblem, Snapshot
from designer.importers.live.postgres.connection import connected, decoded, fetched
from designer.importers.live.postgres.families import FAMILIES, Family
from designer.importers.live.postgres.sections import as_json

Rows = list[dict[str, Any]]


def read(url: str, progress: Progress) -> Snapshot:
    """Return the catalogs of a database. Read anew once, where somebody changed the schema at the same moment."""
    try:
        return _read(url, progress)
    except _Changed:
        return _read(url, progress)


class _Changed(LiveProblem):
    """An object went away while its definition was read."""


def _read(url: str, progress: Progress) -> Snapshot:
    progress(0.0, "connecting")
    with connected(url) as connection:
        row = connection.execute("SELECT current_setting('server_version'), current_database()").fetchone()
        version, name = row or ("", "")
        sections: dict[str, Rows] = {}
        notes: Rows = []
        for place, family in enumerate(FAMILIES):
            sections |= _family(connection, family, notes, progress, place / len(FAMILIES))
        sections.setdefault("notes", []).extend(notes)
        return Snapshot("postgresql", decoded(version), decoded(name), sections)


def _family(
    connection: psycopg.Connection[Any], family: Family, notes: Rows, progress: Progress, fraction: float
) -> dict[str, Rows]:
    """Return the sections of a family; where the role may not read one, the others, and a note."""
    words = f"reading {family.title}"
    progress(fraction, words)

    def ask(queries: dict[str, str]) -> dict[str, Rows]:
        parts = ", ".join(f"'{name}', {as_json(query)}" for name, query in queries.items())
        rows = fetched(connection, f"SELECT json_build_object({parts})::text", lambda: progress(fraction, words))
        found: dict[str, Rows] = json.loads(decoded(rows[0][0]))
        return found

    try:
        with _savepoint(connection):
            return ask(dict(family.sections))
    except errors.InsufficientPrivilege:
        pass
    found: dict[str, Rows] = {}
    for name, query in family.sections.items():
        try:
            with _savepoint(connection):
                found |= ask({name: query})
        except errors.InsufficientPrivilege as error:
            notes.append({"what": name, "message": f"left out: {error.diag.message_primary}"})
    return found


@contextmanager
def _savepoint(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Let the transaction go on after an error of the server."""
    connection.execute("SAVEPOINT family")
    try:
        yield
    except errors.InternalError as error:
        raise _Changed(f"the schema was changed while it was read ({error.diag.message_primary}); try again") from None
    except psycopg.Error:
        connection.execute("ROLLBACK TO SAVEPOINT family")
        raise
