"""All cases in one database, up and down on a real MariaDB, rows in the tables, proven by SHOW CREATE."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pymysql
import pytest

from designer.evolution import Migration, migrate
from designer.evolution.align import aligned
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from designer.schema import Design
from tests.evolution.mysql.cases import CASES, Case
from tests.proof import my_equal
from tests.proof.my_catalog import run as run_script
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb
_COUNTER = re.compile(r"AUTO_INCREMENT=\d+ ")
_INSERTS = re.compile(r"INSERT INTO [^;]*(?:;|\Z)")
Rows = dict[str, int]


@dataclass
class Journey:
    """What was found on the way: (kind, name, is, should be) for each side, statements refused, rows by table."""

    up: Migration
    down: Migration
    faults: list[str] = field(default_factory=list)
    counts: list[Rows] = field(default_factory=list)


def _script(way: str) -> str:
    return ";\n".join(case.text(getattr(case, way)) for case in CASES) + ";\n"


@pytest.fixture(scope="module")
def journey(mariadb_server: MariaServer) -> Journey:
    """All cases at once: a server round trip is what costs."""
    scripts = _script("old"), _script("new")
    sides = tuple(read(each, "", "mariadb").design for each in scripts)
    found = _planned(*sides)
    old, new = mariadb_server.new_database(), mariadb_server.new_database()
    run_script(old, scripts[0])
    run_script(new, scripts[1])
    before, wanted = my_equal.snapshot(old), my_equal.snapshot(new)
    with pymysql.connect(**old, autocommit=True) as connection, connection.cursor() as cursor:
        found.counts.append(_rows(cursor, old))
        _run(cursor, found.up, "up", found)
        found.counts.append(_rows(cursor, old))
        _compare(found, "up", my_equal.snapshot(old), wanted)
        _run(cursor, found.down, "down", found)
        found.counts.append(_rows(cursor, old))
        _compare(found, "down", my_equal.snapshot(old), before)
    return found


def _planned(old: Design, new: Design) -> Journey:
    renames = [case.text(f"@{each.removeprefix('@')}") for case in CASES for each in case.renames]
    pair = aligned(old, new, "mariadb", renames=asked(renames, old, new, "mariadb"))
    return Journey(migrate(pair.old, pair.new, "mariadb"), migrate(pair.new, pair.old, "mariadb"))


def _run(cursor: Any, migration: Migration, way: str, found: Journey) -> None:
    for step in migration.steps:
        try:
            cursor.execute(step.sql)
        except pymysql.MySQLError as error:
            found.faults.append(f"{way}: {step.sql}\n    {error}")


def _compare(found: Journey, way: str, one: my_equal.Reading, two: my_equal.Reading) -> None:
    ours, theirs = ({key: _COUNTER.sub("", value) for key, value in each.items()} for each in (one, two))
    found.faults += (
        f"{way}: {kind} {name}\n  is:        {is_}\n  should be: {should}"
        for kind, name, is_, should in my_equal.compare(ours, theirs)
    )


def _rows(cursor: Any, parameters: dict[str, Any]) -> Rows:
    cursor.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = %s AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')",
        (parameters["database"],),
    )
    found: Rows = {}
    for (name,) in list(cursor.fetchall()):
        cursor.execute(f"SELECT count(*) FROM {my_equal.quoted(name)}")
        found[name] = cursor.fetchone()[0]
    return found


def _mine(case: Case, text: str) -> bool:
    """Say whether a text is about a case: longer names of other cases may begin with its name."""
    return re.search(rf"(?<!\w){case.name}_(?:{'|'.join(_names(case))})\b", text) is not None


def _names(case: Case) -> list[str]:
    return sorted(set(re.findall(r"@(\w+)", f"{case.old} {case.new}")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_up_and_down(journey: Journey, case: Case) -> None:
    assert not [each for each in journey.faults if _mine(case, each)]


def test_nothing_else_is_wrong(journey: Journey) -> None:
    assert not [each for each in journey.faults if not any(_mine(case, each) for case in CASES)]


@pytest.mark.parametrize("case", [case for case in CASES if case.has or case.has_not], ids=lambda case: case.name)
def test_words(journey: Journey, case: Case) -> None:
    text = "\n".join(step.sql for step in journey.up.steps if _mine(case, step.sql))
    assert all(each in text for each in case.has), text
    assert not any(each in text for each in case.has_not), text


def test_rows_stay(journey: Journey) -> None:
    renamed = {case.text(each.split("=")[0]): case.text(each.split("=")[1]) for case in CASES for each in case.renames}
    before, between, after = journey.counts
    for table, count in before.items():
        name = renamed.get(table, table)
        if name in between and not any(target == table for target in renamed.values() if table not in renamed):
            assert between[name] == count, table
            assert after[table] == count, table


def test_one_statement_a_table(journey: Journey) -> None:
    step = next(each for each in journey.up.steps if each.sql.startswith("ALTER TABLE order_t"))
    assert step.operation == "alter table"
    assert {part.operation for part in step.parts} == {"add column", "drop column", "alter column"}
    assert all(part.sql.startswith("ALTER TABLE order_t ") and "\n" not in part.sql for part in step.parts)


def test_nothing_to_do_for_the_same() -> None:
    for way in ("old", "new"):
        one, two = (read(_script(way), "", "mariadb").design for _ in range(2))
        pair = aligned(one, two, "mariadb")
        assert migrate(pair.old, pair.new, "mariadb").steps == []
