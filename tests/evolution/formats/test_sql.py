"""Plain SQL through the clients of the databases, as printed."""

from __future__ import annotations

import pytest

from tests.evolution.formats.bench import Bench


@pytest.mark.parametrize("bench", [
    pytest.param("postgres_bench", marks=pytest.mark.postgres), pytest.param("alone_bench", marks=pytest.mark.postgres),
    pytest.param("mariadb_bench", marks=pytest.mark.mariadb), "sqlite_bench",
])  # fmt: skip
def test_a_client_takes_both_scripts(bench: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(bench)
    assert isinstance(found, Bench)
    up, down = found.files("sql").values()
    database = found.fresh()
    found.is_old(database)
    found.client(database, up)
    found.is_new(database)
    found.client(database, down)
    found.is_old(database)
