"""Changes of an SQLite schema with rows, each up and down in a file, proven from its pragmas and its text."""

from __future__ import annotations

import pytest

from tests.evolution.changes.change import Change
from tests.evolution.changes.sqlite_bench import run
from tests.evolution.changes.sqlite_changes import CHANGES


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_up_and_down(change: Change) -> None:
    run(change).judge()
