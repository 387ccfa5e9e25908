"""Steps as a script that the client of a database runs: psql, mariadb, mysql, sqlite3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from designer.evolution.contract import Migration, Severity, Step
from designer.evolution.formats.contract import FormatProblem
from exporters.ddl.text import commented, delimited, dollar_quoted, terminated

_TRANSACTIONAL = frozenset({"postgresql", "sqlite"})
"""Databases that take a change of the schema back when the transaction is."""
_ALONE = frozenset({"backfill", "add enum value"})
"""Operations that PostgreSQL refuses in a query of several statements, as it does those that say CONCURRENTLY."""
_SETTING = re.compile(r"\S+\s+\S+")
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
    said = "\n".join(commented(" ".join(line.split())) for line in warnings(step)) if remarks else ""
    return f"{said}\n{text}" if said else text


def client_text(sql: str, dialect: str) -> str:
    """Return a statement as the client reads it."""
    return delimited(sql) if dialect in ("mysql", "mariadb") else terminated(sql)


Say = Callable[[Step], str]
"""How a tool has a statement written."""


def plainly(step: Step) -> str:
    """Return the statement of a step for tools that find its end by themselves or send it alone."""
    return statement(step, "")


def block(group: Group, say: Say = plainly) -> str:
    """Return the statements of a group as one text, a transaction where it is one."""
    texts = [say(step) for step in group.steps]
    return "\n\n".join(["BEGIN;", *texts, "COMMIT;"] if group.transaction else texts)


def queries(migration: Migration, say: Say = plainly) -> Iterator[str]:
    """Yield texts that PostgreSQL takes as one query each, in sessions of their own: settings stand in each of them."""
    session: dict[str, str] = {}
    for group in groups(migration):
        settings = {_key(step.sql): step.sql for step in group.steps if step.operation == "session"}
        if group.transaction:
            yield "\n\n".join([*_needed(session, ""), block(group, say)])
        for step in () if group.transaction else group.steps:
            session |= {_key(step.sql): step.sql} if step.operation == "session" else {}
            if step.operation != "session":
                before = () if is_alone(step, migration) else _needed(session, step.sql)
                yield "\n\n".join([*before, say(step)])
        session |= settings


def _key(sql: str) -> str:
    """Return what a statement sets: of two that set the same the last one holds."""
    found = _SETTING.match(sql)
    return found[0] if found else sql


def _needed(session: dict[str, str], sql: str) -> list[str]:
    """Return the settings of a session that a statement needs; a procedure only where it is called."""
    return [each for each in session.values() if not each.startswith("CREATE") or sql.startswith("CALL")]


def is_alone(step: Step, migration: Migration) -> bool:
    """Say whether a step that stands in no transaction must be a query of its own."""
    if step.operation in _ALONE or migration.options.strategy != "online":
        return True
    return ("index" in step.operation and "CONCURRENTLY" in step.sql) or step.sql.rstrip("; \n").endswith(
        "CONCURRENTLY"
    )


def pairs(up: Migration, down: Migration, say: Say = plainly) -> list[tuple[str, str]]:
    """Return the texts of a migration that needs several files, each with what takes it back."""
    found = paired(list(queries(up, say)), list(queries(down, say)), "SELECT 1;")
    return [(f"{forth}\n", f"{back}\n") for forth, back in found]


T = TypeVar("T")


def paired(forth: list[T], back: list[T], nothing: T) -> list[tuple[T, T]]:
    """Return the pieces of both ways side by side: taken back from the last to the first they are the way back."""
    count = max(len(forth), len(back))
    return list(
        zip(
            [*forth, *[nothing] * (count - len(forth))],
            [*reversed(back), *[nothing] * (count - len(back))],
            strict=True,
        )
    )


def unmarked(text: str, dialect: str, marks: re.Pattern[str], tool: str) -> str:
    """Return a statement in which no line is a mark of a tool. Raises FormatProblem where it cannot be said without."""
    if not marks.search(text):
        return text
    plain = terminated(text)[:-1].rstrip()
    escaped = plain.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n")
    if dialect == "postgresql":
        return f"DO {dollar_quoted(f'BEGIN EXECUTE E{chr(39)}{escaped}{chr(39)}; END')};"
    if dialect == "mariadb":
        return f"EXECUTE IMMEDIATE '{escaped}';"
    raise FormatProblem(
        f"a line inside of a statement is a mark of {tool}, so it cannot stand in its file; write --to sql"
    )


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
