"""Places for relationships that become figures of their own; as doc/commands/figures.js.

A relationship of two entities without attributes is a line and needs no place. With a third entity or an attribute it
is a figure, and without a place it would vanish from the diagrams that showed the line.
"""

from __future__ import annotations

from collections.abc import Iterable

from designer.schema import Design, End, Id, IdSource, Placement


def figures(
    design: Design, relationship: Id, ends: Iterable[End], ids: IdSource, besides: Id | None = None
) -> list[Placement]:
    """Return placements on the diagrams that show all entities of a relationship and not itself, midway between them.

    `besides` is a diagram that is left out.
    """
    entities = list(dict.fromkeys(end.entity for end in ends))
    places = [_placements(design, each) for each in entities]
    drawn = _placements(design, relationship)
    found = [each for each in (places[0] if places else {}) if each not in drawn and each != besides]
    shared = [each for each in found if all(each in one for one in places)]
    return [_midway(relationship, each, [one[each] for one in places], ids) for each in sorted(shared)]


def _placements(design: Design, element: Id) -> dict[Id, Placement]:
    found = (design.get(each) for each in design.referrers(element))
    return {each.parent or "": each for each in found if isinstance(each, Placement) and each.element == element}


def _midway(relationship: Id, diagram: Id, places: list[Placement], ids: IdSource) -> Placement:
    x, y = (sum(values) // len(places) for values in zip(*((each.x, each.y) for each in places), strict=True))
    return Placement(id=ids(), parent=diagram, element=relationship, x=x, y=y)
