"""What a rule about migrations is, and what it finds in a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from designer.evolution.contract import Severity, Step
from designer.evolution.hazards.setting import Setting

DANGER, WARNING, INFO = Severity.DANGER, Severity.WARNING, Severity.INFO
"""A danger loses rows, stops the migration or the application; a warning stops others for a while; an info asks."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says of a step. `query` finds the rows on which it would fail."""

    message: str
    query: str = ""
    severity: Severity | None = None  # where it is not that of the rule


@dataclass(frozen=True, slots=True)
class Pair:
    """A tiny example: the schema before and after."""

    old: str
    new: str
    target: str = "postgresql"
    renames: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `help` says why it matters and what to do; `silent` is `firing` done right or without the risk.

    `peers` are the checks of other tools that mean the same, as their users know them.
    """

    code: str
    name: str
    title: str
    severity: Severity
    help: str
    firing: Pair
    silent: Pair
    check: Callable[[Step, Setting], Iterable[Found]]
    operations: tuple[str, ...] = ()
    """The operations that it looks at; empty is all of them."""
    targets: tuple[str, ...] = ()
    """The databases that it is about; empty is all of them."""
    peers: tuple[str, ...] = ()
    loses_data: bool = False
    may_fail: bool = False
    breaks_clients: bool = False

    def applies(self, step: Step, dialect: str) -> bool:
        """Say whether the rule is about such a step in that database."""
        fits = not self.targets or dialect in self.targets
        return fits and (not self.operations or step.operation in self.operations)
