"""The words that we say are reserved are exactly those that real servers refuse."""

from __future__ import annotations

import psycopg
import pymysql
import pytest

from designer.dialects import registry
from tests.servers import MariaServer, PostgresServer


@pytest.mark.postgres
def test_postgres_reserved_words_are_those_of_the_server(postgres_server: PostgresServer) -> None:
    dialect = registry.get("postgresql")
    with psycopg.connect(postgres_server.url) as connection:
        words = connection.execute("SELECT word, catcode::text FROM pg_get_keywords()").fetchall()
    assert {word for word, code in words if code in "RT"} == dialect.reserved
    assert {word for word, code in words if code == "C"} == dialect.reserved_types


@pytest.mark.postgres
def test_every_postgres_key_word_works_as_a_name_the_way_we_quote_it(postgres_server: PostgresServer) -> None:
    quote = registry.get("postgresql").quote
    quote_type = registry.get("postgresql").quote_type
    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        for (word,) in connection.execute("SELECT word FROM pg_get_keywords()").fetchall():
            connection.execute(
                f"CREATE SCHEMA s CREATE TABLE {quote(word)} ({quote(word)} int CHECK ({quote(word)} > 0))"
            )
            connection.execute(f"CREATE INDEX ON s.{quote(word)} ({quote(word)})")
            connection.execute(f"CREATE DOMAIN of_{word} AS int")
            connection.execute(f"ALTER DOMAIN of_{word} RENAME TO {quote_type(word)}")
            connection.execute(f"CREATE TABLE s.of_type (a public.{quote_type(word)}, b public.{quote_type(word)}[])")
            connection.execute("DROP SCHEMA s CASCADE")


@pytest.mark.mariadb
def test_every_mariadb_key_word_works_as_a_name_the_way_we_quote_it(mariadb_server: MariaServer) -> None:
    quote = registry.get("mariadb").quote
    with pymysql.connect(**mariadb_server.new_database()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT lower(word) FROM information_schema.keywords")
        words = [str(row[0]) for row in cursor.fetchall() if str(row[0]).replace("_", "").isalnum()]
        assert len(words) > 600
        for word in words:
            name = quote(word)
            key = "k" if word == "primary" else name  # the one name that no index may have, even in quotes
            cursor.execute(
                f"CREATE TABLE {name} ({name} int, CONSTRAINT {name} CHECK ({name} > 0), KEY {key} ({name}))"
            )
            cursor.execute(f"DROP TABLE {name}")
