"""Fields and their parts: which become columns, which stand in keys, and which come together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from designer.levels.er import Er, Field, Ref, Rule, Thing


def leaves(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield fields without parts: those of composite ones instead of them."""
    for each in fields:
        yield from leaves(each.parts) if each.parts else (each,)


def keyed(er: Er) -> frozenset[str]:
    """Return the marks of the fields that stand in a key or an index, with those of their parts."""
    used = {mark for thing in er.things.values() for ident in thing.idents for mark in ident.fields}
    used |= {mark for need in er.needs for mark in need.fields}
    used |= {mark for link in er.links.values() for mark in link.with_fields}
    parts = {
        leaf.mark
        for thing in er.things.values()
        for each in thing.fields
        if each.mark in used
        for leaf in leaves(each.parts)
    }
    return frozenset(used | parts)


def is_array(each: Field) -> bool:
    """Return whether a field holds several values in one column."""
    return each.type.rstrip().endswith("]") or bool(getattr(each.source, "multivalued", False))


def whole_or_not(thing: Thing) -> Iterator[Rule]:
    """Yield for each optional composite that all its mandatory parts are there, or none of them is."""
    for each in thing.fields:
        if not each.parts or not getattr(each.source, "optional", False):
            continue
        needed = [part.mark for part in each.parts if _is_needed(part)]
        if len(needed) > 1:
            parts = (*_all(needed, "IS NULL"), " OR ", *_all(needed, "IS NOT NULL"))
            yield Rule(f"{each.mark}:whole", thing.mark, each.words, parts, each.origin)


def _is_needed(part: Field) -> bool:
    return not part.parts and not part.derived and not getattr(part.source, "optional", False)


def _all(marks: Sequence[str], test: str) -> Iterator[str | Ref]:
    for at, mark in enumerate(marks):
        yield from ((" AND ",) if at else ())
        yield from (Ref(mark), f" {test}")
