"""Steps as a script that the client of a database runs: psql, mariadb, mysql, sqlite3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from designer.evolution.contract import Migration, Severity, Step
from exporters.ddl.text import commented, delimited, terminated

_TRANSACTIONAL = frozenset({"postgresql", "sqlite"})
"""Databases that take a change of the schema back when the transaction is."""
STAGES = {
    "expand": "Expand: programs of before go on running",
    "backfill": "Backfill: rows are written in batches",
    "exchange": "Exchange: the new takes the place of the old in one moment",
    "contract": "Contract: when no program needs what goes any more",
}
"""What the stages of an online migration mean, in words."""


@dataclass(slots=True)
class Group:
    """Steps that run together: in one transaction, or each by itself."""

    transaction: bool
    steps: list[Step] = field(default_factory=list)


def groups(migration: Migration) -> list[Group]:
    """Return the steps in the transactions that they run in, in order; sessions settings stand where they are."""
    can = migration.dialect in _TRANSACTIONAL
    return [
        Group(transaction, list(steps))
        for transaction, steps in groupby(migration.steps, lambda step: can and step.in_transaction)
    ]


def is_one_transaction(migration: Migration) -> bool:
    """Say whether a whole migration can run in one transaction."""
    return all(group.transaction for group in groups(migration))


def script(migration: Migration, *, transactions: bool = True, remarks: bool = True) -> str:
    """Return the script, with BEGIN and COMMIT where a tool does not write them itself. Empty for no steps."""
    blocks: list[str] = []
    stage = ""
    for group in groups(migration):
        lines: list[str] = []
        for step in group.steps:
            if step.stage and step.stage != stage:
                stage = step.stage
                lines.append(f"-- {STAGES.get(stage, stage)}")
            lines.append(statement(step, migration.dialect, remarks=remarks))
        wrapped = transactions and group.transaction and len(group.steps) > 0
        blocks.append("\n\n".join(["BEGIN;", *lines, "COMMIT;"] if wrapped else lines))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def statement(step: Step, dialect: str, *, remarks: bool = True) -> str:
    """Return the statement of a step, behind what is to be known of it."""
    text = client_text(step.sql, dialect)
    said = "\n".join(commented(line) for line in warnings(step)) if remarks else ""
    return f"{said}\n{text}" if said else text


def client_text(sql: str, dialect: str) -> str:
    """Return a statement as the client reads it."""
    return delimited(sql) if dialect in ("mysql", "mariadb") else terminated(sql)


def warnings(step: Step) -> Iterator[str]:
    """Yield why a step is there, and what is dangerous in it, a line each."""
    if step.reason:
        yield step.reason
    for hazard in step.hazards:
        if hazard.severity is Severity.DANGER:
            yield f"{hazard.code}: {hazard.message}"


def lost(steps: Sequence[Step]) -> list[str]:
    """Return what the way back cannot bring back, a phrase each."""
    return [f"{step.kind} {step.label}" for step in steps if step.effect.loses_data]
