"""Whatever happens to eight people who edit one branch at once, all of them end with what the log says."""

from __future__ import annotations

import random

import pytest

from tests.together.converging import once

pytestmark = [pytest.mark.postgres, pytest.mark.browser, pytest.mark.node]


def test_people_who_edit_at_once_end_alike(postgres_server, chromium, tmp_path):
    counted = once(postgres_server.new_database(), tmp_path, 8, 4, 3, chromium, 2)
    assert counted["acknowledged"] >= 20, counted


@pytest.mark.slow
def test_eight_people_end_alike_after_a_minute_of_edits_and_failures(postgres_server, chromium, tmp_path):
    counted = once(postgres_server.new_database(), tmp_path, random.randrange(10**6), 60, 5, chromium, 3)
    assert counted["acknowledged"] >= 300, counted
    assert counted["notes"] > 0, "whoever loses a value is told"
