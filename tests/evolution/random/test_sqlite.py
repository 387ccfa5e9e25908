"""Random SQLite schemas and what random edits make of them: up and down with rows, proven from pragmas and text."""

from __future__ import annotations

import pytest

from tests.evolution.random.pair import judge
from tests.evolution.random.sqlite_bench import run


def test_random_pairs() -> None:
    judge(run(range(30)))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2000, 2600, 100))
def test_many_random_pairs(first: int) -> None:
    judge(run(range(first, first + 100)))
