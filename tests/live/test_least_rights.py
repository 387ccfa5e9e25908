"""The rights that docs/live.md names are enough: who has them reads what the owner of everything reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from designer.importers.live import EVERYTHING, Snapshot, engine, take
from tests.servers import MariaServer, PostgresServer

PAGE = Path(__file__).parents[2] / "docs" / "live.md"
POSTGRES = """
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN app.email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE app.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail app.email, mood app.mood DEFAULT 'ok');
CREATE TABLE orders (id serial PRIMARY KEY, user_id bigint REFERENCES app.users, total numeric CHECK (total >= 0));
CREATE INDEX ON orders (total) WHERE total > 0;
CREATE VIEW v AS SELECT id FROM orders;
CREATE MATERIALIZED VIEW mv AS SELECT count(*) AS n FROM orders;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON orders USING (user_id > 0);
CREATE STATISTICS s ON user_id, total FROM orders;
REVOKE ALL ON SCHEMA app FROM PUBLIC;
COMMENT ON TABLE orders IS 'all of them';
"""
MARIADB = """
CREATE TABLE users (id int AUTO_INCREMENT PRIMARY KEY, mail varchar(80) NOT NULL CHECK (mail LIKE '%@%'));
CREATE TABLE orders (id int PRIMARY KEY, user_id int, FOREIGN KEY (user_id) REFERENCES users (id));
CREATE VIEW v AS SELECT id FROM orders;
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.user_id = 1;
CREATE PROCEDURE p() SELECT 1;
CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC RETURN a + 1;
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1;
CREATE SEQUENCE s START WITH 5;
"""


def granted(database: str, **names: str) -> list[str]:
    """Return the statements of the page for a database, with real names."""
    block = re.search(rf"```sql\n-- {database}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block, f"docs/live.md has no rights for {database}"
    text = re.sub(r"--[^\n]*", "", block[1])
    for name, real in names.items():
        text = text.replace(name, real)
    return [each.strip() for each in text.split(";") if each.strip()]


def script(snapshot: Snapshot) -> str:
    return engine(snapshot.dialect).script(snapshot, EVERYTHING)


@pytest.mark.postgres
def test_postgresql(postgres_server: PostgresServer) -> None:
    import psycopg

    url = postgres_server.new_database()
    database = url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(POSTGRES)
        for statement in granted("PostgreSQL", shop=database, reader="wk_least"):
            connection.execute(statement)
    mine, theirs = take(url), take(url.replace("postgres:@", "wk_least@"))
    assert script(theirs) == script(mine)
    assert not theirs.sections.get("notes")


@pytest.mark.mariadb
def test_mariadb(mariadb_server: MariaServer) -> None:
    import pymysql

    parameters = mariadb_server.new_database()
    database = str(parameters["database"])
    with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:
        for statement in MARIADB.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        for statement in granted("MariaDB", shop=database, reader="wk_least"):
            cursor.execute(statement.replace("'%'", "'localhost'"))
    socket = f"/{database}?unix_socket={mariadb_server.socket}"
    mine = take(f"mariadb://root@localhost{socket}")
    theirs = take(f"mariadb://wk_least:choose-one@localhost{socket}")
    assert not theirs.sections["notes"]
    assert script(theirs) == script(mine)
