"""WK403: names that differ by case only, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.lint.contract import ERROR, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Id, Named, Table, View

_BLIND = ("mysql", "mariadb", "sqlite")
"""They take two columns whose names differ by case for the same one."""


def _check(subject: Subject) -> Iterator[Found]:
    name = subject.dialect.name
    owners: dict[Id | None, list[Named]] = {}
    for table in [*subject.of(Table), *subject.of(View)]:
        owners.setdefault(table.parent, []).append(table)
    for tables in owners.values():
        yield from _clashes(subject, tables, ERROR if name == "sqlite" else WARNING)
    for table in subject.of(Table):
        columns = subject.inside(Column, table.id)
        yield from _clashes(subject, columns, ERROR if name in _BLIND else WARNING)


def _clashes(subject: Subject, records: Iterable[Named], severity: str) -> Iterator[Found]:
    first: dict[str, Named] = {}
    for record in records:
        other = first.setdefault(record.name.lower(), record)
        if other is record:
            continue
        how = "by case only" if other.name != record.name else "in nothing"
        words = f"the names of {subject.called(record)} and {subject.called(other)} differ {how}"
        yield Found(record.id, words, (other.id,), severity=ERROR if other.name == record.name else severity)


RULE = Rule(
    code="WK403",
    name="clashing-names",
    title="Two names differ by case only",
    severity=WARNING,
    help="People and some databases take them for the same: MySQL, MariaDB and SQLite refuse two such columns, and "
    "whether MySQL keeps two such tables apart depends on the file system. Rename one of them.",
    firing=Example('CREATE TABLE pets (id int PRIMARY KEY, name text, "Name" text);'),
    silent=Example("CREATE TABLE pets (id int PRIMARY KEY, name text, nickname text);"),
    check=_check,
)
