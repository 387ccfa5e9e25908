"""Migrations: the way from one state of a physical model to another, in steps that a server takes in that order.

`migrate` compares two designs that share their ids. Two that do not (a file and a live database) are brought to one
set of ids by `aligned` first.
"""

from __future__ import annotations

from designer.evolution.contract import Migration, MigrationProblem, Options, Step
from designer.evolution.migrating import migrate

__all__ = ["Migration", "MigrationProblem", "Options", "Step", "migrate"]
