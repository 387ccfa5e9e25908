"""WK106: the same thing several times, in numbered columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.levels.tracing.deviating import explained
from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column

_NUMBERED = re.compile(r"^(.*[^\d_])_?(\d{1,2})$", re.DOTALL)
_LEAST = 3
_LINES = ("line", "address", "addr", "street")
"""Lines of an address are numbered everywhere, and are one thing."""


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        groups: dict[tuple[str, str], dict[int, Column]] = {}
        for column in subject.inside(Column, table.id):
            numbered = _NUMBERED.match(column.name)
            if numbered and not numbered[1].lower().endswith(_LINES):
                groups.setdefault((numbered[1].lower(), column.type), {})[int(numbered[2])] = column
        for numbers in groups.values():
            columns = list(numbers.values())
            meant = explained(subject.design, (column.id for column in columns), ("repeating_group",))
            if len(numbers) >= _LEAST and _counted(sorted(numbers)) and meant is None:
                names = ", ".join(column.name for column in columns)
                ids = tuple(column.id for column in columns)
                yield Found(columns[0].id, f"{subject.called(table)} repeats one thing in {names}", ids[1:])


def _counted(numbers: list[int]) -> bool:
    """Say whether somebody counted from 0 or 1, and left none out."""
    return numbers[0] in (0, 1) and numbers[-1] - numbers[0] == len(numbers) - 1


RULE = Rule(
    code="WK106",
    name="repeating-columns",
    title="Numbered columns repeat one thing",
    severity=INFO,
    help="A repeating group is what first normal form forbids (Codd 1970): to look for a value one must ask every "
    "column, and the next one needs another column. Put the values into a table of their own, one a row.",
    firing=Example("CREATE TABLE people (id int PRIMARY KEY, phone_1 text, phone_2 text, phone_3 text);"),
    silent=Example(
        "CREATE TABLE people (id int PRIMARY KEY);\n"
        "CREATE TABLE phones (person_id int REFERENCES people, phone text, PRIMARY KEY (person_id, phone));"
    ),
    check=_check,
)
