"""WK301: the same index twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.edit import delete
from designer.lint.contract import WARNING, Example, Fix, Found, Rule
from designer.lint.shapes import shape
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource, Index


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        alike: dict[tuple[object, ...], list[Index]] = {}
        for index in subject.indexes(table.id):
            alike.setdefault(shape(index), []).append(index)
        for indexes in alike.values():
            keep, *others = sorted(indexes, key=lambda index: not index.unique)
            for other in others:
                names = f"{subject.called(other)} is the same index as {subject.called(keep)}"
                fix = Fix("Delete it", partial(_delete, record=other.id))
                yield Found(other.id, names, (keep.id,), fix)


def _delete(design: Design, _ids: IdSource, record: Id) -> Edit:
    return delete(design, [record])


RULE = Rule(
    code="WK301",
    name="duplicate-index",
    title="An index is there twice",
    severity=WARNING,
    help="Both are written at every change of a row, and only one is ever read. Delete one of them.",
    firing=Example(
        "CREATE TABLE songs (id int PRIMARY KEY, title text);\n"
        "CREATE INDEX songs_title ON songs (title);\nCREATE INDEX songs_by_title ON songs (title);"
    ),
    silent=Example(
        "CREATE TABLE songs (id int PRIMARY KEY, title text);\n"
        "CREATE INDEX songs_title ON songs (title);\nCREATE INDEX songs_lower ON songs (lower(title));"
    ),
    check=_check,
)
