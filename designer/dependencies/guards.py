"""Statements that stop with a sentence where rows contradict what is to come, before anything is changed.

A guard is about a query with one text column, `shown`, that finds the rows which are in the way, `FEW` of them at
most; the sentence names them. SQLite cannot put them into it, so there it goes without.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from designer.dialects.base import Dialect

FEW = 5
"""So many examples are named; who wants all of them runs the query."""
_ROOM = 480
"""Characters that fit into a message of MySQL and MariaDB."""


def stopping(dialect: Dialect, sentence: str, query: str) -> list[str]:
    """Return statements that fail with the sentence where the query finds rows, and do nothing otherwise."""
    return _GUARDS[dialect.name](dialect, sentence, query)


def indented(text: str, by: int = 4) -> str:
    """Return a text with every line further in."""
    return re.sub(r"^(?=.)", " " * by, text, flags=re.MULTILINE)


def dollars(body: str) -> str:
    """Return a body between dollar quotes that do not occur in it."""
    tag, number = "$wholekey$", 0
    while tag in body:
        number += 1
        tag = f"$wholekey{number}$"
    return f"{tag}\n{body}\n{tag}"


def _postgres(dialect: Dialect, sentence: str, query: str) -> list[str]:
    body = (
        "DECLARE examples text;\nBEGIN\n"
        f"    SELECT string_agg(found.shown, '; ') INTO examples FROM (\n{indented(query, 8)}\n    ) AS found;\n"
        "    IF examples IS NOT NULL THEN\n"
        f"        RAISE EXCEPTION USING MESSAGE = {dialect.literal(sentence + ': ')} || examples;\n"
        "    END IF;\nEND"
    )
    return [f"DO {dollars(body)};"]


def _examples(query: str) -> str:
    inner = indented(query)
    return f"SET @examples = (SELECT GROUP_CONCAT(found.shown SEPARATOR '; ') FROM (\n{inner}\n) AS found);"


def _maria(dialect: Dialect, sentence: str, query: str) -> list[str]:
    said = f"QUOTE(LEFT(CONCAT({dialect.literal(sentence + ': ')}, @examples), {_ROOM}))"
    signal = f"CONCAT('SIGNAL SQLSTATE ''45000'' SET MESSAGE_TEXT = ', {said})"
    return [
        _examples(query),
        f"SET @guard = IF(@examples IS NULL, 'DO 0', {signal});",
        "EXECUTE IMMEDIATE @guard;",
    ]


def _mysql(dialect: Dialect, sentence: str, query: str) -> list[str]:
    """MySQL signals in programs only; a key that holds the sentence twice says it as well."""
    said = f"LEFT(CONCAT({dialect.literal(sentence + ': ')}, @examples), {_ROOM})"
    return [
        _examples(query),
        f"CREATE TEMPORARY TABLE wholekey_guard (sentence VARCHAR({_ROOM}) CHARACTER SET utf8mb4 PRIMARY KEY);",
        f"INSERT INTO wholekey_guard SELECT {said} FROM (SELECT 1 UNION ALL SELECT 2) AS twice "
        "WHERE @examples IS NOT NULL;",
        "DROP TEMPORARY TABLE wholekey_guard;",
    ]


def _sqlite(dialect: Dialect, sentence: str, query: str) -> list[str]:
    rule = dialect.always_quote(sentence)
    return [
        f"CREATE TEMP TABLE wholekey_guard (holds CONSTRAINT {rule} CHECK (holds));",
        f"INSERT OR ROLLBACK INTO temp.wholekey_guard SELECT NOT EXISTS (\n{indented(query)}\n);",
        "DROP TABLE temp.wholekey_guard;",
    ]


_GUARDS: dict[str, Callable[[Dialect, str, str], list[str]]] = {
    "postgresql": _postgres,
    "mariadb": _maria,
    "mysql": _mysql,
    "sqlite": _sqlite,
}
