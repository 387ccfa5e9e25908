"""Laying out over HTTP: what is asked for, what is answered, jobs, and what others do meanwhile."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from designer.change import apply
from designer.commands.contract import edit
from designer.layout.arrange import LayoutCancelled
from designer.models import Job, LogEntry
from designer.schema import Area, Placement
from designer.services import branches, layouts
from designer.services.layouts import Wish


@pytest.fixture
def api(everybody, client):
    client.force_login(everybody.editor)
    return client


def ask(api, branch, **wish):
    url = reverse("api-arrange", args=[branch.public_id])
    body = json.dumps({"diagram": "diagram", **wish})
    return api.post(url, body, content_type="application/json", headers={"X-Wholekey-Client": "tab1"})


def places(branch) -> dict[str, tuple[int, int]]:
    design, _ = branches.load(branch)
    return {each.element: (each.x, each.y) for each in design.of(Placement, "diagram")}


def commit(everybody, records):
    design, version = branches.load(everybody.branch)
    made = edit(design, "Test", records)
    branches.commit(everybody.owner, everybody.branch, version, made.change, "Test", branches.new_key())
    return apply(design, made.change)


@pytest.mark.parametrize(
    ("wish", "label"),
    [
        ({}, "Arrange the diagram left to right"),
        ({"style": "top-down"}, "Arrange the diagram top down"),
        ({"style": "compact"}, "Arrange the diagram compactly"),
        ({"style": "areas"}, "Arrange the diagram by areas"),
        ({"style": "areas", "options": {"new_areas": "schema"}}, "Group the tables into areas"),
        ({"style": "compact", "scope": "selection", "elements": ["users", "posts"]}, "Arrange 2 tables compactly"),
    ],
)
def test_each_wish_is_one_change_with_its_name(everybody, api, wish, label):
    commit(everybody, [Placement(id="place2", parent="diagram", element="posts", x=7000, y=-900)])
    answer = ask(api, everybody.branch, **wish).json()
    assert answer["accepted"] == answer["version"] == 3
    assert [(entry["label"], entry["mine"]) for entry in answer["entries"]] == [(label, True)]
    assert set(places(everybody.branch)) >= {"users", "posts"}


def test_laying_out_twice_changes_nothing_the_second_time(everybody, api):
    ask(api, everybody.branch, style="compact")
    before = places(everybody.branch)
    answer = ask(api, everybody.branch, style="compact").json()
    assert (answer["accepted"], answer["entries"]) == (None, [])
    assert places(everybody.branch) == before


def test_areas_come_with_the_change(everybody, api):
    ask(api, everybody.branch, style="areas", options={"new_areas": "schema"})
    design, _ = branches.load(everybody.branch)
    (area,) = design.of(Area, "diagram")
    assert all(area.x <= x and area.y <= y for x, y in places(everybody.branch).values())


@pytest.mark.parametrize(
    "wish",
    [
        {"style": "round"},
        {"scope": "half"},
        {"options": {"new_areas": "many"}},
        {"elements": "users"},
        {"diagram": 4},
        {"diagram": "users"},
        {"diagram": "gone"},
        {"scope": "selection"},
        {"scope": "selection", "elements": ["users", "gone"]},
        {"elements": ["x"] * (layouts.MOST_NAMED + 1)},
    ],
)
def test_a_bad_wish_is_refused_in_a_sentence(everybody, api, wish):
    answer = ask(api, everybody.branch, **wish)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert everybody.branch.entries.count() == 1


def test_a_viewer_may_not_lay_out(everybody, client):
    client.force_login(everybody.viewer)
    assert ask(client, everybody.branch).status_code == 403


def test_a_large_layout_is_a_job_that_tells_its_version(everybody, api, monkeypatch):
    monkeypatch.setattr(layouts, "LARGE", 2)
    answer = ask(api, everybody.branch, style="compact")
    assert answer.status_code == 202
    state = api.get(answer.json()["job"]).json()
    assert (state["state"], state["version"], state["accepted"]) == ("done", 2, 2)
    assert LogEntry.objects.get(version=2).client == "tab1"


def test_a_job_that_is_cancelled_moves_nothing(everybody, api, monkeypatch):
    monkeypatch.setattr(layouts, "LARGE", 2)

    def cancelled(*_, watching, **__):
        Job.objects.update(cancel_asked=True)
        watching.progress(0.5, "half")
        assert watching.cancelled()
        raise LayoutCancelled

    monkeypatch.setattr(layouts, "lay_out", cancelled)
    before = places(everybody.branch)
    address = ask(api, everybody.branch).json()["job"]
    assert api.get(address).json()["state"] == "cancelled"
    assert places(everybody.branch) == before


def test_asking_to_cancel_is_a_post(everybody, api, monkeypatch):
    monkeypatch.setattr(layouts, "LARGE", 2)
    address = ask(api, everybody.branch).json()["job"]
    assert api.post(address, "{}", content_type="application/json").status_code == 200
    assert Job.objects.get().cancel_asked


def test_a_job_that_cannot_be_done_says_why(everybody, api, monkeypatch):
    monkeypatch.setattr(layouts, "LARGE", 2)
    address = ask(api, everybody.branch, scope="selection", elements=["users", "gone", "x"]).json()["job"]
    state = api.get(address).json()
    assert state["state"] == "failed"
    assert "two tables" in state["message"]


def test_nobody_else_sees_a_job(everybody, api, monkeypatch, client):
    monkeypatch.setattr(layouts, "LARGE", 2)
    address = ask(api, everybody.branch).json()["job"]
    client.force_login(everybody.owner)
    assert client.get(address).status_code == 404


def test_what_others_move_meanwhile_stays_where_they_put_it(everybody, monkeypatch):
    real = layouts.lay_out

    def slow(*arguments, **named):
        found = real(*arguments, **named)
        design, _ = branches.load(everybody.branch)
        (place,) = (each for each in design.of(Placement, "diagram") if each.element == "users")
        commit(everybody, [Placement(id=place.id, parent="diagram", element="users", x=-5000, y=123)])
        return found

    monkeypatch.setattr(layouts, "lay_out", slow)
    accepted = layouts.arrange(everybody.editor, everybody.branch, Wish("diagram", "compact"))
    assert accepted.version == 3
    assert places(everybody.branch)["users"] == (-5000, 123)


def test_what_others_delete_meanwhile_does_not_come_back(everybody, monkeypatch):
    real = layouts.lay_out

    def slow(*arguments, **named):
        found = real(*arguments, **named)
        design, version = branches.load(everybody.branch)
        made = edit(design, "Test", [], ("posts",))
        branches.commit(everybody.owner, everybody.branch, version, made.change, "Test", branches.new_key())
        return found

    monkeypatch.setattr(layouts, "lay_out", slow)
    layouts.arrange(everybody.editor, everybody.branch, Wish("diagram", "compact"))
    assert set(places(everybody.branch)) == {"users"}
