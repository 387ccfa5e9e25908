"""The two ends of a relationship: which entity is the child, and which one holds a reference where either could.

The numbers at an end say how many of *its* entity one of the *other* takes part with. So an end of at most one belongs
to a parent, and the child stands at the other end.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.schema import Choice, Derivation, Design, End, Id, Record, Relationship

MERGE = "merge"


def is_single(end: End) -> bool:
    """Return whether at most one takes part."""
    return end.max == 1


def is_direct(ends: Sequence[End]) -> bool:
    """Return whether a relationship can stay as it is: of two, and one to one or one to many."""
    return len(ends) == 2 and (is_single(ends[0]) or is_single(ends[1]))


def is_one_to_one(ends: Sequence[End]) -> bool:
    """Return whether either side has at most one of the other."""
    return len(ends) == 2 and is_single(ends[0]) and is_single(ends[1])


def owners(ends: Sequence[End]) -> tuple[bool, ...]:
    """Return for each end of a relationship of two whether its key identifies the other side.

    Marked is the owner. Where the mark stands at an end of many and the other end is of one, it was put at the weak
    side, as some notations draw it, and the other end is meant.
    """
    marked = tuple(end.identifying for end in ends)
    if len(ends) == 2 and marked.count(True) == 1:
        at = marked.index(True)
        if not is_single(ends[at]) and is_single(ends[1 - at]):
            return (not marked[0], not marked[1])
    return marked


def default_child(ends: Sequence[End]) -> int:
    """Return the index of the end whose entity holds the reference, for a relationship that `is_direct`.

    Of one to one: the side that is identified by the other, else the one that cannot be without the other (its
    reference is never empty), else the one that is named last.
    """
    if not is_one_to_one(ends):
        return 1 if is_single(ends[0]) else 0
    owning = owners(ends)
    if owning[0] != owning[1]:
        return 1 if owning[0] else 0
    bound = [ends[1].min > 0, ends[0].min > 0]
    return 0 if bound[0] and not bound[1] else 1


def child(relationship: Relationship, chosen: str = "") -> int:
    """Return the index of the end whose entity holds the reference; `chosen` is the answer to the topic `side`.

    A choice counts where the relationship is one to one and the entity takes part in it.
    """
    ends = relationship.ends
    if chosen and is_one_to_one(ends) and ends[0].entity != ends[1].entity:
        at = [end.entity for end in ends]
        if chosen in at:
            return at.index(chosen)
    return default_child(ends)


def chosen_above(design: Design, relationship: Relationship) -> Id:
    """Return the entity that somebody chose to hold a relationship when its model was derived; empty if nobody did.

    The attributes of the relationship went there, and its reference goes with them.
    """
    if relationship.origin is None:
        return ""
    choices = (design[each] for each in sorted(design.referrers(relationship.origin)))
    values = {each.value for each in choices if isinstance(each, Choice) and _is_of(design, each, relationship)}
    return next((end.entity for end in relationship.ends if _origin(design.get(end.entity)) in values), "")


def _is_of(design: Design, choice: Choice, relationship: Relationship) -> bool:
    derivation = design.get(choice.parent or "")
    about = choice.topic == "side" and choice.element == relationship.origin
    return about and isinstance(derivation, Derivation) and derivation.parent == relationship.parent


def _origin(record: Record | None) -> Id | None:
    return record.origin if record is not None else None


def marks(ends: Sequence[End]) -> list[tuple[Id, str]]:
    """Return for each end a mark that stays when ends of other entities come and go: (entity, which of its ends)."""
    seen: dict[Id, int] = {}
    found = []
    for end in ends:
        seen[end.entity] = seen.get(end.entity, -1) + 1
        found.append((end.entity, str(seen[end.entity])))
    return found
