"""WK205: a foreign key whose columns have no index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.indexes import add_index
from designer.lint.contract import WARNING, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Design, ForeignKey, Id, IdSource, Index, IndexPart, Key


def _check(subject: Subject) -> Iterator[Found]:
    told: set[frozenset[Id]] = set()
    for key in subject.foreign_keys:
        columns = frozenset(key.columns)
        if columns and columns not in told and not _covered(subject, key):
            told.add(columns)
            names = subject.names(key.columns)
            fix = Fix(f"Add an index on {names}", partial(_add, table=key.parent or "", columns=key.columns))
            message = f"no index on {names} of {subject.called(key.parent or '')}, which refers to"
            yield Found(key.id, f"{message} {subject.called(key.ref_table or '')}", key.columns, fix)


def _covered(subject: Subject, key: ForeignKey) -> bool:
    """Say whether an index starts with the columns, or makes some of them unique, so that a row is found at once."""
    wanted = set(key.columns)
    for columns, unique in _leading(subject, key.parent or ""):
        if columns and (set(columns[: len(wanted)]) == wanted or (unique and set(columns) <= wanted)):
            return True
    return False


def _leading(subject: Subject, table: Id) -> Iterator[tuple[tuple[Id | None, ...], bool]]:
    for key in subject.inside(Key, table):
        yield key.columns, True
    for index in subject.indexes(table):
        if index.method in ("", "btree", "hash") and (index.where is None or _only_not_null(index)):
            yield tuple(part.column for part in index.parts), index.unique


def _only_not_null(index: Index) -> bool:
    """Say whether an index leaves out nothing but rows that refer to nothing."""
    words = index.where.text.lower().strip("() ") if index.where else ""
    return words.endswith("is not null") and " and " not in words and " or " not in words


def _add(design: Design, ids: IdSource, table: Id, columns: tuple[Id, ...]) -> Edit:
    return add_index(design, table, [IndexPart(column=each) for each in columns], ids)


RULE = Rule(
    code="WK205",
    name="foreign-key-without-index",
    title="A foreign key has no index on its columns",
    severity=WARNING,
    help="Deleting a row, or changing its key, makes the server look for the rows that refer to it, and so does "
    "every join from the other table: without an index it reads this whole table each time. MySQL and MariaDB "
    "make the index by themselves. Add an index that starts with these columns.",
    firing=Example(
        "CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE posts (id int PRIMARY KEY, author int NOT NULL REFERENCES users);"
    ),
    silent=Example(
        "CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE posts (id int PRIMARY KEY, author int NOT NULL REFERENCES users);\n"
        "CREATE INDEX ON posts (author);"
    ),
    check=_check,
    targets=("postgresql", "sqlite"),
)
