"""Every construct of PostgreSQL goes to a server, through a design, and to another database, and is equal there."""

from __future__ import annotations

import pytest

from tests.conformance.cases import alone_in, cases_of, provable
from tests.conformance.proving import Proof
from tests.conformance.servers import PostgresHome
from tests.servers import PostgresServer

DIALECT = "postgresql"
pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def proof(postgres_server: PostgresServer) -> Proof:
    return Proof(PostgresHome(postgres_server), cases_of(DIALECT), alone_in(DIALECT))


@pytest.mark.parametrize("construct", provable(DIALECT), ids=lambda name: f"{name}-{DIALECT}")
def test_comes_back(proof: Proof, construct: str) -> None:
    problem = proof.differences_of(construct)
    if construct in proof.different:
        assert problem, "it comes back equal now; make the case plain SQL"
    else:
        assert not problem, problem


def test_side_by_side(proof: Proof) -> None:
    problem = proof.differences_together()
    assert not problem, problem


def test_text_and_catalogs_give_one_design(proof: Proof) -> None:
    problem = proof.designs_apart()
    assert not problem, problem
