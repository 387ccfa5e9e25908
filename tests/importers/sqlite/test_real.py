"""A rich schema is made in SQLite, dumped in three ways, imported, and compared with what SQLite says of it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.importers.contract import Outcome
from designer.schema import Check, Column, ForeignKey, Index, Key, Statement, Table, Trigger, View
from tests.importers.reading import Read

RICH = (Path(__file__).parent / "rich.sql").read_text()


@pytest.fixture(scope="module")
def base() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(RICH)
    yield connection
    connection.close()


def by_module(base: sqlite3.Connection) -> str:
    return "\n".join(base.iterdump())


def by_master(base: sqlite3.Connection) -> str:
    rows = base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return "".join(f"{row[0]};\n" for row in rows)


def by_shell(base: sqlite3.Connection) -> str:
    shell = shutil.which("sqlite3")
    if shell is None:
        pytest.skip("no sqlite3 shell is installed")
    done = subprocess.run([shell, ":memory:"], input=f"{RICH}\n.dump\n", capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout


@pytest.fixture(
    scope="module",
    params=[by_module, by_master, by_shell, lambda base: RICH],
    ids=["iterdump", "master", "shell", "script"],
)
def got(request: pytest.FixtureRequest, base: sqlite3.Connection) -> Read:
    return Read(request.param(base), "sqlite")


def test_nothing_failed(got: Read) -> None:
    assert got.problems() == ["the table «nowhere» is not in this text"]
    kept = sorted(each.what for each in got.with_outcome(Outcome.VERBATIM))
    assert kept == ["CREATE VIRTUAL TABLE boxes", "CREATE VIRTUAL TABLE search"]


def test_tables(base: sqlite3.Connection, got: Read) -> None:
    rows = base.execute("SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    theirs = {name: (wr, strict) for name, wr, strict in rows if not name.startswith("sqlite_")}
    ours = {each.name: ("without_rowid" in each.extra, "strict" in each.extra) for each in got.of(Table)}
    assert ours == {name: (bool(wr), bool(strict)) for name, (wr, strict) in theirs.items()}


def test_every_column(base: sqlite3.Connection, got: Read) -> None:
    for table in got.of(Table):
        rows = base.execute(
            'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)', [table.name]
        )
        columns = got.of(Column, table)
        primary = [key.columns for key in got.of(Key, table) if key.primary]
        for column, (name, kind, not_null, default, place, hidden) in zip(columns, rows, strict=True):
            assert column.name == name
            assert column.type.upper() == kind.upper()
            implied = place and {"strict", "without_rowid"} & set(
                table.extra
            )  # SQLite adds NOT NULL to such keys itself
            assert column.nullable == (not not_null) or implied
            assert stripped(column.default.text if column.default else None) == default
            assert column.generated_kind == {2: "virtual", 3: "stored"}.get(hidden, "")
            assert (column.id in primary[0] if primary else False) == bool(place)


def stripped(default: str | None) -> str | None:
    """SQLite's own list of columns shows DEFAULT (x) without the parentheses."""
    return default[1:-1] if default and default.startswith("(") else default


def test_every_foreign_key(base: sqlite3.Connection, got: Read) -> None:
    for table in got.of(Table):
        rows = base.execute(
            'SELECT id, seq, "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(?)'
            " ORDER BY id DESC, seq", [table.name],
        ).fetchall()  # fmt: skip
        keys = got.of(ForeignKey, table)
        assert len(keys) == len({row[0] for row in rows})
        for number, key in enumerate(keys):
            mine = [row for row in rows if row[0] == len(keys) - 1 - number]
            target = key.missing_table or got.name(key.ref_table)
            assert {row[2].lower() for row in mine} == {target.lower()}
            assert got.names(key.columns) == [row[3] for row in mine]
            referred = list(key.missing_columns) or got.names(key.ref_columns)
            for (_, _, _, _, to, on_update, on_delete), column in zip(mine, referred, strict=True):
                assert to is None or to.lower() == column.lower()
                assert (key.on_update or "no action", key.on_delete or "no action") == (
                    on_update.lower(),
                    on_delete.lower(),
                )


