"""The benches on which formats are tried, one of each a run."""

from __future__ import annotations

import pytest

from tests.evolution.formats.bench import MariaBench, PostgresBench, SqliteBench
from tests.evolution.formats.pairs import ALONE, MARIADB, POSTGRES, SQLITE
from tests.servers import MariaServer, PostgresServer


@pytest.fixture(scope="session")
def postgres_bench(postgres_server: PostgresServer) -> PostgresBench:
    """PostgreSQL."""
    return PostgresBench(POSTGRES, postgres_server)


@pytest.fixture(scope="session")
def alone_bench(postgres_server: PostgresServer) -> PostgresBench:
    """PostgreSQL, with statements that it refuses in a transaction."""
    return PostgresBench(ALONE, postgres_server)


@pytest.fixture(scope="session")
def mariadb_bench(mariadb_server: MariaServer) -> MariaBench:
    """MariaDB."""
    return MariaBench(MARIADB, mariadb_server)


@pytest.fixture(scope="session")
def sqlite_bench(tmp_path_factory: pytest.TempPathFactory) -> SqliteBench:
    """SQLite."""
    return SqliteBench(SQLITE, tmp_path_factory.mktemp("sqlite"))
