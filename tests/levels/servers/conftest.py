"""Homes for derived designs on the three servers, each made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.levels.servers.bench import Home, MariaHome, PostgresHome, SQLiteHome

HOMES = {"postgresql": "postgres_home", "mysql": "maria_home", "mariadb": "maria_home", "sqlite": "sqlite_home"}
"""Dialect -> the fixture that its scripts run in; MariaDB reads MySQL."""


@pytest.fixture(scope="session")
def postgres_home(request: pytest.FixtureRequest) -> Iterator[PostgresHome]:
    home = PostgresHome(request.getfixturevalue("postgres_server"))
    yield home
    home.close()


@pytest.fixture(scope="session")
def maria_home(request: pytest.FixtureRequest) -> Iterator[MariaHome]:
    home = MariaHome(request.getfixturevalue("mariadb_server"))
    yield home
    home.close()


@pytest.fixture(scope="session")
def sqlite_home() -> Iterator[SQLiteHome]:
    home = SQLiteHome()
    yield home
    home.close()


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(dialect: str, request: pytest.FixtureRequest) -> Home:
    found: Home = request.getfixturevalue(HOMES[dialect])
    return found
