"""The one SELECT whose value people paste, and what its rows amount to."""

from __future__ import annotations


def query(dialect: str) -> str:
    """Return one read-only SELECT whose single value is the snapshot as JSON."""
    return dialect
