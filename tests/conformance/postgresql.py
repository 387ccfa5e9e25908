"""What PostgreSQL answers to the list of constructs."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conformance.cases import Case, Skip
from tests.conformance.postgresql_skips import SKIPS
from tests.nasty import NAMES, literal, names_for

ALONE = frozenset({"event_trigger", "extension", "publication_schema"})
"""They act on all that stands beside them."""


def _written(part: str) -> dict[str, str]:
    """Return the cases of a file: each begins with the line `-- case: name`."""
    text = (Path(__file__).parent / f"postgresql_{part}.sql").read_text(encoding="utf-8")
    pieces = re.split(r"^-- case: (\w+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


_LONGEST = 58
"""Bytes: room for what is put behind a name."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _nasty_names() -> str:
    """Return a table, column, key, check, index, view, enum, domain, function and trigger of each name."""
    statements = ["CREATE SCHEMA nasty;", "SET search_path = nasty;"]
    statements.append("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';")
    for name in names_for(_LONGEST):
        own, view, kind, index = (_quoted(name + end) for end in ("", " v", " e", " i"))
        statements += (
            f"CREATE TYPE {kind} AS ENUM ({literal(name)}, 'x');",
            f"CREATE TABLE {own} ({own} {kind} DEFAULT {literal(name)} CONSTRAINT {own} CHECK ({own} <> 'x'),"
            f" up {kind} CONSTRAINT {_quoted(name + ' u')} UNIQUE);",
            f"ALTER TABLE {own} ADD CONSTRAINT {_quoted(name + ' f')} FOREIGN KEY ({own}) REFERENCES {own} (up);",
            f"CREATE INDEX {index} ON {own} ({own} DESC) WHERE {own} IS NOT NULL;",
            f"CREATE VIEW {view} AS SELECT {own}.{own} AS {own} FROM {own};",
            f"CREATE FUNCTION {own}({own}) RETURNS {kind} LANGUAGE sql AS 'SELECT $1.up';",
            f"CREATE TRIGGER {own} BEFORE UPDATE OF {own} ON {own} FOR EACH ROW EXECUTE FUNCTION f({literal(name)});",
            f"COMMENT ON COLUMN {own}.{own} IS {literal(name)};",
        )
    return "\n".join([*statements, "RESET search_path;"])


def _nasty_values() -> str:
    """Return a table whose defaults, checks and comments hold each text."""
    values = [literal(name) for name in NAMES if "\0" not in name]
    columns = ",\n".join(
        f"c{number} text DEFAULT {value} CHECK (c{number} <> {value})" for number, value in enumerate(values)
    )
    comments = "\n".join(
        f"COMMENT ON COLUMN nasty_values_t.c{number} IS {value};" for number, value in enumerate(values)
    )
    return f"CREATE TABLE nasty_values_t (\n{columns}\n);\n{comments}"


CASES: dict[str, Case] = {
    **_written("tables"),
    **_written("programs"),
    "names_nasty": _nasty_names(),
    "values_nasty": _nasty_values(),
    **{name: Skip(reason) for name, reason in SKIPS.items()},
}
"""Construct -> SQL that makes it, or why PostgreSQL has none. Names are used once, so that one database holds many."""
