"""What was touched lately, which the canvas filters by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from designer.commands import edit
from designer.services import branches, history


@pytest.fixture
def renamed(everybody):
    """A branch on which the table `users` was renamed."""
    branch = everybody.branch
    design, version = branches.load(branch)
    made = edit.rename(design, "users", "people")
    branches.commit(everybody.editor, branch, version, made.change, made.label, branches.new_key())
    return branch


def test_what_was_touched_after_a_moment(renamed):
    made = renamed.entries.get(version=2).time
    assert history.touched_since(renamed, made - timedelta(seconds=1)) >= {"users"}
    assert history.touched_since(renamed, made) == set()


def test_the_last_hours_by_the_api(everybody, renamed, client):
    client.force_login(everybody.viewer)
    url = reverse("api-touched", args=[renamed.public_id])
    assert "users" in client.get(url, {"hours": "24"}).json()["ids"]
    assert client.get(url, {"hours": "x"}).status_code == 400
    assert client.get(url, {"hours": "9999999"}).status_code == 400


def test_nothing_was_touched_before_the_clock_says_so(everybody, renamed, client, monkeypatch):
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.force_login(everybody.viewer)
    assert client.get(reverse("api-touched", args=[renamed.public_id]), {"hours": "2"}).json() == {"ids": []}
