"""Real schemas of packages come back equal on every way, but for what docs/fidelity.md explains. Downloads; nightly only."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.fidelity.__main__ import SCHEMAS, home_of, walk
from tests.fidelity.homes import Home
from tests.fidelity.real import Real
from tests.servers import not_here

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def homes():  # type: ignore[no-untyped-def]
    """Servers, each started when it is first asked for."""
    with ExitStack() as stack:
        running: dict[str, Home] = {}

        def home(dialect: str) -> Home:
            if dialect not in running:
                running[dialect] = home_of(dialect, stack)
            return running[dialect]

        yield home


@pytest.mark.parametrize("real", SCHEMAS, ids=lambda real: f"{real.name}-{real.dialect}")
def test_comes_back(homes, real: Real) -> None:  # type: ignore[no-untyped-def]
    walked = walk(homes(real.dialect), real)
    if walked.problem:
        not_here(walked.problem)
    assert not walked.surprises, "\n".join(walked.surprises[:20])


def test_each_schema_is_named_once() -> None:
    names = [(real.dialect, real.name) for real in SCHEMAS]
    assert len(names) == len(set(names))
