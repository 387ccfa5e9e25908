"""What a real server gives back is what was written, and stays the same however often it goes there and back."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from designer.compare import compare
from designer.importers.live import read_url
from designer.importers.sql import read
from designer.schema import Design
from exporters.contract import Options
from exporters.registry import get
from tests.fidelity.homes import MariaPrograms, PostgresPrograms
from tests.servers import MariaServer, PostgresServer, mariadb_server, postgres_server

__all__ = ["mariadb_server", "postgres_server"]
RICH = (Path(__file__).parent / "rich.sql").read_text("utf-8")
IN_LISTS = """
CREATE TABLE t (a varchar(9) CHECK (a IN ('x', 'y')), b char(3) CHECK (b IN ('x', 'y')), c text CHECK (c IN ('x', 'y')),
  d varchar CHECK (d NOT IN ('x')), CHECK (lower(a) IN ('x', 'y') AND a::text <> ALL (ARRAY['z'])));
"""


class Rounds:
    """A database, what was written to make it, and what comes back."""

    def __init__(self, server: PostgresServer, script: str):
        self.server, self.home = server, PostgresPrograms(server)
        self.text = read(script, "x.sql", "postgresql").design
        self.url = self._made(script)
        self.live = read_url(self.url).design

    def _made(self, script: str) -> str:
        url = self.server.new_database()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(script.encode())
        return url

    def dump(self) -> Design:
        return read(self.home.dump(self.url), "dump.sql", "postgresql").design

    def again(self) -> Rounds:
        """Return another database, made of what is exported of this one."""
        return Rounds(self.server, get("ddl").export(self.live, Options(dialect="postgresql")).text)


@pytest.fixture(scope="module")
def rich(postgres_server: PostgresServer) -> Rounds:
    return Rounds(postgres_server, RICH)


def told(left: Design, right: Design, dialect: str = "postgresql") -> list[str]:
    return [each.sentence() for each in compare(left, right, dialect=dialect)]


def test_the_text_is_the_database(rich):
    found = compare(rich.text, rich.live, dialect="postgresql")
    assert [each.sentence() for each in found if not each.spelled] == []
    assert [each.path for each in found] == ["public.joins"]


def test_dumps_and_databases_are_equal_however_often(rich):
    second = rich.again()
    assert told(rich.live, second.live) == []
    assert told(rich.dump(), rich.live) == []
    assert told(rich.dump(), second.dump()) == []
    assert told(rich.live, second.again().live) == []


def test_the_order_of_a_dump_counts_for_nothing(rich):
    pieces = rich.home.dump(rich.url).split("\n--\n-- Name: ")
    head, rest = pieces[0], pieces[1:]
    types = [each for each in rest if "Type: DOMAIN" in each or "Type: FUNCTION" in each or "Type: SEQUENCE;" in each]
    tables = [each for each in rest if "Type: TABLE;" in each]
    others = [each for each in rest if each not in types and each not in tables]
    comes = "\n--\n-- Name: ".join([head, *types[::-1], *tables[::-1], *others])
    assert comes != rich.home.dump(rich.url)
    assert told(read(comes, "x.sql", "postgresql").design, rich.live) == []


def test_a_list_of_values_is_the_same_after_every_round(postgres_server):
    first = Rounds(postgres_server, IN_LISTS)
    second = first.again()
    third = second.again()
    for left in (first.text, first.live, first.dump(), second.text):
        for right in (second.live, third.live, third.text):
            assert told(left, right) == []
    assert told(first.text, read(IN_LISTS.replace("'y'", "'z'"), "x.sql", "postgresql").design) != []


MARIA = """
CREATE TABLE words (id int(10) unsigned NOT NULL auto_increment, a varchar(30) BINARY, b CHAR BINARY CHARACTER SET latin1,
  c enum("x", "it's", 'y '), d varchar(20) CHARACTER SET utf8 COLLATE utf8_unicode_ci, e integer DEFAULT '007', f decimal(9,2) DEFAULT 1,
  g varchar(9) DEFAULT 5, h datetime DEFAULT '2020-01-01', i bit(4) DEFAULT 5, j bool DEFAULT true, k text, l national varchar(9),
  m double precision DEFAULT '1.50', n year(4) DEFAULT 2000, o float(7,2), p timestamp NULL DEFAULT NULL, q json, r int zerofill,
  PRIMARY KEY (id), KEY (a(30)), KEY (k(9))) DEFAULT CHARSET=utf8mb4 AUTO_INCREMENT=50;
CREATE TABLE bytes (a VARCHAR(99) NOT NULL, b CHAR(9), c TEXT, d BINARY(8) NOT NULL DEFAULT '', e enum('a')) DEFAULT CHARSET=binary;
CREATE TABLE old (id int PRIMARY KEY, wide varchar(1000) NOT NULL, words_id int unsigned, KEY wide (wide), FOREIGN KEY (words_id) REFERENCES words (id))
  ENGINE=MyISAM DEFAULT CHARSET=utf8mb4;
CREATE TABLE long_keys (a varchar(2000), b text, KEY a (a), KEY b (b)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE tails (a int, b varchar(9) CHECK (b in ('x','y')), c int AS (a + 1) VIRTUAL, d int GENERATED ALWAYS AS (a * 2) STORED,
  FULLTEXT KEY (b), CONSTRAINT pos CHECK (a > 0 AND a < 9)) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE VIEW sums AS SELECT w.*, GROUP_CONCAT(DISTINCT o.wide ORDER BY o.wide SEPARATOR ', ') AS wides, DATE_ADD(h, INTERVAL 1 DAY) AS later,
  "text" AS word, 'a\\nb' AS two_lines, IFNULL(e, 0) AS zero, CONCAT(a, "-", b) AS both_of_it FROM words w LEFT OUTER JOIN old o ON o.words_id = w.id GROUP BY w.id;
"""
MARIA_PROGRAMS = """
CREATE FUNCTION plus(a INTEGER, b dec(9) UNSIGNED) RETURNS BOOL DETERMINISTIC RETURN a + 1;
CREATE PROCEDURE p(IN a INT, OUT b varchar(9), INOUT `c` integer(5)) SQL SECURITY INVOKER COMMENT 'x' SET b = a;
CREATE TRIGGER t BEFORE INSERT ON words FOR EACH ROW SET NEW.a = lower(NEW.a);
CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' DO DELETE FROM words;
"""


def test_the_text_is_the_database_of_mariadb(mariadb_server: MariaServer):
    home = MariaPrograms(mariadb_server)
    database = mariadb_server.new_database()
    script = MARIA + "SET sql_mode = 'ANSI';" + MARIA_PROGRAMS
    assert home.apply(database, "SET sql_mode = 'NO_ENGINE_SUBSTITUTION';" + script) == []
    text, live = read(script, "x.sql", "mariadb").design, read_url(home.url(database)).design
    found = compare(text, live, dialect="mariadb")
    assert [each.sentence() for each in found if not each.spelled] == []
    assert [each.path for each in found] == ["sums"]
    assert told(read(home.dump(database), "x.sql", "mariadb").design, live, "mariadb") == []
