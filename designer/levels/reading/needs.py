"""What access patterns look up by, as indexes that somebody needs."""

from __future__ import annotations

from collections.abc import Mapping

from designer.levels.er import Need
from designer.levels.reading.source import Source
from designer.schema import AccessPattern, Id

Where = Mapping[Id, tuple[tuple[str, str], ...]]


def needs_of(source: Source, where: Where) -> tuple[Need, ...]:
    """Return a need for each thing that a pattern looks up by attributes of."""
    found = []
    for pattern in source.design.of(AccessPattern, source.model):
        by_thing: dict[str, list[str]] = {}
        for each in pattern.by:
            for thing, field in where.get(source.true(each) or "", ()):
                by_thing.setdefault(thing, []).append(field)
        found += [
            Need(f"{source.mark(pattern.id)} {thing}", thing, tuple(fields), source.true(pattern.id))
            for thing, fields in by_thing.items()
        ]
    return tuple(found)
