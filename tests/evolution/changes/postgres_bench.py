"""All changes of PostgreSQL at once: each in a schema of its own, two databases, every catalog read once a state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import psycopg

from tests.evolution.changes.change import Change
from tests.evolution.changes.outcome import Outcome
from tests.evolution.changes.postgres_base import BASE, ROLES, ROWS
from tests.proof import pg_equal
from tests.servers import PostgresServer

Prints = dict[str, str]
"""`schema.table` -> how many rows there are, and the checksum of the columns that both sides have."""


def schema_of(change: Change) -> str:
    """Return the schema of a change."""
    return f"c_{change.name}"


def run(server: PostgresServer, changes: Sequence[Change]) -> dict[str, Outcome]:
    """Take every change up and down, and return what was wrong with each."""
    found = {change.name: Outcome(change) for change in changes}
    old, new = server.new_database(), server.new_database()
    _load(old, new, changes)
    for outcome in found.values():
        _plan(outcome)
    was, wanted = pg_equal.snapshot(old), pg_equal.snapshot(new)
    kept = _kept(changes, was, wanted)
    rows = prints(old, [(table, [name for name, _ in columns]) for table, _, columns in kept])
    _travel(old, found.values(), "up")
    _tell(found, pg_equal.compare(pg_equal.snapshot(old), wanted), "up")
    there = prints(old, [(table, [name for _, name in columns]) for _, table, columns in kept])
    for (before, after, _), one, two in zip(kept, rows, there, strict=True):
        if one != two:
            _blame(found, before, f"up: the rows of {before} were {one} and are, in {after}, {two}")
    _travel(old, found.values(), "down")
    _tell(found, pg_equal.compare(pg_equal.snapshot(old), was), "down")
    back = prints(old, [(table, [name for name, _ in columns]) for table, _, columns in kept])
    for (before, _, _), one, two in zip(kept, rows, back, strict=True):
        if one != two:
            _blame(found, before, f"down: the rows of {before} were {one} and are {two}")
    return found


def _script(change: Change, text: str) -> str:
    home = schema_of(change)
    return f"CREATE SCHEMA {home};\nSET search_path = {home}, public;\n" + text.replace("{here}", home)


def _load(old: str, new: str, changes: Sequence[Change]) -> None:
    with psycopg.connect(old, autocommit=True) as before, psycopg.connect(new, autocommit=True) as after:
        for role in ROLES:
            before.execute(f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN END $$".encode())
        for change in changes:
            one, two = change.scripts(BASE)
            before.execute((_script(change, one) + ROWS + change.rows).encode())
            after.execute(_script(change, two).encode())


def _plan(outcome: Outcome) -> None:
    old, new = (_script(outcome.change, text) for text in outcome.change.scripts(BASE))
    home = schema_of(outcome.change)
    renames = (tuple(each.split("=")) for each in outcome.change.renames)
    outcome.plan("postgresql", old, new, [f"{_at(home, one)}={_at(home, two)}" for one, two in renames])


def _at(home: str, path: str) -> str:
    return path if path.startswith("wk_") else f"{home}.{path}"


def _travel(dsn: str, outcomes: Iterable[Outcome], way: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for outcome in outcomes:
            for step in getattr(outcome, way):
                try:
                    connection.execute(step.sql.encode(), prepare=False)
                except psycopg.Error as error:
                    outcome.faults.append(f"{way}: {step.sql}\n    {error}")
            connection.execute("RESET ALL")
            if outcome.change.probe:
                _probe(connection, outcome, way)


def _probe(connection: psycopg.Connection, outcome: Outcome, way: str) -> None:
    try:
        connection.execute(
            f"BEGIN; SET search_path = {schema_of(outcome.change)}; {outcome.change.probe}; ROLLBACK".encode()
        )
    except psycopg.Error as error:
        connection.execute("ROLLBACK")
        outcome.faults.append(f"{way}: afterwards {outcome.change.probe}: {error}")


_HOME = re.compile(r"\bc_(\w+)\b")


def _blame(found: dict[str, Outcome], text: str, fault: str) -> None:
    for each in _HOME.findall(text):
        if each in found:
            found[each].faults.append(fault)
            return
    for outcome in found.values():
        if any(word in text for word in re.findall(r"\b(?:wk_\w+|vector)\b", outcome.change.both + outcome.change.new)):
            outcome.faults.append(fault)
            return
    raise AssertionError(f"of no change: {fault}")


def _tell(found: dict[str, Outcome], differences: Iterable[pg_equal.Difference], way: str) -> None:
    for each in differences:
        _blame(found, f"{each[1]} {each[2]} {each[3]}", f"{way}: {pg_equal.sentence(each)}")


Kept = tuple[str, str, list[tuple[str, str]]]
"""A table and its columns on the old side and on the new one."""


def _kept(changes: Sequence[Change], was: pg_equal.Reading, wanted: pg_equal.Reading) -> list[Kept]:
    """Return the tables that are on both sides, with the columns that are."""
    before, after = _columns(was), _columns(wanted)
    tables: dict[str, str] = {}
    columns: dict[tuple[str, str], str] = {}
    retyped: set[tuple[str, str]] = set()
    for change in changes:
        home = schema_of(change)
        for each in change.renames:
            one, two = each.split("=")
            if f"{home}.{one}" in before:
                tables[f"{home}.{one}"] = two if f"{two}" in after else f"{home}.{two}"
            elif f"{home}.{one.partition('.')[0]}" in before:
                columns[f"{home}.{one.partition('.')[0]}", one.partition(".")[2]] = two.partition(".")[2]
        retyped |= {(f"{home}.{each.partition('.')[0]}", each.partition(".")[2]) for each in change.retyped}
    found: list[Kept] = []
    given, named = set(tables.values()), {(table, two) for (table, _), two in columns.items()}
    for table, names in before.items():
        other = tables.get(table, table)
        if other not in after or (table in given and table not in tables):
            continue
        stay = [each for each in names if (table, each) in columns or (table, each) not in named | retyped]
        both = [(each, columns.get((table, each), each)) for each in stay]
        pairs = [(one, two) for one, two in both if two in after.get(other, ())]
        # children come and go with their own rows; what becomes partitioned, or the reverse, keeps all of them
        kinds = {was["table", table].split()[1], wanted["table", other].split()[1]}
        only = "" if kinds == {"r", "p"} else "ONLY "
        found.append((f"{only}{table}", f"{only}{other}", pairs))
    return found


def _columns(reading: pg_equal.Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for kind, name in reading:
        if kind == "column":
            table, column = _cut(name)
            found[table].append(column)
    return found


def _cut(name: str) -> tuple[str, str]:
    quoted = re.match(r'(.*)\.("(?:[^"]|"")+"|[^".]+)$', name)
    assert quoted is not None
    return quoted[1], quoted[2]


def prints(dsn: str, tables: Sequence[tuple[str, list[str]]]) -> list[str]:
    """Return how many rows tables have and a checksum of some of their columns, or why they cannot be read."""
    parts = []
    for number, (table, columns) in enumerate(tables):
        row = "concat_ws('|', " + ", ".join(f"coalesce({each}::text, '~')" for each in ("''", *columns)) + ")"
        parts.append(
            f"SELECT {number}, count(*) || ' ' || coalesce(md5(string_agg(r, ',' ORDER BY r)), '')"
            f" FROM (SELECT {row} AS r FROM {table}) s"
        )
    with psycopg.connect(dsn, autocommit=True) as connection:
        return _asked(connection, parts)


def _asked(connection: psycopg.Connection, parts: list[str]) -> list[str]:
    try:
        rows = connection.execute(" UNION ALL ".join(parts).encode()).fetchall()
        return [str(each[1]) for each in sorted(rows)]
    except psycopg.Error:  # a table is not there: ask one by one
        return [_one(connection, each) for each in parts]


def _one(connection: psycopg.Connection, part: str) -> str:
    try:
        row = connection.execute(part.encode()).fetchone()
        return str(row[1]) if row else "nothing"
    except psycopg.Error as error:
        return f"not readable: {error.diag.message_primary}"
