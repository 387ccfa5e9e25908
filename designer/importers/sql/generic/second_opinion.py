"""What sqlglot makes of a statement that nothing here models."""

from __future__ import annotations

import logging

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

_LONGEST = 100_000
_QUIET = logging.getLogger("sqlglot")


_STATEMENTS = (exp.DDL, exp.DML, exp.Alter, exp.Drop, exp.Grant, exp.Revoke, exp.Merge, exp.Analyze)


def is_statement(text: str, dialect: str) -> bool:
    """Say whether sqlglot reads a text as a statement of `dialect` that changes a database.

    Its `Command`, the node for what it only passes on, counts as not understood; so does a text that is too long or
    nested too deeply for it.
    """
    return isinstance(_parsed(text, dialect), _STATEMENTS)


def is_query(text: str, dialect: str) -> bool:
    """Say whether sqlglot reads a text as a query."""
    return isinstance(_parsed(text, dialect), exp.Query)


def _parsed(text: str, dialect: str) -> exp.Expr | None:
    if len(text) > _LONGEST:
        return None
    level = _QUIET.level
    _QUIET.setLevel(logging.CRITICAL)
    try:
        found = sqlglot.parse_one(text, dialect="mysql" if dialect == "mariadb" else dialect)
    except (SqlglotError, RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return None
    finally:
        _QUIET.setLevel(level)
    return None if isinstance(found, exp.Command) else found
