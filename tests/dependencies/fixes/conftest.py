"""A database of each dialect in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dependencies.fixes import bench as benches
from tests.dependencies.fixes.bench import Bench
from tests.servers import MariaServer, PostgresServer


@pytest.fixture(scope="module", params=["postgresql", "mariadb", "sqlite"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A database of PostgreSQL, MariaDB and SQLite."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        with benches.postgres(server) as found:
            yield found
    elif request.param == "mariadb":
        maria: MariaServer = request.getfixturevalue("mariadb_server")
        with benches.maria(maria) as found:
            yield found
    else:
        yield benches.Sqlite()