def test_what_a_foreign_key_says(got: Read) -> None:
    boss = got.foreign_key("User")
    assert (boss.name, boss.deferrable, boss.deferred) == ("has_boss", True, True)
    assert got.names(boss.ref_columns) == ["id"]
    implied = got.foreign_key("lines")
    assert got.names(implied.ref_columns) == ["user_id", "no"]
    assert not implied.deferrable
    lost = got.foreign_key("lost")
    assert (lost.missing_table, lost.missing_columns, lost.ref_table) == ("nowhere", ("x",), None)


def test_every_index(base: sqlite3.Connection, got: Read) -> None:
    for table in got.of(Table):
        rows = base.execute('SELECT name, "unique", origin, partial FROM pragma_index_list(?)', [table.name]).fetchall()
        theirs = {row[0]: row for row in rows if row[2] == "c"}
        ours = {each.name: each for each in got.of(Index, table)}
        assert set(theirs) == set(ours)
        for name, index in ours.items():
            _, unique, _, partial = theirs[name]
            assert (index.unique, index.where is not None) == (bool(unique), bool(partial))
            assert_parts(base, got, index)


def assert_parts(base: sqlite3.Connection, got: Read, index: Index) -> None:
    rows = base.execute('SELECT name, "desc", coll FROM pragma_index_xinfo(?) WHERE key', [index.name]).fetchall()
    for part, (column, desc, collation) in zip(index.parts, rows, strict=True):
        assert (got.name(part.column) if part.column else None) == column
        assert part.desc == bool(desc)
        assert part.collation in ("", collation)


def test_marks_in_an_index(got: Read) -> None:
    index = got.named(Index, "by_name")
    assert index.parts[0].expr is not None
    assert index.parts[0].expr.text == 'lower("full name")'
    assert got.marked(index.parts[0].expr) == [('"full name"', "full name")]
    assert got.marked(index.where) == [("[e-mail]", "e-mail"), ("minus", "minus")]


def test_keys_and_conflicts(got: Read) -> None:
    assert got.column("User", "id").identity == "autoincrement"
    assert got.column("browser", "id").identity == "autoincrement"
    assert got.column("User", "full name").extra == {"not_null_on_conflict": "ignore"}
    assert got.column("User", "full name").collation == "NOCASE"
    primary = got.key("orders", primary=True)
    assert primary.name == "pk"
    assert [part.desc for part in primary.parts] == [False, True]
    unique = got.key("orders")
    assert (unique.extra, unique.parts[0].collation) == ({"on_conflict": "fail"}, "NOCASE")


def test_checks(got: Read) -> None:
    texts = [(got.name(each.parent), each.name, each.expr.text) for each in got.of(Check)]
    assert sorted(texts) == [
        ("User", "", "\"quoted 'with' apostrophes\" > 0"),
        ("orders", "", "amount >= 0"),
        ("orders", "", "no <> 7"),
        ("orders", "below", "amount < 1000"),
    ]


def test_views_and_triggers(base: sqlite3.Connection, got: Read) -> None:
    totals = got.named(View, "totals")
    assert totals.columns == ("who", "what")
    assert sorted(got.names(totals.depends_on)) == ["User", "orders"]
    assert sorted(got.names(got.named(View, "over").depends_on)) == ["orders", "totals"]
    assert ("u", "User") not in got.marked(totals.query)
    for name, owner, sql in base.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"):
        trigger = got.named(Trigger, name)
        assert trigger.text.text == sql
        assert got.name(trigger.parent) == owner
    marked = got.marked(got.named(Trigger, "stamp").text)
    assert ('"User"', "User") in marked
    assert ("minus", "minus") in marked
    assert ("key", "key") in marked


def test_virtual_tables_without_their_shadows(got: Read) -> None:
    texts = sorted(each.text.text for each in got.of(Statement))
    assert texts == [
        "CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1)",
        "CREATE VIRTUAL TABLE search USING fts5(body, tokenize='porter')",
    ]
