"""Steps that a search may take, counted, so that the same question gets the same answer on any machine."""

from __future__ import annotations

from designer.normalization.closure import Closure

STEPS = 500_000
"""What one search may cost by default: about 50 milliseconds. A step is a dependency looked at."""

KEY_STEPS = 3 * STEPS
"""The same for the keys of a component, on which most other answers rest."""


class Work:
    """What is left of the steps of a search."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Take some steps, and return whether there were that many."""
        self.left -= steps
        return self.left >= 0


def cost(closure: Closure, times: int = 1) -> int:
    """Return the steps that this many closures take."""
    return times * closure.steps
