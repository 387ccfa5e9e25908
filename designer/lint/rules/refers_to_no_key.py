"""WK203: a foreign key to columns that are no key."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ERROR, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Id, Key


def _check(subject: Subject) -> Iterator[Found]:
    held: dict[Id, list[frozenset[Id | None]]] = {}
    for key in subject.foreign_keys:
        target = key.ref_table or ""
        if target not in held:
            held[target] = _unique_sets(subject, target)
        if frozenset(key.ref_columns) not in held[target]:
            words = subject.names(key.ref_columns)
            about = f"({words}) of {subject.called(target)}, which is no key" if words else subject.called(target)
            tail = "" if words else ", which has no primary key"
            yield Found(key.id, f"{subject.called(key.parent or '')} refers to {about}{tail}", (target,))


def _unique_sets(subject: Subject, table: Id) -> list[frozenset[Id | None]]:
    """Return the sets of columns that are unique in a table as a whole."""
    indexes = [index for index in subject.indexes(table) if index.unique and not index.where]
    whole = [index for index in indexes if all(part.column and not part.length for part in index.parts)]
    keys: list[frozenset[Id | None]] = [frozenset(key.columns) for key in subject.inside(Key, table) if key.columns]
    return keys + [frozenset(part.column for part in index.parts) for index in whole]


RULE = Rule(
    code="WK203",
    name="refers-to-no-key",
    title="A foreign key refers to columns that are no key",
    severity=ERROR,
    help="A foreign key means one row of the other table, so its columns there must be a primary key, a unique key "
    "or a unique index as a whole. PostgreSQL and MySQL refuse anything else, SQLite fails at the first row. "
    "Make the columns unique, or refer to the key.",
    firing=Example(
        "CREATE TABLE books (id integer NOT NULL PRIMARY KEY, isbn text NOT NULL);\n"
        "CREATE TABLE loans (id integer NOT NULL PRIMARY KEY, isbn text REFERENCES books (isbn));\n"
        "CREATE INDEX loans_isbn ON loans (isbn);",
        "sqlite",
    ),
    silent=Example(
        "CREATE TABLE books (id integer NOT NULL PRIMARY KEY, isbn text NOT NULL UNIQUE);\n"
        "CREATE TABLE loans (id integer NOT NULL PRIMARY KEY, isbn text REFERENCES books (isbn));\n"
        "CREATE INDEX loans_isbn ON loans (isbn);",
        "sqlite",
    ),
    check=_check,
    targets=("postgresql", "mysql", "sqlite"),
)
