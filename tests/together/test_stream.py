"""Several tabs on one branch over two server processes: edits and people are seen by all, at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.together.tab import Tab

ROOT = Path(settings.BASE_DIR)
pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def servers(postgres_server, tmp_path_factory) -> Iterator[list[str]]:
    """Two server processes on one database."""
    folder = tmp_path_factory.mktemp("together")
    environment = {
        **os.environ,
        "DATABASE_URL": postgres_server.new_database(),
        "WHOLEKEY_VAR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "designer.cli", "serve", "--port", "0"]
    running, addresses = [], []
    try:
        for _ in range(2):  # one after the other: the first makes the tables
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
            running.append(process)
            assert process.stdout is not None
            addresses.append(next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.:]+", line))))
        yield addresses
    finally:
        for process in running:
            process.kill()
            process.wait(10)


@pytest.fixture(scope="module")
def branch(servers) -> str:
    page = urllib.request.urlopen(servers[0], timeout=20).read().decode()
    return re.search(r"/d/(\w+)/", page)[1]


def note(tab: Tab, number: int, text: str = "hello") -> dict:
    diagram = next(each.id for each in tab.design.records() if type(each).__name__ == "Diagram")
    made = f"note{number:06}"
    return {"added": {made: {"kind": "note", "id": made, "parent": diagram, "text": text}}}


def test_an_edit_on_one_process_is_seen_on_the_other(servers, branch):
    ann, bob = Tab(servers[0], branch, "ann").load().listen(), Tab(servers[1], branch, "bob").load().listen()
    try:
        before = ann.version
        ann.post(note(ann, 1), "key-one", "Add a note")
        for tab in (ann, bob):
            tab.wait(lambda each: each.version == before + 1)
        (entry,) = [e for event, data in ann.events if event == "changes" for e in data["entries"]]
        assert (entry["mine"], entry["key"], entry["label"]) == (True, "key-one", "Add a note")
        (other,) = [e for event, data in bob.events if event == "changes" for e in data["entries"]]
        assert (other["mine"], other["author"]) == (False, "You")
        assert ann.design == bob.design
    finally:
        ann.leave()
        bob.leave()


def test_a_comment_on_one_process_is_heard_on_the_other(servers, branch):
    ann, bob = Tab(servers[0], branch, "ann").load(), Tab(servers[1], branch, "bob").load().listen()
    token = next(each.value for each in ann.jar if each.name.endswith("csrf"))
    headers = {"X-CSRFToken": str(token), "Referer": f"{ann.address}/"}
    asked = urllib.request.Request(f"{ann.address}/d/{branch}/talk/say", b"body=Hello", headers)
    assert ann.opener.open(asked, timeout=20).status == 200
    bob.wait(lambda each: any(event == "talk" and data["thread"] for event, data in each.events), 5)
    bob.leave()


def test_who_comes_late_gets_what_came_before(servers, branch):
    ann = Tab(servers[0], branch, "ann").load()
    late = Tab(servers[1], branch, "late").load()
    base = late.version
    for number in range(10, 15):
        ann.post(note(ann, number), f"late-{number}")
    late.listen()
    try:
        late.wait(lambda each: each.version >= base + 5)
        assert late.design == Tab(servers[0], branch, "fresh").load().design
    finally:
        late.leave()


def told_of(tab: Tab, client: str) -> list[dict]:
    """Return what was told of a tab."""
    events = [data for event, data in tab.events if event in ("people", "everybody")]
    return [about for people in events for about in people if about["client"] == client]


def test_people_see_each_other_come_move_and_go(servers, branch):
    ann, bob = Tab(servers[0], branch, "ann1").load().listen(), Tab(servers[1], branch, "bob1").load().listen()
    try:
        ann.here(diagram="d", x=10.5, y=-3, selection=["users"])
        bob.wait(lambda each: told_of(each, "ann1"))
        (about,) = told_of(bob, "ann1")
        assert (about["client"], about["name"], about["x"], about["selection"]) == ("ann1", "You", 10.5, ["users"])
        late = Tab(servers[1], branch, "late1").load().listen()
        late.wait(lambda each: each.events)
        assert [(event, data) for event, data in late.events if event == "everybody"] == [("everybody", [about])]
        late.leave()
        ann.leave()
        bob.wait(lambda each: {"client": "ann1", "gone": True} in told_of(each, "ann1"))
    finally:
        bob.leave()


def test_edits_of_both_at_once_end_alike_and_soon(servers, branch):
    tabs = [Tab(servers[number % 2], branch, f"tab{number}").load().listen() for number in range(4)]
    try:
        base = tabs[0].version
        waits = []
        for number in range(40):
            tab = tabs[number % 4]
            start = time.perf_counter()
            tab.post(note(tab, 100 + number), f"both-{number}")
            tab.wait(lambda each, wanted=base + number + 1: each.version >= wanted)
            waits.append(time.perf_counter() - start)
        for tab in tabs:
            tab.wait(lambda each: each.version >= base + 40)
        assert all(tab.design == tabs[0].design for tab in tabs)
        assert sorted(waits)[20] < 2  # a sign of life; bench/live_stream measures
    finally:
        for tab in tabs:
            tab.leave()
