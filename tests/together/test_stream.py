"""Several tabs on one branch over two server processes: edits and people are seen by all, at once."""

from __future__ import annotations

import time
import urllib.error
from collections.abc import Callable, Iterator

import pytest

from tests.together.tab import Tab

pytestmark = pytest.mark.postgres


@pytest.fixture
def tab(running) -> Iterator[Callable[..., Tab]]:
    """Open tabs, each with the design read: `tab("ann")` at the first server process, `tab("bob", 1)` at the second."""
    opened: list[Tab] = []

    def open_one(name: str, at: int = 0) -> Tab:
        cookies = running.people[at]["cookies"]
        opened.append(Tab(running.addresses[at % 2], running.branches[1], name, cookies).load())
        return opened[-1]

    yield open_one
    for each in opened:
        each.leave()


def note(tab: Tab, number: int, text: str = "hello") -> dict:
    diagram = next(each.id for each in tab.design.records() if type(each).__name__ == "Diagram")
    made = f"note{number:06}"
    return {"added": {made: {"kind": "note", "id": made, "parent": diagram, "text": text}}}


def told_of(tab: Tab, client: str) -> list[dict]:
    """Return what was told of a tab."""
    events = [data for event, data in tab.events if event in ("people", "everybody")]
    return [about for people in events for about in people if about["client"] == client]


def test_an_edit_on_one_process_is_seen_on_the_other(tab):
    ann, bob = tab("ann").listen(), tab("bob", 1).listen()
    before = ann.version
    ann.post(note(ann, 1), "key-one", "Add a note")
    for each in (ann, bob):
        each.wait(lambda each: each.version == before + 1)
    (entry,) = [e for event, data in ann.events if event == "changes" for e in data["entries"]]
    assert (entry["mine"], entry["key"], entry["label"]) == (True, "key-one", "Add a note")
    (other,) = [e for event, data in bob.events if event == "changes" for e in data["entries"]]
    assert (other["mine"], other["author"]) == (False, "person0")
    assert ann.design == bob.design


def test_who_comes_late_gets_what_came_before(tab):
    ann, late = tab("ann"), tab("late", 1)
    base = late.version
    for number in range(10, 15):
        ann.post(note(ann, number), f"late-{number}")
    late.listen()
    late.wait(lambda each: each.version >= base + 5)
    assert late.design == tab("fresh").design


def test_people_see_each_other_come_move_and_go(tab):
    ann, bob = tab("ann1").listen(), tab("bob1", 1).listen()
    ann.here(diagram="d", x=10.5, y=-3, selection=["users"])
    bob.wait(lambda each: told_of(each, "ann1"))
    (about,) = told_of(bob, "ann1")
    assert (about["client"], about["name"], about["x"], about["selection"]) == ("ann1", "person0", 10.5, ["users"])
    late = tab("late1", 1).listen()
    late.wait(lambda each: any(event == "everybody" for event, _ in each.events))
    assert [data for event, data in late.events if event == "everybody"] == [[about]]
    ann.leave()
    bob.wait(lambda each: {"client": "ann1", "gone": True} in told_of(each, "ann1"))


def test_who_has_a_stream_speaks_by_its_token_and_nobody_else_does(tab):
    ann, bob = tab("ann2").listen(), tab("bob2", 1).listen()
    ann.wait(lambda each: each.events)
    token = next(data["token"] for event, data in ann.events if event == "hello")
    ann.here({"X-Wholekey-Stream": token, "Cookie": "none"}, x=1.0)
    bob.wait(lambda each: told_of(each, "ann2"))
    assert told_of(bob, "ann2")[0]["name"] == "person0"
    with pytest.raises(urllib.error.HTTPError):
        ann.here({"X-Wholekey-Stream": "another", "Cookie": "none"}, x=2.0)


def test_edits_of_both_at_once_end_alike_and_soon(tab):
    tabs = [tab(f"tab{number}", number % 2).listen() for number in range(4)]
    base = tabs[0].version
    waits = []
    for number in range(40):
        one = tabs[number % 4]
        start = time.perf_counter()
        one.post(note(one, 100 + number), f"both-{number}")
        one.wait(lambda each, wanted=base + number + 1: each.version >= wanted)
        waits.append(time.perf_counter() - start)
    for each in tabs:
        each.wait(lambda each: each.version >= base + 40)
    assert all(each.design == tabs[0].design for each in tabs)
    assert sorted(waits)[20] < 2  # a sign of life; bench/together measures


@pytest.mark.slow
def test_people_of_a_process_that_was_killed_are_gone_within_half_a_minute(running, tab):
    ann, bob = tab("ann3").listen(), tab("bob3", 1).listen()
    ann.here(x=1.0)
    bob.wait(lambda each: told_of(each, "ann3"))
    running.processes[0].kill()
    try:
        bob.wait(lambda each: {"client": "ann3", "gone": True} in told_of(each, "ann3"), 30)
    finally:
        running.processes[0].start()
