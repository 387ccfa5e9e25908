"""What a handler says of its statement."""

from __future__ import annotations

from dataclasses import dataclass

from designer.importers.contract import Outcome


@dataclass(slots=True)
class Verdict:
    """The outcome of one statement. `offset` is the place that the message is about; None means its start.

    `keep` says in which phase the statement is kept verbatim; empty means that it is not kept. `needs` is a table that
    would have to be there, `makes` the relation that the kept statement makes.
    """

    outcome: Outcome
    what: str
    message: str = ""
    offset: int | None = None
    keep: str = ""
    needs: str = ""
    makes: str = ""


NEVER, BEFORE, AFTER = "never", "before", "after"
"""Phases of a kept statement. Exporters leave out what the server would refuse ("never")."""


def imported(what: str) -> Verdict:
    """Say that a statement is in the records."""
    return Verdict(Outcome.IMPORTED, what)


def skipped(what: str, message: str = "") -> Verdict:
    """Say that a statement has nothing to do with the schema."""
    return Verdict(Outcome.SKIPPED, what, message)


def verbatim(what: str, message: str, phase: str = AFTER) -> Verdict:
    """Say that a statement is kept word for word."""
    return Verdict(Outcome.VERBATIM, what, message, keep=phase)


def without_table(what: str, table: str) -> Verdict:
    """Say that a statement is about a table that is not there."""
    return Verdict(Outcome.VERBATIM, what, f"its table «{table}» is not in this text", keep=NEVER, needs=table)


def failed(what: str, message: str, offset: int | None = None) -> Verdict:
    """Say that a statement could not be read; it is kept, and left out of exports."""
    return Verdict(Outcome.FAILED, what, message, offset, keep=NEVER)


def warning(what: str, message: str, offset: int | None = None, keep: str = "") -> Verdict:
    """Say that a statement is not, or not quite, what it seems."""
    return Verdict(Outcome.WARNING, what, message, offset, keep)
