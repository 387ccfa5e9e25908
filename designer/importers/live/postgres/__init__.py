"""Live PostgreSQL, 12 to 18: its catalogs in one round trip a family of objects, and the script that they amount to."""

from __future__ import annotations

from designer.importers.contract import Progress
from designer.importers.live.contract import Snapshot, Wanted
from designer.importers.live.postgres.query import one_query
from designer.importers.live.postgres.reading import read
from designer.importers.live.postgres.script import script as write

DIALECTS = ("postgresql",)
SCHEMES = ("postgresql", "postgres")


def take(url: str, wanted: Wanted, progress: Progress) -> Snapshot:  # noqa: ARG001 - what is left out is left out of the script
    """Read the catalogs in one read-only transaction. Raises LiveProblem, or Cancelled from `progress`."""
    return read(url, progress)


def query(dialect: str) -> str:  # noqa: ARG001 - there is one
    """Return the SELECT that gives the same snapshot as one JSON value."""
    return one_query()


def script(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return what `pg_dump --schema-only` would write for the database."""
    return write(snapshot, wanted)
