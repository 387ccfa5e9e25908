"""Whatever happens to eight people who edit one branch at once, all of them end with what the log says."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.together.converging import once

pytestmark = [pytest.mark.postgres, pytest.mark.browser, pytest.mark.node]


def on_a_branch(running, number):
    """Return the same processes, for another branch than the other tests edit."""
    return replace(running, branches=[running.branches[number]])


@pytest.mark.slow
def test_people_who_edit_at_once_end_alike(running, chromium):
    counted = once(on_a_branch(running, 1), 8, 3, 2, chromium, 2)
    assert counted["acknowledged"] >= 10, counted


@pytest.mark.slow
def test_eight_people_end_alike_after_a_minute_of_edits_and_failures(running, chromium):
    counted = once(on_a_branch(running, 2), random.randrange(10**6), 60, 5, chromium, 3)
    assert counted["acknowledged"] >= 300, counted
    assert counted["notes"] > 0, "whoever loses a value is told"
