"""Findings over the API of the canvas: once a version, for the model that is open, and fixed in one step."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from designer import lint
from designer.commands.columns import add_column
from designer.commands.foreign_keys import add_foreign_key
from designer.models import LogEntry
from designer.schema import Column, Index, new_id
from designer.services import branches


@pytest.fixture
def api(everybody, client):
    client.force_login(everybody.editor)
    branches.run_command(
        everybody.editor,
        everybody.branch,
        lambda d: add_column(d, "posts", {"name": "author", "type": "bigint"}, new_id),
    )
    return client


@pytest.fixture
def referring(everybody, api):
    """Let posts refer to users, without an index; return the id of the foreign key."""
    design, _ = branches.load(everybody.branch)
    author = next(each.id for each in design.of(Column) if each.name == "author")
    made = branches.run_command(
        everybody.editor,
        everybody.branch,
        lambda d: add_foreign_key(d, "posts", [author], "users", ["users1"], new_id),
    )
    return next(iter(made.change.added))


@pytest.fixture
def listed(everybody, api):
    url = reverse("api-findings", args=[everybody.branch.public_id])
    return lambda model="model": api.get(url, {"model": model}).json()


@pytest.fixture
def fix(everybody, api):
    url = reverse("api-findings-fix", args=[everybody.branch.public_id])

    def post(code, *about):
        body = json.dumps({"code": code, "about": about})
        return api.post(url, body, content_type="application/json", headers={"X-Wholekey-Client": "tab1"})

    return post


def test_the_findings_of_a_model_come_with_what_their_rules_are_about(listed, referring):
    told = listed()
    assert told["counts"] == {"error": 0, "warning": 2, "info": 0}
    assert [each["code"] for each in told["findings"]] == ["WK101", "WK205"]
    last = told["findings"][1]
    assert (last["about"], last["severity"], last["fix"]) == (referring, "warning", "Add an index on author")
    assert told["rules"]["WK205"]["help"].startswith("Deleting a row")
    assert listed("another")["findings"] == []


def test_a_version_is_looked_at_once(listed, everybody, monkeypatch):
    asked = []
    really = lint.findings
    monkeypatch.setattr(lint, "findings", lambda *given: asked.append(given) or really(*given))
    assert listed() == listed()
    assert len(asked) == 1
    branches.run_command(everybody.editor, everybody.branch, lambda d: add_column(d, "posts", {}, new_id))
    listed()
    assert len(asked) == 2


def test_a_fix_is_one_step_of_the_tab_that_asked(everybody, listed, fix, referring):
    answer = fix("WK205", referring)
    assert answer.status_code == 200
    assert answer.json()["entries"][-1]["mine"] is True
    design, _ = branches.load(everybody.branch)
    assert [index.name for index in design.of(Index)] == ["idx_posts_author"]
    assert LogEntry.objects.latest("version").label == "Add index idx_posts_author on posts"
    assert [each["code"] for each in listed()["findings"]] == ["WK101"]


@pytest.mark.parametrize(
    ("code", "about", "says"),
    [
        ("WK101", "posts", "There is no one way to fix this"),
        ("WK205", "posts", "This is settled already"),
        ("WK000", "posts", "There is no rule WK000"),
    ],
)
def test_what_cannot_be_fixed_is_refused_in_a_sentence(everybody, fix, code, about, says):
    before = everybody.branch.entries.count()
    answer = fix(code, about)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(says)
    assert everybody.branch.entries.count() == before


@pytest.mark.parametrize("body", ["{}", '{"code": "WK101", "about": []}', '{"code": 1, "about": ["x"]}', "["])
def test_a_malformed_wish_is_refused(everybody, api, body):
    url = reverse("api-findings-fix", args=[everybody.branch.public_id])
    assert api.post(url, body, content_type="application/json").status_code == 400
