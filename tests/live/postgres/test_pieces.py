"""The order of statements, and the circles that have none."""

from __future__ import annotations

import psycopg
import pytest

from designer.importers.live import take
from designer.importers.live.contract import EVERYTHING
from designer.importers.live.postgres import script
from designer.importers.live.postgres.pieces import Piece, Rank, ordered
from designer.importers.live.postgres.words import dollar_quoted, generic_options, literal, name, options
from tests.proof import pg_equal
from tests.servers import PostgresServer


def keys(*pieces: Piece) -> list[str]:
    return [piece.key for piece in ordered(pieces)]


def test_rank_and_name_decide_where_nothing_is_needed():
    assert keys(
        Piece("t2", Rank.TABLE, "b", ""), Piece("t1", Rank.TABLE, "a", ""), Piece("s", Rank.SCHEMA, "z", "")
    ) == ["s", "t1", "t2"]


def test_what_is_needed_comes_first_whatever_its_rank():
    assert keys(
        Piece("f", Rank.ROUTINE, "f", "", {"v"}),
        Piece("v", Rank.VIEW, "v", "", {"k"}),
        Piece("k", Rank.CONSTRAINT, "k", ""),
    ) == ["k", "v", "f"]


def test_a_need_that_is_not_there_is_none():
    assert keys(Piece("a", Rank.TABLE, "a", "", {"gone", "a"})) == ["a"]


def test_a_circle_is_broken_where_it_can_be_split():
    def split(circle: set[str]) -> list[Piece]:
        assert circle == {"t", "f"}
        return [Piece("t", Rank.TABLE, "t", ""), Piece("d", Rank.DEFAULT, "t", "", {"t", "f"})]

    table = Piece("t", Rank.TABLE, "t", "", {"f"}, split)
    after = Piece("z", Rank.EVENT_TRIGGER, "z", "")
    assert keys(table, Piece("f", Rank.ROUTINE, "f", "", {"t"}), after) == ["t", "f", "d", "z"]


def test_a_circle_that_nothing_splits_still_has_every_piece():
    assert sorted(keys(Piece("a", Rank.TYPE, "a", "", {"b"}), Piece("b", Rank.TYPE, "b", "", {"a"}))) == ["a", "b"]


CIRCLES = {
    "a default that calls a function over the table": """
        CREATE TABLE t (id integer);
        CREATE FUNCTION last_of(t) RETURNS integer LANGUAGE sql AS 'SELECT $1.id';
        CREATE FUNCTION newest() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT max(last_of(t)) FROM t; END;
        ALTER TABLE t ALTER id SET DEFAULT newest();""",
    "a check that calls a function over the table": """
        CREATE TABLE t (id integer);
        CREATE FUNCTION fine(t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.id > 0';
        ALTER TABLE t ADD CONSTRAINT is_fine CHECK (fine(t));
        COMMENT ON CONSTRAINT is_fine ON t IS 'late';""",
    "views that read each other": """
        CREATE VIEW a AS SELECT 1 AS x, 'y'::text COLLATE "C" AS "Y";
        CREATE VIEW b AS SELECT x FROM a;
        CREATE OR REPLACE VIEW a AS SELECT 1 AS x, 'y'::text COLLATE "C" AS "Y" FROM b;
        COMMENT ON VIEW a IS 'round';""",
    "a view over a primary key": """
        CREATE TABLE t (id integer PRIMARY KEY, v text);
        CREATE VIEW grouped AS SELECT id, v FROM t GROUP BY id;
        CREATE FUNCTION over(grouped) RETURNS text LANGUAGE sql AS 'SELECT $1.v';
        CREATE MATERIALIZED VIEW kept AS SELECT over(g) FROM grouped g;""",
    "a function that returns a table's type, used in that table's index": """
        CREATE TABLE t (id integer, v text);
        CREATE FUNCTION of_row(t) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.v';
        CREATE INDEX of_rows ON t (of_row(t));
        CREATE STATISTICS s ON id, v FROM t;""",
}


@pytest.fixture(scope="module")
def servers_for_circles(postgres_server: PostgresServer) -> tuple[str, str]:
    """Two databases with a schema of its own for each circle; the second one made from the first."""
    one, two = postgres_server.new_database(), postgres_server.new_database()
    with psycopg.connect(one, autocommit=True) as connection:
        for place, text in enumerate(CIRCLES.values()):
            connection.execute(f"CREATE SCHEMA c{place}; SET search_path = c{place}; {text}".encode())
    with psycopg.connect(two, autocommit=True) as connection:
        connection.execute(script(take(one), EVERYTHING).encode())
    return one, two


@pytest.mark.parametrize("place", range(len(CIRCLES)), ids=CIRCLES)
def test_circles_of_a_server(servers_for_circles: tuple[str, str], place: int):
    one, two = (
        {key: text for key, text in pg_equal.snapshot(url).items() if f"c{place}" in key[1]}
        for url in servers_for_circles
    )
    assert one
    assert pg_equal.compare(one, two, order=True) == []


def test_dollar_quotes_like_pg_dump():
    assert dollar_quoted("a") == "$$a$$"
    assert dollar_quoted("$1") == "$_$$1$_$"
    assert dollar_quoted("$_$ $_") == "$_X$$_$ $_$_X$"


def test_names_and_literals():
    assert [name(each) for each in ("abc", "Abc", "a$", "user", 'x"y', "1a", "text")] == [
        "abc", '"Abc"', '"a$"', '"user"', '"x""y"', '"1a"', "text",
    ]  # fmt: skip
    assert literal("it's \\ so") == "'it''s \\ so'"
    assert options(["fillfactor=70", "buffering=off", "a=on"], "toast.") == [
        "toast.fillfactor='70'", "toast.buffering=off", "toast.a='on'",
    ]  # fmt: skip
    assert generic_options(["b=1", "a=it's=so"]) == " OPTIONS (\n    b '1',\n    a 'it''s=so'\n)"
