"""Every construct of SQLite goes to a file, through a design, and to another file, and is equal there."""

from __future__ import annotations

import pytest

from tests.conformance.cases import alone_in, cases_of, provable
from tests.conformance.proving import Proof
from tests.conformance.servers import SQLiteHome

DIALECT = "sqlite"


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return Proof(SQLiteHome(tmp_path_factory.mktemp("sqlite")), cases_of(DIALECT), alone_in(DIALECT))


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
