"""108 changes of a PostgreSQL schema with rows, each up and down on a real server, proven from its catalogs."""

from __future__ import annotations

import pytest

from tests.evolution.changes.change import Change
from tests.evolution.changes.outcome import Outcome
from tests.evolution.changes.postgres_bench import run
from tests.evolution.changes.postgres_heirs import HEIRS
from tests.evolution.changes.postgres_keys import INDEXES, KEYS
from tests.evolution.changes.postgres_programs import ROUTINES, TRIGGERS, VIEWS
from tests.evolution.changes.postgres_tables import COLUMNS, TABLES
from tests.evolution.changes.postgres_types import TYPES
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
CHANGES: list[Change] = [*TABLES, *COLUMNS, *KEYS, *INDEXES, *TYPES, *HEIRS, *VIEWS, *ROUTINES, *TRIGGERS]


@pytest.fixture(scope="module")
def outcomes(postgres_server: PostgresServer) -> dict[str, Outcome]:
    return run(postgres_server, CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_up_and_down(outcomes: dict[str, Outcome], change: Change) -> None:
    outcomes[change.name].judge()
