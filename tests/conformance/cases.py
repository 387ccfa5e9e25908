"""What a dialect answers to the name of a construct: SQL that makes it, or why there is no such thing."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

DIALECTS = ("postgresql", "mariadb", "sqlite")


@dataclass(frozen=True, slots=True)
class Skip:
    """The database has no such construct."""

    reason: str


@dataclass(frozen=True, slots=True)
class Differs:
    """The construct is there, and does not come back equal: a known fault that the published table tells."""

    sql: str
    why: str


Case = str | Skip | Differs
"""A self-contained script for a database of its own, or a skip."""


def cases_of(dialect: str) -> dict[str, Case]:
    """Return what a dialect answers: `CASES` of its module; empty where it has none yet."""
    name = f"tests.conformance.{dialect}"
    return dict(import_module(name).CASES) if find_spec(name) is not None else {}


def alone_in(dialect: str) -> frozenset[str]:
    """Return the constructs that share a database with no other (`ALONE`): an event trigger sees all that follow."""
    name = f"tests.conformance.{dialect}"
    return frozenset(getattr(import_module(name), "ALONE", ())) if find_spec(name) is not None else frozenset()


def not_in_dump(dialect: str) -> dict[str, str]:
    """Return what the dump program of a database loses or garbles (`NOT_IN_DUMP`): "column t.c: default" -> why."""
    name = f"tests.conformance.{dialect}"
    return dict(getattr(import_module(name), "NOT_IN_DUMP", {})) if find_spec(name) is not None else {}


def provable(dialect: str) -> list[str]:
    """Return the constructs that a dialect answers with SQL."""
    return [name for name, case in cases_of(dialect).items() if not isinstance(case, Skip)]
