"""WK302: an index that a key brings already."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.edit import delete
from designer.lint.contract import WARNING, Example, Fix, Found, Rule
from designer.lint.shapes import is_plain, parts_of
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource, Key


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        keys = {parts_of(key): key for key in subject.inside(Key, table.id) if not key.without_overlaps}
        for index in subject.indexes(table.id):
            key = keys.get(index.parts)
            if key is None or not is_plain(index) or (index.unique and key.deferrable):
                continue
            word = "primary key" if key.primary else "unique key"
            message = f"{subject.called(index)} is what the {word} of {subject.called(table)} brings already"
            yield Found(index.id, message, (key.id,), Fix("Delete it", partial(_delete, record=index.id)))


def _delete(design: Design, _ids: IdSource, record: Id) -> Edit:
    return delete(design, [record])


RULE = Rule(
    code="WK302",
    name="index-like-key",
    title="An index repeats a key",
    severity=WARNING,
    help="A primary or unique key has an index of its own. A second one over the same columns is written at every "
    "change and never read. Delete it.",
    firing=Example(
        "CREATE TABLE coins (id int PRIMARY KEY, year int NOT NULL);\nCREATE UNIQUE INDEX coins_id ON coins (id);"
    ),
    silent=Example(
        "CREATE TABLE coins (id int PRIMARY KEY, year int NOT NULL);\nCREATE INDEX coins_year ON coins (year);"
    ),
    check=_check,
)
