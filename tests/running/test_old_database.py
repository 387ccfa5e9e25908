"""A database of the version before teams, with people's work in it, comes up to date on its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.running.conftest import ROOT, environment


def upgraded(told: dict[str, str], rows: int) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.running.old_database", str(rows)]
    told = {**told, "DJANGO_SETTINGS_MODULE": "designer.settings"}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(found: dict[str, object], rows: int) -> None:
    seconds = found.pop("seconds")
    assert found == {
        "wrong": [], "left": [], "entries": 2 * rows, "branches": ["W0", "W0", "W1", "W1"], "comments": 8,
        "merged": [3, 3], "jobs": ["None", "None", "W0", "W1"],
    }  # fmt: skip
    assert isinstance(seconds, float) and seconds < 300


@pytest.mark.slow
def test_on_sqlite(tmp_path):
    check(upgraded(environment(tmp_path), 20), 20)


@pytest.mark.slow
@pytest.mark.postgres
def test_on_postgresql(tmp_path, postgres_server):
    check(upgraded(environment(tmp_path, postgres_server.new_database()), 20), 20)


@pytest.mark.slow
@pytest.mark.postgres
def test_a_long_log_on_both(tmp_path, postgres_server):
    check(upgraded(environment(tmp_path), 50_000), 50_000)
    check(upgraded(environment(tmp_path, postgres_server.new_database()), 50_000), 50_000)
