"""A translated model behaves as the one that it was: the same rows are taken, refused and given back."""

from __future__ import annotations

import pytest

from tests.servers import MariaServer, PostgresServer
from tests.translation.applying import Maria, Postgres, SQLite, translation

SHOP = """
CREATE SCHEMA shop;
CREATE EXTENSION citext;
CREATE TYPE shop.state AS ENUM ('new', 'it''s paid');
CREATE DOMAIN shop.percent AS integer DEFAULT 5 CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE shop.customers (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1000) PRIMARY KEY,
  mail citext UNIQUE,
  code text UNIQUE,
  active boolean NOT NULL DEFAULT true,
  key uuid NOT NULL DEFAULT gen_random_uuid(),
  tags text[] NOT NULL DEFAULT '{"a b",c}',
  settings jsonb NOT NULL DEFAULT '{"x": 1}',
  state shop.state NOT NULL DEFAULT 'new',
  rebate shop.percent,
  price numeric(10,2) NOT NULL DEFAULT 1.50,
  gross numeric(12,2) GENERATED ALWAYS AS (price * 2) STORED,
  label text GENERATED ALWAYS AS (code || '!') STORED,
  photo bytea DEFAULT '\\x00ff',
  since date NOT NULL DEFAULT '2020-02-29',
  CHECK (code ~ '^[a-z]+$'),
  CHECK (price > 0 AND char_length(code) < 9)
);
CREATE TABLE shop.orders (
  id serial PRIMARY KEY,
  customer bigint NOT NULL REFERENCES shop.customers ON DELETE CASCADE,
  note varchar(5)
);
CREATE UNIQUE INDEX one_note ON shop.orders (customer, lower(note)) WHERE note IS NOT NULL;
CREATE VIEW shop.known AS SELECT c.id, c.code, count(*) AS orders FROM shop.customers c JOIN shop.orders o ON o.customer = c.id
  WHERE c.active AND c.code IS NOT NULL GROUP BY c.id, c.code;
"""

LEDGER = """
CREATE TABLE people (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  mail varchar(60) NOT NULL UNIQUE,
  kind enum('a','b''c') NOT NULL DEFAULT 'a',
  flags set('x','y') DEFAULT 'x,y',
  active tinyint(1) NOT NULL DEFAULT 1,
  age int unsigned,
  bits bit(8) DEFAULT b'101',
  raw varbinary(4) DEFAULT x'6162',
  uid char(36) NOT NULL DEFAULT uuid(),
  name varchar(20) DEFAULT 'it\\'s \\\\ here',
  shout varchar(30) GENERATED ALWAYS AS (concat(name, '!')) STORED,
  twice varchar(60) GENERATED ALWAYS AS (concat(shout, shout)) VIRTUAL,
  doc longtext CHECK (json_valid(doc)),
  made datetime NOT NULL DEFAULT current_timestamp(),
  touched datetime(6) DEFAULT '2001-01-01 00:00:00' ON UPDATE current_timestamp(6),
  CHECK (active = 1 OR kind <> 'zzz')
) AUTO_INCREMENT=17;
CREATE TABLE notes (id bigint AUTO_INCREMENT PRIMARY KEY, person int unsigned, body text, kind enum('a','b''c'),
  UNIQUE KEY begins (body(3)), FOREIGN KEY (person) REFERENCES people (id) ON DELETE SET NULL);
CREATE VIEW talkers AS SELECT p.id, count(*) AS notes FROM people p JOIN notes n ON n.person = p.id WHERE p.active GROUP BY p.id;
"""

Base = SQLite | Postgres | Maria


def refuses(database: Base, sql: str) -> None:
    with pytest.raises(database.refused):
        database.run(sql)


