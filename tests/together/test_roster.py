"""Who is on a branch: known in every process, and forgotten when nobody speaks for him any more."""

from __future__ import annotations

import asyncio

from django.contrib.auth.models import AnonymousUser

from designer.services import permissions
from designer.services.branches import display_name
from designer.services.hub import MOST_WORDS, Hub, Moved, Seen
from designer.services.permissions import Grant
from designer.services.roster import LOST_AFTER, Roster
from tests import loops


def test_who_is_not_heard_of_is_gone_and_who_is_spoken_for_is_not():
    clock = [0.0]
    roster = Roster(lambda: clock[0])
    assert roster.note("b", "ann", "1") and roster.note("b", "bob", "2")
    assert not roster.note("b", "ann", "1"), "the same words are no news"
    clock[0] = LOST_AFTER - 1
    roster.touch("b", "bob")
    clock[0] = LOST_AFTER + 1
    assert roster.lost() == [("b", "ann")]
    assert roster.note("b", "ann", "") and roster.on("b") == [("bob", "2")]


def test_two_hundred_pointers_come_as_a_few_events_of_so_many_words():
    async def heard() -> bytes:
        hub = Hub()
        listener = hub.join("b", "me")
        listener.take()
        for number in range(200):
            hub.see("b", Seen(f"c{number}", f'{{"client":"c{number}"}}'))
        await asyncio.sleep(0.05)
        events = listener.take()
        hub.leave(listener)
        return events

    events = loops.run(heard())
    assert events.count(b"event: people") == 1
    assert events.count(b'"client"') == MOST_WORDS


def test_edits_that_come_thick_wake_a_listener_once_a_pace():
    async def woken() -> tuple[int, int]:
        hub, count = Hub(), 0
        listener = hub.join("b", "me")
        listener.take()
        listener.look = False
        for version in range(1, 50):
            hub.tell("b", Moved(version))
        sent = 0
        while sent < 49:
            await asyncio.wait_for(listener.news(sent), 2)
            count, sent = count + 1, listener.head
        hub.leave(listener)
        return count, sent

    count, sent = loops.run(woken())
    assert (count <= 2, sent) == (True, 49)


def test_a_guest_by_link_has_the_name_that_he_gave():
    guest = AnonymousUser()
    permissions.carry(guest, [Grant(1, 1, "Anna")])
    assert display_name(guest) == "Anna (guest)"
