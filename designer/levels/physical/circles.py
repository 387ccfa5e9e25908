"""Mandatory references that lead in a circle: no first row could ever be put in, unless one waits until commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.levels.contract import Note
from designer.levels.er import Er, Link


def opened(er: Er, dialect: Dialect) -> Er:
    """Return the model with a reference of each circle checked at commit; a note says so, or that there is none."""
    mandatory = [link for link in er.links.values() if not link.optional and not link.deferred]
    waiting = _openers([link for link in mandatory if link.child != link.parent])
    if not waiting:
        return er
    defers = dialect.supports(can.DEFERRABLE_FOREIGN_KEYS)
    notes = [_note(er, link, dialect, defers=defers) for link in waiting]
    links = {link.mark: replace(link, deferred=True) for link in waiting} if defers else {}
    return replace(er, links={**er.links, **links}, notes=(*er.notes, *notes))


def _note(er: Er, link: Link, dialect: Dialect, *, defers: bool) -> Note:
    child, parent = er.things[link.child].words, er.things[link.parent].words
    start = f"{child} needs a {parent}, and in the end a {parent} needs a {child}"
    if defers:
        return Note("checked-at-commit", link.origin, f"{start}; the reference to {parent} is checked at commit")
    text = f"{start}; {dialect.title} checks no reference at commit, so that no first row can be put in"
    return Note("circle-of-mandatory", link.origin, text)


def _openers(links: Collection[Link]) -> list[Link]:
    """Return references without which no circle is left: of each circle the last one."""
    found: list[Link] = []
    left = _in_circles(links)
    while left:
        last = max(left, key=lambda each: (not each.identifying, each.order, each.mark))
        found.append(last)
        left = _in_circles([each for each in left if each is not last])
    return found


def _in_circles(links: Collection[Link]) -> list[Link]:
    """Return the links between things that lead back to themselves, and none that only leads there or away."""
    left = list(links)
    while True:
        parents, children = {each.parent for each in left}, {each.child for each in left}
        kept = [each for each in left if each.parent in children and each.child in parents]
        if len(kept) == len(left):
            return [each for each in kept if _reaches(kept, each.parent, each.child)]
        left = kept


def _reaches(links: Iterable[Link], start: str, goal: str) -> bool:
    above: dict[str, list[str]] = {}
    for link in links:
        above.setdefault(link.child, []).append(link.parent)
    seen, ahead = {start}, [start]
    while ahead:
        each = ahead.pop()
        if each == goal:
            return True
        fresh = [parent for parent in above.get(each, ()) if parent not in seen]
        seen.update(fresh)
        ahead += fresh
    return False
