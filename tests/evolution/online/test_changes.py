"""Every single change of PostgreSQL and MariaDB by the online strategy: up and down, catalogs equal, rows kept."""

from __future__ import annotations

from functools import partial

import pytest

from designer.evolution import Options, migrate
from tests.evolution.changes import mariadb_bench, outcome, postgres_bench
from tests.evolution.changes.mariadb_changes import CHANGES as MARIADB
from tests.evolution.changes.outcome import Outcome
from tests.evolution.changes.test_postgres import CHANGES as POSTGRES
from tests.servers import MariaServer, PostgresServer

_ONLINE = partial(migrate, options=Options("online"))


def _told(found: dict[str, Outcome]) -> str:
    return "\n".join(
        f"== {name}\n" + "\n".join(each.faults) + "\n" + each.told() for name, each in found.items() if each.faults
    )


@pytest.mark.postgres
def test_postgres(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "migrate", _ONLINE)
    assert not _told(postgres_bench.run(postgres_server, POSTGRES))


@pytest.mark.mariadb
@pytest.mark.slow
def test_mariadb(mariadb_server: MariaServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "migrate", _ONLINE)
    assert not _told(mariadb_bench.run(mariadb_server, MARIADB))
