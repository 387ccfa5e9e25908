"""WK206: tables that need one another's rows first."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import WARNING, Example, Found, Rule
from designer.lint.loops import circles
from designer.lint.subject import Subject
from designer.schema import ForeignKey, Id

_NAMED = 6


def _check(subject: Subject) -> Iterator[Found]:
    needed = [key for key in subject.foreign_keys if _needed_at_once(subject, key)]
    graph: dict[Id, list[Id]] = {}
    for key in needed:
        graph.setdefault(key.parent or "", []).append(key.ref_table or "")
    for tables in circles(graph):
        inside = set(tables)
        keys = tuple(key.id for key in needed if key.parent in inside and key.ref_table in inside)
        names = ", ".join(subject.called(each) for each in tables[:_NAMED])
        more = f" and {len(tables) - _NAMED} more" if len(tables) > _NAMED else ""
        message = f"no first row can be put into any of {names}{more}: each needs a row of the next"
        yield Found(keys[0], message, (*tables, *keys[1:]))


def _needed_at_once(subject: Subject, key: ForeignKey) -> bool:
    """Say whether a row cannot be there before the row that it refers to."""
    columns = subject.columns(key.columns)
    mandatory = bool(columns) and not any(column.nullable for column in columns)
    return mandatory and not key.deferrable and not key.not_enforced


RULE = Rule(
    code="WK206",
    name="circular-foreign-keys",
    title="Mandatory foreign keys run in a circle",
    severity=WARNING,
    help="Each table wants a row of the next one to be there first, so the first row fits nowhere, and a dump "
    "cannot be loaded in order. Let one of the columns be NULL, or make one of the foreign keys DEFERRABLE.",
    firing=Example(
        "CREATE TABLE teams (id int PRIMARY KEY, lead_id int NOT NULL UNIQUE);\n"
        "CREATE TABLE people (id int PRIMARY KEY, team_id int NOT NULL UNIQUE REFERENCES teams);\n"
        "ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people;"
    ),
    silent=Example(
        "CREATE TABLE teams (id int PRIMARY KEY, lead_id int UNIQUE);\n"
        "CREATE TABLE people (id int PRIMARY KEY, team_id int NOT NULL UNIQUE REFERENCES teams);\n"
        "ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people;"
    ),
    check=_check,
)
