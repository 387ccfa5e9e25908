"""Two server processes on PostgreSQL with accounts for eight, for all tests of people who work together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import prepared
from tests.together.processes import Team, team


@pytest.fixture(scope="session")
def running(postgres_server, tmp_path_factory) -> Iterator[Team]:
    """The processes, three branches and eight people."""
    database = postgres_server.new_database()
    prepared.tables_in(database, postgres_server.bin)
    with team(database, tmp_path_factory.mktemp("together"), 8) as found:
        yield found
