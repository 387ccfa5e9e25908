"""Whatever hierarchy is stored in whatever way, its instances are all taken, and read back as they were."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

import pytest

from tests.levels.folding.hierarchies import Hierarchy
from tests.levels.folding.people import Server
from tests.levels.folding.test_strategies import refused
from tests.translation.applying import Maria, Postgres, SQLite

TARGETS = ("postgresql", "mariadb", "sqlite")


def database(target: str, request: pytest.FixtureRequest) -> Server:
    """Return a new database."""
    if target == "sqlite":
        return SQLite()
    if target == "mariadb":
        return Maria(request.getfixturevalue("mariadb_server"))
    return Postgres(request.getfixturevalue("postgres_server"))


def held(target: str, server: Server, seeds: Iterable[int]) -> None:
    """Hold a server to keeping the instances of random hierarchies."""
    made = [Hierarchy(seed, target) for seed in seeds]
    server.apply("\n".join(each.script for each in made))
    for each in made:
        instances = each.instances(6)
        server.run("BEGIN")
        for one in instances:
            each.insert(server, one)
        server.run("COMMIT")
        assert each.read(server) == set(instances), each.seed
        told(each, server)


def told(hierarchy: Hierarchy, server: Server) -> None:
    """Hold a hierarchy to refusing the impossible, or to a note about a generalization that is broken then."""
    codes = {"total-not-enforced", "disjoint-not-enforced"}
    noted = {note.about for note in hierarchy.result.notes if note.code in codes}
    for instance, broken in hierarchy.impossible(3):
        if hierarchy.is_storable(instance):
            stopped = refused(server, lambda one=instance: hierarchy.insert(server, one))  # type: ignore[misc]
            assert stopped or broken & noted, (hierarchy.seed, instance, broken)


@pytest.mark.parametrize("target", TARGETS)
def test_instances_are_held(target: str, request: pytest.FixtureRequest) -> None:
    """A few hierarchies a server, more where they cost little."""
    server = database(target, request)
    with closing(server.connection):
        held(target, server, range(40 if target == "sqlite" else 8))


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_many_instances_are_held(target: str, request: pytest.FixtureRequest) -> None:
    """Many hierarchies a server."""
    server = database(target, request)
    with closing(server.connection):
        held(target, server, range(1000, 1200))
