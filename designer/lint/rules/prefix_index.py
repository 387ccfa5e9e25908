"""WK303: an index that another one begins with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.edit import delete
from designer.lint.contract import INFO, Example, Fix, Found, Rule
from designer.lint.shapes import BTREE, is_plain, parts_of
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource, IndexPart, Key


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        indexes = subject.indexes(table.id)
        longer = _beginnings(subject, table.id) if indexes else {}
        for index in indexes:
            other = longer.get(index.parts)
            if other is not None and is_plain(index) and not index.unique:
                message = f"{subject.called(index)} is only the beginning of {subject.called(other)}"
                yield Found(index.id, message, (other,), Fix("Delete it", partial(_delete, record=index.id)))


def _beginnings(subject: Subject, table: Id) -> dict[tuple[IndexPart, ...], Id]:
    """Return every proper beginning of an index or key over all rows, with what begins so."""
    whole = [(parts_of(key), key.id) for key in subject.inside(Key, table) if not key.without_overlaps]
    whole += [(i.parts, i.id) for i in subject.indexes(table) if i.method in BTREE and not i.where]
    return {parts[:length]: record for parts, record in whole for length in range(1, len(parts))}


def _delete(design: Design, _ids: IdSource, record: Id) -> Edit:
    return delete(design, [record])


RULE = Rule(
    code="WK303",
    name="prefix-index",
    title="An index is the beginning of another",
    severity=INFO,
    help="The longer one answers the same questions, since an index over (a, b) is in the order of a. The shorter "
    "one is worth its keep only where it is much smaller and asked much more often.",
    firing=Example(
        "CREATE TABLE trips (id int PRIMARY KEY, town text, day date);\n"
        "CREATE INDEX trips_town ON trips (town);\nCREATE INDEX trips_town_day ON trips (town, day);"
    ),
    silent=Example(
        "CREATE TABLE trips (id int PRIMARY KEY, town text, day date);\n"
        "CREATE INDEX trips_day ON trips (day);\nCREATE INDEX trips_town_day ON trips (town, day);"
    ),
    check=_check,
)
