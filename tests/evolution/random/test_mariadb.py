"""Random MariaDB schemas and what random edits make of them: up and down with rows, proven by SHOW CREATE."""

from __future__ import annotations

import pytest

from tests.evolution.random.mariadb_bench import run
from tests.evolution.random.pair import judge
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb


def test_random_pairs(mariadb_server: MariaServer) -> None:
    judge(run(mariadb_server, range(20)))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2000, 2400, 50))
def test_many_random_pairs(mariadb_server: MariaServer, first: int) -> None:
    judge(run(mariadb_server, range(first, first + 50)))
