"""What holds for every folded model: nothing names what is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from designer.levels.er import PRIMARY, Er, Field, Ref, Thing


def faults(er: Er) -> list[str]:
    """Return what is wrong with a model after folding, one sentence each."""
    return [*_of_links(er), *_of_things(er), *_of_rules(er), *_of_the_rest(er)]


def leaves(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Yield fields and their parts."""
    for each in fields:
        yield each
        yield from leaves(each.parts)


def marks(thing: Thing) -> set[str]:
    """Return the marks of the fields of a thing."""
    return {each.mark for each in leaves(thing.fields)}


def _of_links(er: Er) -> Iterator[str]:
    for mark, link in er.links.items():
        if mark != link.mark:
            yield f"link {link.mark} is kept as {mark}"
        if link.child not in er.things or link.parent not in er.things:
            yield f"link {mark} has an end that is gone"
            continue
        if link.to and all(each.mark != link.to for each in er.things[link.parent].idents):
            yield f"link {mark} refers to a key that {link.parent} does not have"
        if not set(link.with_fields) <= marks(er.things[link.child]):
            yield f"link {mark} uses fields that {link.child} does not have"
        if link.with_fields and not link.to:
            yield f"link {mark} has columns for nothing"


def _of_things(er: Er) -> Iterator[str]:
    fields = Counter(each.mark for thing in er.things.values() for each in leaves(thing.fields))
    yield from (f"field {mark} is there {count} times" for mark, count in fields.items() if count > 1)
    idents = Counter(each.mark for thing in er.things.values() for each in thing.idents)
    yield from (f"key {mark} is there {count} times" for mark, count in idents.items() if count > 1)
    for thing in er.things.values():
        if sum(each.primary for each in thing.idents) > 1 or (thing.surrogate and any(e.primary for e in thing.idents)):
            yield f"{thing.mark} has two primary keys"
        for ident in thing.idents:
            if not set(ident.fields) - {PRIMARY} <= marks(thing):
                yield f"key {ident.mark} has fields that {thing.mark} does not have"
            for each in ident.through:
                if each not in er.links or er.links[each].child != thing.mark:
                    yield f"key {ident.mark} goes through {each}, which is no link of {thing.mark}"
                elif ident.primary and er.links[each].optional:
                    yield f"the primary key of {thing.mark} may be empty"
        for field in leaves(thing.fields):
            named = {each.field for each in field.generated if isinstance(each, Ref)}
            if not named <= marks(thing):
                yield f"{field.mark} is computed from what {thing.mark} does not have"


def _of_rules(er: Er) -> Iterator[str]:
    known = Counter(rule.mark for rule in er.rules)
    yield from (f"rule {mark} is there {count} times" for mark, count in known.items() if count > 1)
    for rule in er.rules:
        thing = er.things.get(rule.thing)
        if thing is None:
            yield f"rule {rule.mark} is about {rule.thing}, which is gone"
            continue
        for part in rule.parts:
            if isinstance(part, Ref) and part.field and part.field not in marks(thing):
                yield f"rule {rule.mark} names {part.field}, which {thing.mark} does not have"
            if isinstance(part, Ref) and part.link and getattr(er.links.get(part.link), "child", "") != thing.mark:
                yield f"rule {rule.mark} names {part.link}, which is no link of {thing.mark}"


def _of_the_rest(er: Er) -> Iterator[str]:
    if er.kinds:
        yield "generalizations are left"
    for need in er.needs:
        if need.thing not in er.things or not set(need.fields) <= marks(er.things[need.thing]):
            yield f"index {need.mark} has fields that {need.thing} does not have"
    for attribute, places in er.where.items():
        for thing, mark in places:
            if thing not in er.things or mark not in marks(er.things[thing]):
                yield f"{attribute} should be {mark} of {thing}, but is not there"
