"""Any forest of generalizations, by any strategies, folds into a sound model that the servers take."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from designer.dialects.registry import get
from designer.levels.folding import fold
from designer.levels.physical import physical
from designer.levels.reading import read
from designer.schema import Design, Model
from tests.levels.folding.forests import forest
from tests.levels.folding.sound import faults
from tests.translation.applying import Maria, Postgres, SQLite, exported

DIALECTS = ("postgresql", "mysql", "mariadb", "sqlite")


@pytest.mark.parametrize("first", range(0, 90, 30))
def test_what_is_folded_is_sound(first: int) -> None:
    """Nothing names what is gone; folding twice gives the same, and so does a model that was read in another order."""
    for seed in range(first, first + 30):
        design, model, settings = forest(seed)
        dialect = get(random.Random(seed).choice(DIALECTS))
        er = read(design, model, settings)
        found = fold(er, settings, dialect)
        assert faults(found) == [], seed
        assert fold(er, settings, dialect) == found, seed
        turned = replace(er, things=dict(reversed(er.things.items())), links=dict(reversed(er.links.items())))
        again = fold(turned, settings, dialect)
        assert (again.things, again.links) == (found.things, found.links), seed


def test_a_model_without_subtypes_stays_as_it_is() -> None:
    """There is nothing to fold."""
    for seed in range(5):
        design, model, settings = forest(seed)
        er = replace(read(design, model, settings), kinds=())
        assert fold(er, settings, get("postgresql")) == er


@pytest.fixture(params=["postgresql", "mariadb", "sqlite"])
def server(request: pytest.FixtureRequest) -> Iterator[Maria | Postgres | SQLite]:
    """A database of a server."""
    if request.param == "sqlite":
        made: Maria | Postgres | SQLite = SQLite()
    elif request.param == "mariadb":
        made = Maria(request.getfixturevalue("mariadb_server"))
    else:
        made = Postgres(request.getfixturevalue("postgres_server"))
    with closing(made.connection):
        yield made


def taken(server: Maria | Postgres | SQLite, seeds: range) -> None:
    """Hold a server to taking what is derived of forests."""
    target = {Maria: "mariadb", Postgres: "postgresql", SQLite: "sqlite"}[type(server)]
    scripts = []
    for seed in seeds:
        design, model, settings = forest(seed, prefix=f"s{seed}_")
        below = Model(id="below", name="Below", level="physical", target=target)
        made = physical(design, model.id, below, settings)
        scripts.append(exported(Design([below, *made.records]), target).text)
    server.apply("\n".join(scripts))


def test_servers_take_what_is_derived(server: Maria | Postgres | SQLite) -> None:
    """A few forests a server."""
    taken(server, range(200, 206))


@pytest.mark.slow
def test_servers_take_much_that_is_derived(server: Maria | Postgres | SQLite) -> None:
    """Many forests a server."""
    taken(server, range(300, 360))
