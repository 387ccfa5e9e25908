"""WK209: the same foreign key twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.edit import delete
from designer.lint.contract import WARNING, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource


def _check(subject: Subject) -> Iterator[Found]:
    first: dict[object, Id] = {}
    for key in subject.foreign_keys:
        pairs = frozenset(zip(key.columns, key.ref_columns, strict=False))
        same = (key.parent, key.ref_table, pairs or key.id)
        if same in first:
            message = f"{subject.called(key.parent or '')} refers to {subject.called(key.ref_table or '')} twice by"
            fix = Fix("Delete the second", partial(_delete, record=key.id))
            yield Found(key.id, f"{message} {subject.names(key.columns)}", (first[same],), fix)
        else:
            first[same] = key.id


def _delete(design: Design, _ids: IdSource, record: Id) -> Edit:
    return delete(design, [record])


RULE = Rule(
    code="WK209",
    name="duplicate-foreign-key",
    title="The same foreign key is there twice",
    severity=WARNING,
    help="Every row is checked twice, and where the two disagree on what follows a deletion, the stricter one wins "
    "by surprise. Delete one of them.",
    firing=Example(
        "CREATE TABLE shelves (id int PRIMARY KEY);\n"
        "CREATE TABLE boxes (id int PRIMARY KEY, shelf_id int UNIQUE REFERENCES shelves,\n"
        "  FOREIGN KEY (shelf_id) REFERENCES shelves (id) ON DELETE CASCADE);"
    ),
    silent=Example(
        "CREATE TABLE shelves (id int PRIMARY KEY);\n"
        "CREATE TABLE boxes (id int PRIMARY KEY, shelf_id int UNIQUE REFERENCES shelves);"
    ),
    check=_check,
)