def shop(database: Base, quote: str) -> None:
    """Put rows into the shop: what PostgreSQL took is taken, what it refused is refused."""
    customers, orders, known = "shop_customers", "shop_orders", "shop_known"
    key = f"{quote}key{quote}"
    for code in ("ann", "ben", "Ann' --".lower()[:3] + "x"):
        database.run(f"INSERT INTO {customers} (mail, code) VALUES ('{code}@x', '{code}')")
    row = database.run(
        f"SELECT active, tags, state, rebate, price, gross, label, photo, since FROM {customers} LIMIT 1"
    )[0]
    assert [str(each) for each in (row[0], row[1], row[2], row[3])] == ["1", '["a b", "c"]', "new", "5"]
    assert (float(row[4]), float(row[5]), row[6], bytes(row[7]), str(row[8])) == (
        1.5,
        3.0,
        "ann!",
        b"\0\xff",
        "2020-02-29",
    )
    assert len({each[0] for each in database.run(f"SELECT {key} FROM {customers}")}) == 3
    for wrong in ("active) VALUES (2", "state) VALUES ('other'", "rebate) VALUES (101", "price) VALUES (0",
                  "code) VALUES ('far too long'", "mail) VALUES ('ANN@x'", "code) VALUES ('ann'"):  # fmt: skip
        refuses(database, f"INSERT INTO {customers} ({wrong})")
    number = database.run(f"SELECT min(id) FROM {customers}")[0][0]
    database.run(f"INSERT INTO {orders} (customer, note) VALUES ({number}, 'hello')")
    refuses(database, f"INSERT INTO {orders} (customer) VALUES (99)")
    assert database.run(f"SELECT code, orders FROM {known}") == [("ann", 1)]


def test_a_shop_in_mariadb(mariadb_server: MariaServer) -> None:
    made = translation(SHOP, "postgresql", "mariadb")
    database = Maria(mariadb_server)
    database.apply(made.text)
    shop(database, "`")
    assert database.run("SELECT min(id) FROM shop_customers") == [(1000,)]
    refuses(database, "INSERT INTO shop_customers (code) VALUES ('UPPER')")
    database.run("INSERT INTO shop_customers (mail) VALUES ('z@x')")
    refuses(database, "INSERT INTO shop_orders (customer, note) VALUES (1000, 'too long')")
    assert {"no-extension", "schema", "identity-always", "domain", "letter-case", "index"} <= {
        each.code for each in made.notes
    }


def test_a_shop_in_sqlite() -> None:
    made = translation(SHOP, "postgresql", "sqlite")
    database = SQLite()
    database.apply(made.text)
    shop(database, '"')
    refuses(database, "INSERT INTO shop_orders (customer, note) VALUES (1, 'HELLO')")
    codes = [each.code for each in made.notes]
    assert {"identity-start", "expression", "letter-case"} <= set(codes)


def ledger(database: Base) -> None:
    """Put rows into the ledger: what MariaDB took is taken, what it refused is refused."""
    database.run("INSERT INTO people (mail, doc) VALUES ('a@x', '[1]'), ('b@x', NULL)")
    row = database.run("SELECT kind, active, name, shout, twice, raw FROM people ORDER BY id LIMIT 1")[0]
    assert (row[0], int(row[1]), row[2], row[3]) == ("a", 1, "it's \\ here", "it's \\ here!")
    assert (row[4], bytes(row[5])) == ("it's \\ here!it's \\ here!", b"ab")
    assert len({each[0] for each in database.run("SELECT uid FROM people")}) == 2
    for wrong in ("kind) VALUES ('c@x', 'c'", "age) VALUES ('c@x', -1", "active) VALUES ('c@x', 2"):
        refuses(database, f"INSERT INTO people (mail, {wrong})")
    first = database.run("SELECT min(id) FROM people")[0][0]
    database.run(f"INSERT INTO notes (person, body) VALUES ({first}, 'abc1')")
    refuses(database, f"INSERT INTO notes (person, body) VALUES ({first}, 'abc2')")
    refuses(database, "INSERT INTO notes (person) VALUES (99)")
    assert database.run("SELECT notes FROM talkers") == [(1,)]
    database.run(f"UPDATE people SET name = name WHERE id = {first}")
    assert str(database.run(f"SELECT touched FROM people WHERE id = {first}")[0][0]).startswith("2001")
    database.run(f"UPDATE people SET name = 'new' WHERE id = {first}")
    assert not str(database.run(f"SELECT touched FROM people WHERE id = {first}")[0][0]).startswith("2001")
    database.run(f"UPDATE people SET touched = '2002-02-02 00:00:00', age = 4 WHERE id = {first}")
    assert str(database.run(f"SELECT touched FROM people WHERE id = {first}")[0][0]).startswith("2002")


