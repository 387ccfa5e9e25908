"""Random PostgreSQL schemas and what random edits make of them: up and down with rows, proven from the catalogs."""

from __future__ import annotations

import pytest

from tests.evolution.random.pair import judge
from tests.evolution.random.postgres_bench import run
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("first", [50, 75])
def test_random_pairs(postgres_server: PostgresServer, first: int) -> None:
    judge(run(postgres_server, range(first, first + 25)))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2000, 3000, 100))
def test_many_random_pairs(postgres_server: PostgresServer, first: int) -> None:
    judge(run(postgres_server, range(first, first + 100)))
