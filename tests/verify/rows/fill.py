"""Sample rows put into a database, and how many of them each table took."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable

import psycopg
import pymysql

from designer.proof.rows import rows_for
from designer.schema import Design, Id, Table, first_physical

Run = Callable[[str], str]
"""Runs a statement, and returns the server's refusal or nothing."""


def on_postgres(connection: psycopg.Connection) -> Run:
    """Return what runs statements in savepoints."""

    def run(sql: str) -> str:
        try:
            with connection.transaction():
                connection.execute(sql.encode())
        except psycopg.Error as error:
            return str(error)
        return ""

    return run


def on_mariadb(connection: pymysql.Connection) -> Run:
    """Return what runs statements."""

    def run(sql: str) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
        except pymysql.Error as error:
            return str(error)
        return ""

    return run


def on_sqlite(connection: sqlite3.Connection) -> Run:
    """Return what runs statements with foreign keys on."""
    connection.execute("PRAGMA foreign_keys = ON")

    def run(sql: str) -> str:
        try:
            connection.execute(sql)
        except sqlite3.Error as error:
            return str(error)
        return ""

    return run


def filled(design: Design, dialect: str, run: Run) -> tuple[Counter[Id], dict[str, str]]:
    """Fill a database. Return how many rows each table took, and what was refused."""
    model = first_physical(design)
    assert model is not None
    took: Counter[Id] = Counter()
    refused: dict[str, str] = {}
    for insert in rows_for(design, model.id, dialect).inserts:
        problem = run(insert.sql)
        if problem:
            refused[insert.sql] = problem
        else:
            took[insert.table] += not insert.is_update
    return took, refused


def ordinary(design: Design) -> list[Table]:
    """Return the tables that hold rows of their own."""
    return [each for each in design.of(Table) if each.persistence != "temporary" and "server" not in each.extra]
