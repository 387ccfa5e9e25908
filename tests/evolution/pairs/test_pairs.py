"""Real schemas migrate from version to version and back, with equal catalogs. Downloads; nightly only."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.evolution.pairs.__main__ import walk
from tests.evolution.pairs.versions import PAIRS, Pair, from_nothing
from tests.fidelity.__main__ import home_of
from tests.fidelity.homes import Home
from tests.servers import not_here

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def homes():  # type: ignore[no-untyped-def]
    """Servers, each started when it is first asked for."""
    with ExitStack() as stack:
        running: dict[str, Home] = {}
        yield lambda dialect: running.get(dialect) or running.setdefault(dialect, home_of(dialect, stack))


def _holds(home: Home, pair: Pair, *, rows: bool = False) -> None:
    walked = walk(home, pair, rows=rows)
    if walked.problem:
        not_here(walked.problem)
    for name, way in walked.ways.items():
        faults = [way.problem, *way.up, *way.down, *way.lost, *way.needless]
        assert not any(faults), f"{name}: " + "\n".join(list(filter(None, faults))[:20])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.name}-{pair.dialect}")
def test_from_version_to_version(homes, pair: Pair) -> None:  # type: ignore[no-untyped-def]
    _holds(homes(pair.dialect), pair)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.name}-{pair.dialect}")
def test_rows_are_kept(homes, pair: Pair) -> None:  # type: ignore[no-untyped-def]
    _holds(homes(pair.dialect), Pair(pair.name, pair.old, pair.new, ("live",)), rows=True)


@pytest.mark.parametrize("pair", from_nothing(), ids=lambda pair: f"{pair.name}-{pair.dialect}")
def test_from_nothing_and_back(homes, pair: Pair) -> None:  # type: ignore[no-untyped-def]
    _holds(homes(pair.dialect), Pair(pair.name, pair.old, pair.new, ("live",)))


def test_each_pair_is_named_once() -> None:
    names = [(pair.dialect, pair.name) for pair in PAIRS]
    assert len(names) == len(set(names))
