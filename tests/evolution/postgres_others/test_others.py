"""Changes of everything beside tables on a real PostgreSQL: up and down, proven from its catalogs, rows kept."""

from __future__ import annotations

import pytest

from tests.evolution.changes.change import Change
from tests.evolution.changes.outcome import Outcome
from tests.evolution.changes.postgres_bench import run
from tests.evolution.postgres_others.kept_changes import GRANTS, KEPT, PUBLICATIONS
from tests.evolution.postgres_others.program_changes import ROUTINES, TRIGGERS
from tests.evolution.postgres_others.type_changes import COMPOSITES, DOMAINS, ENUMS, RANGES, SEQUENCES
from tests.evolution.postgres_others.view_changes import VIEWS
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
CHANGES: list[Change] = [
    *ENUMS, *COMPOSITES, *DOMAINS, *RANGES, *SEQUENCES, *VIEWS, *ROUTINES, *TRIGGERS, *KEPT, *GRANTS, *PUBLICATIONS,
]  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(postgres_server: PostgresServer) -> dict[str, Outcome]:
    return run(postgres_server, CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_up_and_down(outcomes: dict[str, Outcome], change: Change) -> None:
    outcomes[change.name].judge()
