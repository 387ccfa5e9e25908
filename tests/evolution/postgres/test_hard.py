"""Changes that take PostgreSQL's servers more than one step, each up and down with rows, proven from the catalogs."""

from __future__ import annotations

import pytest

from tests.evolution.changes.change import Change
from tests.evolution.changes.outcome import Outcome
from tests.evolution.changes.postgres_bench import run
from tests.evolution.postgres.parting import PARTITIONS
from tests.evolution.postgres.renaming import RENAMES
from tests.evolution.postgres.shaping import COLUMNS, KEYS, TABLES
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
CHANGES: list[Change] = [*RENAMES, *COLUMNS, *KEYS, *TABLES, *PARTITIONS]


@pytest.fixture(scope="module")
def outcomes(postgres_server: PostgresServer) -> dict[str, Outcome]:
    return run(postgres_server, CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_up_and_down(outcomes: dict[str, Outcome], change: Change) -> None:
    outcomes[change.name].judge()
