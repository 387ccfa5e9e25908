"""Live databases: catalogs over a connection, or as the pasted result of one query, to a design."""

from __future__ import annotations

from designer.importers.contract import ImportResult, Progress, no_progress
from designer.importers.live.contract import EVERYTHING, EmptyDatabase, LiveProblem, PasswordRefused, Snapshot, Wanted
from designer.importers.live.pasted import snapshot_of
from designer.importers.live.reading import read_snapshot
from designer.importers.live.registry import dialect_of, engine
from designer.importers.live.urls import secrets_of, without_secrets

__all__ = ["EVERYTHING", "EmptyDatabase", "LiveProblem", "PasswordRefused", "Snapshot", "Wanted", "dialect_of",
           "engine", "read_pasted", "read_snapshot", "read_url", "snapshot_of", "take"]  # fmt: skip

_SHARE = 0.6  # of the time that reading the catalogs takes


def read_url(url: str, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> ImportResult:
    """Return the design of a live database. Raises LiveProblem where it cannot be read."""
    snapshot = take(url, wanted, lambda part, words: progress(part * _SHARE, words))
    return read_snapshot(snapshot, wanted, lambda part, words: progress(_SHARE + part * (1 - _SHARE), words))


def take(url: str, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> Snapshot:
    """Return the catalogs of a live database. Raises LiveProblem; no message of it has the URL's password."""
    dialect = dialect_of(url)
    if dialect is None:
        raise LiveProblem(
            "this is not the URL of a database; write postgresql://user@host/name, mysql://… or sqlite:///path"
        )
    secrets = secrets_of(url)
    try:
        return engine(dialect).take(url, wanted, progress)
    except LiveProblem as problem:
        raise type(problem)(without_secrets(problem.message, secrets)) from None
    except ValueError:
        raise LiveProblem("this URL cannot be taken apart; write postgresql://user@host:5432/name") from None


def read_pasted(text: str, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> ImportResult:
    """Return the design in the pasted result of an engine's query. Raises LiveProblem for what is none."""
    return read_snapshot(snapshot_of(text), wanted, progress)
