"""Which pairs of types a foreign key may join, asked of real servers for every pair."""

from __future__ import annotations

import psycopg
import pymysql
import pytest

from designer.dialects.logical import logical_type
from designer.dialects.registry import get as dialect_of
from designer.lint.pairs import refused
from designer.lint.subject import Subject
from designer.schema import Column, Design, Model
from tests.servers import MariaServer, PostgresServer

POSTGRES_TYPES = (
    "smallint", "integer", "bigint", "serial", "bigserial", "numeric", "numeric(10,2)", "real", "double precision", "text",
    "varchar(10)", "char(5)", "uuid", "date", "timestamp", "timestamptz", "time", "boolean", "inet", "bytea", "interval",
    "money", "jsonb", "integer[]", "text[]",
)  # fmt: skip
MARIA_TYPES = (
    "tinyint", "smallint", "mediumint", "int", "int(5)", "integer", "bigint", "int unsigned", "bigint unsigned",
    "varchar(10)", "varchar(20)", "char(5)", "date", "datetime", "time",
    "timestamp", "year", "decimal(10,2)", "decimal(12,2)", "double", "float", "binary(16)", "uuid",
)  # fmt: skip


def is_refused(target: str, one: str, other: str) -> bool:
    """Return what the rule says to a column of type `one` that refers to a key of type `other`."""
    dialect = dialect_of(target)
    model = Model(id="m", target=target)
    column, ref = (Column(id=each, type=each, logical=logical_type(each, dialect)) for each in (one, other))
    return refused(Subject(Design([model]), model), (column, ref))


@pytest.mark.postgres
def test_postgres_refuses_what_the_rule_calls_an_error(postgres_server: PostgresServer) -> None:
    wrong = []
    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        for other in POSTGRES_TYPES:
            connection.execute(f"CREATE TABLE k (id {other} PRIMARY KEY)")
            for one in POSTGRES_TYPES:
                try:
                    connection.execute(f"CREATE TABLE c (id {one} REFERENCES k)")
                    connection.execute("DROP TABLE c")
                    took = True
                except psycopg.errors.DatatypeMismatch:
                    took = False
                if took is is_refused("postgresql", one, other):
                    wrong.append((one, other, "taken" if took else "refused"))
            connection.execute("DROP TABLE k")
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.mariadb
def test_mariadb_refuses_what_the_rule_calls_an_error(mariadb_server: MariaServer) -> None:
    wrong = []
    with pymysql.connect(**mariadb_server.new_database()) as connection, connection.cursor() as cursor:
        for other in MARIA_TYPES:
            cursor.execute(f"CREATE TABLE k (id {other} PRIMARY KEY)")
            for one in MARIA_TYPES:
                try:
                    cursor.execute(f"CREATE TABLE c (id {one}, FOREIGN KEY (id) REFERENCES k (id))")
                    cursor.execute("DROP TABLE c")
                    took = True
                except pymysql.err.Error:
                    took = False
                if took is is_refused("mariadb", one, other):
                    wrong.append((one, other, "taken" if took else "refused"))
            cursor.execute("DROP TABLE k")
    assert not wrong, "\n".join(map(str, wrong))
