"""Tables of real servers, whole and as samples."""

from __future__ import annotations

import sqlite3
from urllib.parse import quote

import psycopg
import pymysql
import pytest

from designer.discovery.contract import Budget, DataProblem
from designer.discovery.finder import discover
from designer.discovery.reading import live_mysql, live_postgres, live_sqlite, read_live
from designer.discovery.reading.live import tables_of
from designer.discovery.reading.live_contract import Place
from designer.importers.live import LiveProblem
from tests.nasty import NAMES

ROWS = [(at, f"z{at % 20}", f"city {at % 10}", None if at % 7 == 0 else "x", at / 4) for at in range(3_000)]
NASTY = [name for name in NAMES if "\0" not in name][:12]


def cells(table):
    return sorted([list(table.row(at)) for at in range(len(table))], key=lambda row: int(row[0]))


def names_of(found, each):
    return found.names(each.left), found.columns[each.right].name


def check_a_whole_table(table):
    assert table.headers == ("id", "zip", "city", "flag", "price")
    assert len(table) == 3_000 and not table.sampled
    assert cells(table)[7][:4] == ["7", "z7", "city 7", None]
    found = discover(table)
    assert names_of(found, found.dependencies[0]) == (("zip",), "city")
    assert found.columns[4].kind == "measure"


@pytest.fixture(scope="module")
def postgres(postgres_server):
    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as base, base.cursor() as cursor:
        cursor.execute("CREATE TABLE orders (id int PRIMARY KEY, zip text, city text, flag text, price numeric(10,2))")
        cursor.executemany("INSERT INTO orders VALUES (%s, %s, %s, %s, %s)", ROWS)
        cursor.execute("ANALYZE orders")
        cursor.execute("CREATE VIEW seen AS SELECT id, zip FROM orders")
        cursor.execute('CREATE SCHEMA "Other"; CREATE TABLE "Other"."Orders" (id int)')
        columns = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" text' for name in NASTY)
        cursor.execute(f"CREATE TABLE nasty ({columns})")
        cursor.execute(f"INSERT INTO nasty VALUES ({', '.join(['%s'] * len(NASTY))})", NASTY)
    return url


def test_postgres_whole(postgres):
    check_a_whole_table(read_live(postgres, "public.orders"))


def test_postgres_as_a_sample(postgres):
    table = read_live(postgres, "public.orders", Budget(rows=100))
    assert 100 <= len(table) < 300
    assert "Of about 3,000 rows each was drawn with the same chance (TABLESAMPLE BERNOULLI)." in table.sampled


def test_postgres_views_and_other_schemas(postgres):
    assert len(read_live(postgres, "seen")) == 3_000
    assert read_live(postgres, "Other.Orders").headers == ("id",)
    with pytest.raises(DataProblem, match="there are several tables ORDERS; name one of them"):
        read_live(postgres, "ORDERS")


def test_postgres_pages_of_a_huge_table_tell_their_bias():
    clause = live_postgres._sampling(Place("", "t", 50_000_000), 200_000)
    assert "SYSTEM" in clause.clause and "stored together came together" in clause.said


def test_hostile_names_of_columns(postgres):
    table = read_live(postgres, "nasty")
    assert list(table.row(0)) == [name or None for name in NASTY] or list(table.row(0)) == NASTY
    assert len(table.headers) == len(NASTY)


def test_nothing_can_be_written(postgres):
    before = len(tables_of(postgres))
    with pytest.raises(DataProblem):
        read_live(postgres, 'orders"; DROP TABLE orders; --')
    assert len(tables_of(postgres)) == before


def test_passwords_are_in_no_message(postgres_server):
    url = "postgresql://ann:s3cretword@127.0.0.1:1/shop"
    with pytest.raises(LiveProblem) as told:
        read_live(url, "t")
    assert "s3cretword" not in str(told.value)


@pytest.fixture(scope="module")
def mariadb(mariadb_server):
    parameters = mariadb_server.new_database()
    with pymysql.connect(**parameters) as base, base.cursor() as cursor:
        cursor.execute("CREATE TABLE orders (id int, zip text, city text, flag text, price decimal(10,2), b blob)")
        cursor.executemany("INSERT INTO orders VALUES (%s, %s, %s, %s, %s, 'ab')", ROWS)
        cursor.execute("ALTER TABLE orders DROP COLUMN b, ADD COLUMN `we``ird` varbinary(4) DEFAULT 'a'")
        cursor.execute("ANALYZE TABLE orders")
        base.commit()
    return f"mysql://root@localhost/{parameters['database']}?unix_socket={quote(parameters['unix_socket'])}&ssl_mode=disabled"


def test_mariadb(mariadb):
    table = read_live(mariadb, "orders")
    assert table.headers == ("id", "zip", "city", "flag", "price", "we`ird")
    assert cells(table)[7] == ["7", "z7", "city 7", None, "1.75", "61"]
    sample = read_live(mariadb, "ORDERS", Budget(rows=100))
    assert 60 <= len(sample) < 300
    assert "each was drawn with the same chance" in sample.sampled
    with pytest.raises(DataProblem, match="there is no table x; there are: orders"):
        read_live(mariadb, "x")


def test_mysql_takes_the_first_rows_of_a_huge_table_and_says_so():
    assert "not a random sample" in live_mysql._sampling(Place("", "t", 50_000_000), 200_000).said


@pytest.fixture
def sqlite(tmp_path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, zip, city, flag, price REAL)")
        base.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", ROWS)
        base.execute("CREATE TABLE 'we\"ird' (x BLOB)")
        base.execute("INSERT INTO 'we\"ird' VALUES (x'00ff')")
    base.close()
    return f"sqlite:///{path}"


def test_sqlite(sqlite):
    check_a_whole_table(read_live(sqlite, "orders"))
    assert 60 <= len(read_live(sqlite, "orders", Budget(rows=100))) < 300
    assert read_live(sqlite, 'we"ird').row(0) == ("x00ff",)
    with pytest.raises(DataProblem, match="name the table; there are: orders"):
        read_live(sqlite, "")


def test_sqlite_takes_the_first_rows_of_a_huge_table_and_says_so():
    assert "not a random sample" in live_sqlite._sampling(Place("", "t", 50_000_000), 200_000).said


def test_what_is_no_url():
    with pytest.raises(LiveProblem, match="not the URL of a database"):
        read_live("orders.csv", "t")
