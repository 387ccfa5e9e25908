"""Changes of a MariaDB schema with rows, each up and down on a real server, proven by SHOW CREATE."""

from __future__ import annotations

import pytest

from tests.evolution.changes.change import Change
from tests.evolution.changes.mariadb_bench import run
from tests.evolution.changes.mariadb_changes import CHANGES
from tests.evolution.changes.outcome import Outcome
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb


@pytest.fixture(scope="module")
def outcomes(mariadb_server: MariaServer) -> dict[str, Outcome]:
    return run(mariadb_server, CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_up_and_down(outcomes: dict[str, Outcome], change: Change) -> None:
    outcomes[change.name].judge()
