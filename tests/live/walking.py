"""One script on one server through every way, for tests: what came of it, way by way."""

from __future__ import annotations

from tests.fidelity.homes import Home
from tests.fidelity.real import Real
from tests.fidelity.ways import WAYS, Walk, Walked


def walked(home: Home, name: str, script: str, ways: tuple[str, ...] = WAYS) -> Walked:
    """Return what became of a script. Raises AssertionError where the server itself refuses any of it."""
    found = Walk(home, Real(name, home.dialect, made=lambda _: (script, ""))).walk(ways)
    assert not found.refused, "\n".join(found.refused[:5])
    return found


def problem(found: Walked, way: str) -> str:
    """Return the first differences of a way; empty where there is none."""
    return "\n".join(found.ways[way].differences[:12])
