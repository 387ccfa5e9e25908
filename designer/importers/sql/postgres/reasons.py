"""Why the grammar refused a statement, in words that help."""

from __future__ import annotations

import re

from designer.importers.sql.postgres.grammar import GrammarError

_PLACEHOLDER = re.compile(r"\$[A-Za-z_]\w*|(?<![:\w]):[A-Za-z_]\w*|\?")
_FAMILIES = (
    (re.compile(r"^\s*db\.\w+\.", re.I), "this is a command of the MongoDB shell, not SQL"),
    (re.compile(r"^\s*create\s+keyspace\b|^\s*use\s+\w+|\bwith\s+clustering\s+order\b", re.I),
     "this is CQL of Cassandra, not PostgreSQL"),
    (re.compile(r"\b(?:map|set|list|frozen)\s*<", re.I),
     "this is CQL of Cassandra, not PostgreSQL"),
    (re.compile(r"\bprimary\s+key\s*\(\s*\(", re.I), "a key of a key is CQL of Cassandra, not PostgreSQL"),
    (re.compile(r"\bengine\s*=|\bauto_increment\b|`", re.I), "this is SQL of MySQL; import it with --dialect mysql"),
    (re.compile(r"^\s*(?:match|merge)\s*\(", re.I), "this is Cypher, not SQL"),
    (re.compile(r"\bautoincrement\b", re.I), "this is SQL of SQLite; import it with --dialect sqlite"),
    (re.compile(r"\bnvarchar\b|\[\w+\]\s*\[|\bgo\b\s*$", re.I), "this is SQL of SQL Server, not PostgreSQL"),
)  # fmt: skip


def plain_reason(text: str, error: GrammarError | None) -> str:
    """Return a sentence about a statement that could not be read; the text of the grammar's message is in it."""
    message = error.message if error is not None else "it makes no sense as a statement"
    if error is not None and error.own:
        return message
    said = f"PostgreSQL says: {message}"
    at = max(error.position, 0) if error is not None else 0
    head = text[:20_000]
    for pattern, reason in _FAMILIES:
        if pattern.search(head):
            return f"{reason} ({said})"
    placeholder = _PLACEHOLDER.match(text, at) or (_PLACEHOLDER.match(text, at - 1) if at else None)
    if placeholder and placeholder.group() != "?":
        return f"it holds the placeholder {placeholder.group()}, which only a program can fill in ({said})"
    if "unterminated" in message:
        return f"{message}: it is opened here and never closed ({'the text may be truncated'})"
    return said


_PATH = re.compile(r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[^\W\d][\w$]*))*')
_IN_NO_BLOCK = re.compile(r"\bconcurrently\b", re.IGNORECASE)


_INDEX = re.compile(r"\s*create\s+(?:unique\s+)?index\b", re.IGNORECASE)
_UNSTABLE = re.compile(
    r"\b(?:now|random|timeofday|(?:clock|statement|transaction)_timestamp)\s*\(|\bcurrent_(?:timestamp|date|time|user)\b"
    r"|\blocaltime(?:stamp)?\b",
    re.IGNORECASE,
)


def is_unstable_index(text: str) -> bool:
    """Say whether an index on a table that nobody knows uses a function that no index may use."""
    return bool(_INDEX.match(text) and _UNSTABLE.search(text))


def table_as_written(text: str, index: int, needs: str) -> str:
    """Return how a statement writes the missing table that it is about, at `index`; empty where that is not certain.

    The server can then be asked for the table by the same words before the statement is run.
    """
    found = _PATH.match(text, index)
    if found is None or not needs.startswith("table ") or _IN_NO_BLOCK.search(text) or is_unstable_index(text):
        return ""
    last = found.group().rpartition(".")[2].strip()
    name = last[1:-1].replace('""', '"') if last.startswith('"') else last.lower()
    return found.group() if needs.endswith(name) and name else ""
