"""Live databases: catalogs over a connection, or as the pasted result of one query, to a design."""

from __future__ import annotations

from typing import Any

import msgspec

from designer.importers.contract import ImportResult, Progress, no_progress
from designer.importers.live.contract import EVERYTHING, MARK, LiveProblem, Snapshot, Wanted
from designer.importers.live.registry import dialect_of, engine
from designer.importers.sql import read as read_sql


def read_url(url: str, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> ImportResult:
    """Return the design of a live database. Raises LiveProblem where it cannot be read."""
    dialect = dialect_of(url)
    if dialect is None:
        raise LiveProblem(
            "this is not the URL of a database; write postgresql://user@host/name, mysql://… or sqlite:///path"
        )
    snapshot = engine(dialect).take(url, wanted, lambda part, words: progress(part * 0.6, words))
    return read_snapshot(snapshot, wanted, lambda part, words: progress(0.6 + part * 0.4, words))


def read_snapshot(snapshot: Snapshot, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> ImportResult:
    """Return the design that a snapshot of catalogs amounts to."""
    script = engine(snapshot.dialect).script(snapshot, wanted)
    return read_sql(script, snapshot.name, snapshot.dialect, progress)


def read_pasted(text: str, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> ImportResult:
    """Return the design in the pasted result of an engine's query. Raises LiveProblem for what is none."""
    return read_snapshot(snapshot_of(text), wanted, progress)


def snapshot_of(text: str) -> Snapshot:
    """Return the snapshot in the result of an engine's query: a JSON object marked with its dialect."""
    try:
        data = msgspec.json.decode(text.strip().encode(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise LiveProblem(f"this is not the whole result of the query: {error}; copy the value again, uncut") from None
    dialect = data.get(MARK)
    if not isinstance(dialect, str):
        raise LiveProblem(f"this JSON has no {MARK!r}; run the query of the import page and paste its one value")
    sections = {name: rows for name, rows in data.items() if isinstance(rows, list)}
    return Snapshot(dialect, str(data.get("version", "")), str(data.get("name", "")) or "Database", sections)