def test_a_ledger_in_postgresql(postgres_server: PostgresServer) -> None:
    made = translation(LEDGER, "mariadb", "postgresql")
    database = Postgres(postgres_server)
    database.apply(made.text)
    ledger(database)
    assert database.run("SELECT min(id) FROM people") == [(17,)]
    assert database.run("SELECT bits::text, flags FROM people LIMIT 1") == [("00000101", ["x", "y"])]
    refuses(database, "INSERT INTO people (mail, flags) VALUES ('d@x', '{z}')")
    refuses(database, "INSERT INTO people (mail, doc) VALUES ('d@x', '{')")
    assert [each.place for each in made.notes if each.code == "letter-case"] == ["people.mail", "notes.body"]


def test_a_ledger_in_sqlite() -> None:
    made = translation(LEDGER, "mariadb", "sqlite")
    database = SQLite()
    database.apply(made.text)
    ledger(database)
    assert database.run("SELECT bits FROM people LIMIT 1") == [(b"\x05",)]
    refuses(database, "INSERT INTO people (mail) VALUES ('A@X')")


def test_rows_of_sqlite_are_numbered_elsewhere(postgres_server: PostgresServer, mariadb_server: MariaServer) -> None:
    script = "CREATE TABLE t (id INTEGER PRIMARY KEY, ok BOOLEAN DEFAULT TRUE, at DATETIME DEFAULT CURRENT_TIMESTAMP);"
    for database, target in ((Postgres(postgres_server), "postgresql"), (Maria(mariadb_server), "mariadb")):
        database.apply(translation(script, "sqlite", target).text)
        database.run("INSERT INTO t (ok) VALUES (false), (true)")
        assert [each[0] for each in database.run("SELECT id FROM t ORDER BY id")] == [1, 2]
        refuses(database, "INSERT INTO t (ok) VALUES ('maybe')")


def test_a_tinyint_that_counts_is_no_truth(postgres_server: PostgresServer) -> None:
    database = Postgres(postgres_server)
    script = "CREATE TABLE t (a tinyint(1) NOT NULL DEFAULT 7, b tinyint(1) unsigned DEFAULT 1);"
    database.apply(translation(script, "mysql", "postgresql").text)
    database.run("INSERT INTO t DEFAULT VALUES")
    assert database.run("SELECT a, b FROM t") == [(7, True)]


def test_values_in_json_are_read_alike(postgres_server: PostgresServer, mariadb_server: MariaServer) -> None:
    script = "CREATE TABLE t (doc jsonb, kind text GENERATED ALWAYS AS (doc ->> 'kind') STORED, CHECK (doc ->> 'kind' <> 'no'));"
    back = "CREATE TABLE t (doc json, kind varchar(9) GENERATED ALWAYS AS (json_unquote(json_extract(doc, '$.kind'))) STORED);"
    insert = 'INSERT INTO t (doc) VALUES (\'{"kind": "yes"}\')'
    for database, source, target, text in (
        (Maria(mariadb_server), "postgresql", "mariadb", script),
        (SQLite(), "postgresql", "sqlite", script),
        (Postgres(postgres_server), "mysql", "postgresql", back),
    ):
        database.apply(translation(text, source, target).text)
        database.run(insert)
        assert database.run("SELECT kind FROM t") == [("yes",)], target


def test_a_view_of_parts_in_parentheses_is_read_by_sqlite() -> None:
    database = SQLite()
    script = "CREATE TABLE t (a int); CREATE VIEW v AS (SELECT a FROM t) UNION ALL (SELECT a + 1 FROM t);"
    database.apply(translation(script, "postgresql", "sqlite").text)
    database.run("INSERT INTO t VALUES (1)")
    assert database.run("SELECT a FROM v ORDER BY 1") == [(1,), (2,)]


def test_a_foreign_key_out_of_the_model_keeps_its_target_under_a_plain_name() -> None:
    script = "CREATE TABLE t (a uuid REFERENCES auth.users (id));"
    assert "REFERENCES auth_users (id)" in translation(script, "postgresql", "sqlite").text
