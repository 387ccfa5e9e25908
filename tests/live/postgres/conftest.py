"""The rich database, made once for all tests that only look at it."""

from __future__ import annotations

import psycopg
import pytest

from tests.live.postgres.rich import ROLES, rich
from tests.servers import PostgresServer, postgres_server

__all__ = ["postgres_server"]


@pytest.fixture(scope="session")
def rich_url(postgres_server: PostgresServer) -> str:
    """The URL of a database that has everything."""
    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        major = connection.info.server_version // 10_000
        there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in set(ROLES) - there:
            connection.execute(f'CREATE ROLE "{role}"'.encode())
        connection.execute("SET client_min_messages = error")
        connection.execute(rich(major).encode())
    return url
