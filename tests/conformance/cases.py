"""What a dialect answers to the name of a construct: SQL that makes it, or why there is no such thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skip:
    """The database has no such construct."""

    reason: str


Case = str | Skip
"""A self-contained script for a database of its own, or a skip."""
