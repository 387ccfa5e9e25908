"""WK504: the text NULL as a default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.edit import set_fields
from designer.lint.contract import WARNING, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Design, Id, IdSource

_NULL_TEXT = re.compile(r"""^\(?'null'\)?(\s*::[\w\s"()]+)?$""", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Found]:
    for column in subject.of(Column):
        if column.default is not None and _NULL_TEXT.match(column.default.text.strip()):
            fix = Fix("Remove the default", partial(_remove, column=column.id))
            yield Found(column.id, f"the default of {subject.called(column)} is the word NULL, not no value", fix=fix)


def _remove(design: Design, _ids: IdSource, column: Id) -> Edit:
    return set_fields(design, column, {"default": None})


RULE = Rule(
    code="WK504",
    name="default-null-text",
    title="A default is the text 'NULL'",
    severity=WARNING,
    help="In quotes it is a word of four letters, and a search for rows without a value does not find it. A column "
    "without a default is NULL by itself.",
    firing=Example("CREATE TABLE tags (id int PRIMARY KEY, colour text DEFAULT 'NULL');"),
    silent=Example("CREATE TABLE tags (id int PRIMARY KEY, colour text DEFAULT NULL);"),
    check=_check,
)
