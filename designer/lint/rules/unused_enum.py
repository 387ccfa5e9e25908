"""WK105: an enumerated type that nothing has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.edit import delete
from designer.lint.contract import INFO, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, CompositeType, Design, DomainType, EnumType, Id, IdSource, Routine, Statement, View


def _check(subject: Subject) -> Iterator[Found]:
    unused = subject.of(EnumType)
    if unused:
        used = {column.type_ref for column in subject.of(Column)} | {each.type_ref for each in subject.of(DomainType)}
        texts = "\n".join(_texts(subject)).lower()
        for each in unused:
            if each.id not in used and each.name.lower() not in texts:
                fix = Fix("Delete it", partial(_delete, record=each.id))
                yield Found(each.id, f"no column has the type {subject.called(each)}", fix=fix)


def _texts(subject: Subject) -> Iterator[str]:
    """Yield the texts that may name a type without a reference to it."""
    yield from (routine.text.text for routine in subject.of(Routine))
    yield from (statement.text.text for statement in subject.of(Statement))
    yield from (view.query.text for view in subject.of(View))
    yield from (field.type for record in subject.of(CompositeType) for field in record.fields)


def _delete(design: Design, _ids: IdSource, record: Id) -> Edit:
    return delete(design, [record])


RULE = Rule(
    code="WK105",
    name="unused-enum",
    title="No column has this enumerated type",
    severity=INFO,
    help="A type that nothing uses is either left over, or a column that should have it was given text. Give it to "
    "that column, or delete it.",
    firing=Example("CREATE TYPE mood AS ENUM ('calm', 'cross');\nCREATE TABLE cats (id int PRIMARY KEY, mood text);"),
    silent=Example("CREATE TYPE mood AS ENUM ('calm', 'cross');\nCREATE TABLE cats (id int PRIMARY KEY, mood mood);"),
    check=_check,
)
