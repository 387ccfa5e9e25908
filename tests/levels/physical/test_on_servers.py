"""Random models and hostile names on real servers: all of the DDL is taken, and the catalogs say what was derived."""

from __future__ import annotations

import random

import pytest

from designer.levels.contract import Settings
from designer.levels.options import OPTIONS
from designer.levels.physical import physical
from designer.proof.contract import Proof
from designer.proof.proving import prove
from designer.schema import Design, Model
from tests.levels.generator import Wishes, er_model
from tests.nasty import NAMES
from tests.servers import MariaServer, PostgresServer


def _options(seed: int) -> dict[str, str]:
    """Return some options that differ from the defaults."""
    chance = random.Random(seed)
    asked = [each for each in OPTIONS if each.values and chance.random() < 0.5]
    return {each.name: chance.choice(each.values)[0] for each in asked}


def _proof(seed: int, target: str, dsn: str = "", wishes: Wishes | None = None) -> Proof:
    design = er_model(seed, wishes or Wishes(names=NAMES if seed % 2 else ()))
    model = Model(id="BELOW", name="Below", level="physical", target=target, order="z")
    result = physical(design, design.of(Model)[0].id, model, Settings(_options(seed)))
    whole = Design([*design.records(), model, *result.records])
    return prove(whole, dialect=target, dsn=dsn, model=model.id)


def _faults(proof: Proof) -> list[str]:
    lost = "comment" if proof.dialect == "sqlite" else ""
    differences = [str(each) for each in proof.comparison.real if each.field != lost]
    return [f"{each.message}: {each.piece.text}" for each in proof.refused] + differences


@pytest.mark.parametrize("seed", [1, 2])
def test_postgresql_takes_what_is_derived(postgres_server: PostgresServer, seed: int):
    assert (
        _faults(_proof(seed, "postgresql", postgres_server.url, Wishes(entities=14, names=NAMES if seed % 2 else ())))
        == []
    )


@pytest.mark.parametrize("seed", range(3, 9))
def test_sqlite_takes_what_is_derived(seed: int):
    assert _faults(_proof(seed, "sqlite")) == []


def test_mariadb_takes_what_is_derived(mariadb_server: MariaServer):
    dsn = f"mariadb://root@/?unix_socket={mariadb_server.socket}"
    assert _faults(_proof(9, "mariadb", dsn)) == []


@pytest.mark.slow
@pytest.mark.parametrize("target", ["postgresql", "mariadb", "sqlite"])
@pytest.mark.parametrize("seed", range(20, 40))
def test_servers_take_many_random_models(seed: int, target: str):
    assert _faults(_proof(seed, target)) == []
