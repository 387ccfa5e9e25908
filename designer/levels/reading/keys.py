"""What identifies the rows of an entity: its identifiers, or a key of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from designer.levels.contract import Note, Settings
from designer.levels.er import Field, Ident, Link, Thing
from designer.levels.reading.counting import counts_itself
from designer.levels.reading.source import Source
from designer.schema import Entity, Identifier


def keyed(
    source: Source, settings: Settings, thing: Thing, entity: Entity, identifiers: Sequence[Identifier],
    links: Sequence[Link], is_subtype: bool, notes: list[Note],
) -> Thing:  # fmt: skip
    """Return the thing with its identifiers and, where it is to have one, a key of its own."""
    idents = [_ident(source, each, thing, links, notes) for each in identifiers]
    idents = [each for each in idents if each.fields or each.through] or _dependent(thing, links)
    if is_subtype:
        return replace(thing, idents=tuple(replace(each, primary=False) for each in idents))
    choice = settings.choice(source.true(entity.id), "key")
    idents = _with_primary(idents, choice)
    return _decided(thing, idents, choice, settings)


def _ident(source: Source, identifier: Identifier, thing: Thing, links: Sequence[Link], notes: list[Note]) -> Ident:
    own = {leaf.mark: leaf for field in thing.fields for leaf in _with_parts(field)}
    known = {link.mark for link in links}
    marks = [source.mark(each) for each in identifier.attributes]
    through = tuple(mark for each in identifier.relationships if (mark := source.mark(each)) in known)
    if len(through) < len(identifier.relationships):
        notes.append(
            Note(
                "identifier-without", source.true(identifier.id),
                f"the identifier of {thing.words} names a relationship of which {thing.words} is not the "
                "dependent side; its key goes without it",
            )
        )  # fmt: skip
    fields = tuple(mark for mark in marks if mark in own and not own[mark].derived)
    return Ident(
        mark=source.mark(identifier.id), origin=source.true(identifier.id), fields=fields, through=through,
        primary=identifier.primary,
    )  # fmt: skip


def _with_parts(field: Field) -> Iterator[Field]:
    yield field
    for part in field.parts:
        yield from _with_parts(part)


def _dependent(thing: Thing, links: Sequence[Link]) -> list[Ident]:
    """Return the identifier that an entity without one has by what it depends on."""
    identifying = [link for link in links if link.identifying]
    if thing.nature == "associative" and not identifying:
        identifying = [link for link in links if not link.optional]
    enough = len(identifying) > 1 if thing.nature == "associative" else any(link.single for link in identifying)
    if not enough:
        return []
    if thing.nature != "associative":
        identifying = [next(link for link in identifying if link.single)]
    return [Ident(f"through {thing.mark}", thing.origin, (), tuple(link.mark for link in identifying), primary=True)]


def _with_primary(idents: list[Ident], choice: str) -> list[Ident]:
    """Return the identifiers with exactly one primary, in front: the chosen one, else the primary, else the first."""
    if not idents:
        return []
    chosen = next((each for each in idents if choice in (each.mark, each.origin)), None) if choice else None
    first = chosen or next((each for each in idents if each.primary), idents[0])
    return [replace(first, primary=True), *(replace(each, primary=False) for each in idents if each is not first)]


def _decided(thing: Thing, idents: list[Ident], choice: str, settings: Settings) -> Thing:
    depends = thing.nature != "strong" or bool(idents and idents[0].through)
    wanted = choice if choice in ("surrogate", "natural") else ""
    if not wanted and choice and idents:
        wanted = "natural"
    wanted = wanted or settings.option("dependent_keys" if depends else "keys")
    if wanted == "natural" or (idents and counts_itself(thing, idents[0], settings)):
        return replace(thing, idents=tuple(idents))
    idents = [replace(each, primary=False) for each in idents]
    return replace(thing, idents=tuple(idents), surrogate=settings.option("surrogate"))
