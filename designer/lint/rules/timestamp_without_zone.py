"""WK502: moments in PostgreSQL that do not say where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.contract import edit, replace
from designer.commands.names import called
from designer.dialects.logical import raw_type
from designer.dialects.registry import get as dialect_of
from designer.lint.contract import INFO, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Design, IdSource, Table


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        local = [column for column in subject.inside(Column, table.id) if _is_local(column)]
        if local:
            names = ", ".join(column.name for column in local)
            message = f"{subject.called(table)} keeps {names} without a time zone"
            fix = Fix("Change to timestamptz", partial(_with_zone, table=table, columns=tuple(local)))
            yield Found(table.id, message, tuple(column.id for column in local), fix)


def _is_local(column: Column) -> bool:
    return column.logical.split("(", 1)[0] == "timestamp" and column.generated is None


def _with_zone(design: Design, _ids: IdSource, table: Table, columns: tuple[Column, ...]) -> Edit:
    put = []
    for column in columns:
        logical = column.logical.replace("timestamp", "timestamp_tz", 1)
        put.append(replace(column, logical=logical, type=raw_type(logical, dialect_of("postgresql"))[0]))
    return edit(design, f"Keep the time zone in {called(design, table)}", list(put))


RULE = Rule(
    code="WK502",
    name="timestamp-without-zone",
    title="A timestamp has no time zone",
    severity=INFO,
    help="PostgreSQL takes such a value for whatever the reader's zone is, so the same moment differs between "
    "servers and between summer and winter. Use timestamptz for moments; plain timestamps are for wall "
    "clocks, such as opening hours.",
    firing=Example("CREATE TABLE events (id int PRIMARY KEY, happened timestamp(3) NOT NULL);"),
    silent=Example("CREATE TABLE events (id int PRIMARY KEY, happened timestamptz(3) NOT NULL);"),
    check=_check,
    targets=("postgresql",),
)
