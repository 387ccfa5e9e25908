"""What an online migration takes away comes last where that is possible, and says so where it is not."""

from __future__ import annotations

import pytest

from designer.evolution import Migration, Options, migrate
from designer.evolution.align import aligned
from designer.evolution.renames_asked import asked
from designer.importers.sql import read

_EARLY = "steps of other stages need it done"
_BASE = "CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE TABLE u (id int PRIMARY KEY);"
_WAITS = {
    "an index, behind what comes": (
        "CREATE INDEX i ON t (a);", "ALTER TABLE t ADD c int; ALTER TABLE u ADD d int; CREATE INDEX j ON t (b);",
        (), "DROP INDEX CONCURRENTLY i;",
    ),
    "the view for a renamed table": (
        "CREATE TABLE old (id int PRIMARY KEY);", "CREATE TABLE fresh (id int PRIMARY KEY, e int); ALTER TABLE u ADD d int;",
        ("old=fresh",), "DROP VIEW old;",
    ),
}  # fmt: skip
_CANNOT = {
    "an index that gives its name away": (
        "CREATE INDEX i ON t (a);", "CREATE TABLE i (id int);", (), "DROP INDEX CONCURRENTLY i;",
    ),
    "a unique index": (
        "CREATE UNIQUE INDEX i ON t (a);", "ALTER TABLE t ADD c int;", (), "DROP INDEX CONCURRENTLY i;",
    ),
    "the view of a table whose column changes its type": (
        "CREATE TABLE old (id int PRIMARY KEY, v varchar(9));", "CREATE TABLE fresh (id int PRIMARY KEY, v varchar(19));",
        ("old=fresh",), "DROP VIEW old;",
    ),
    "an index over a function that goes": (
        "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE INDEX i ON t (f(a));", "",
        (), "DROP INDEX CONCURRENTLY i;",
    ),
}  # fmt: skip


def _migration(old: str, new: str, renames: tuple[str, ...], dialect: str = "postgresql") -> Migration:
    one, two = (read(_BASE + each, "", dialect).design for each in (old, new))
    both = aligned(one, two, dialect, renames=asked(renames, one, two, dialect))
    return migrate(both.old, both.new, dialect, options=Options("online"))


def _others_behind(migration: Migration, sql: str) -> list[str]:
    place = next(at for at, step in enumerate(migration.steps) if step.sql == sql)
    return [step.sql for step in migration.steps[place:] if step.stage != "contract"]


@pytest.mark.parametrize("case", _WAITS)
def test_what_goes_waits_for_what_comes(case: str) -> None:
    *sides, renames, sql = _WAITS[case]
    found = _migration(*sides, renames)
    assert not _others_behind(found, sql)
    assert not any(_EARLY in step.reason for step in found.steps)


@pytest.mark.parametrize("case", _CANNOT)
def test_what_cannot_wait_says_so(case: str) -> None:
    *sides, renames, sql = _CANNOT[case]
    found = _migration(*sides, renames)
    assert _others_behind(found, sql)
    assert [step.sql for step in found.steps if _EARLY in step.reason] == [sql]
