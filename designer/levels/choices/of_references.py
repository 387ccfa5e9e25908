"""Questions about keys and references: what identifies rows, who refers to whom, and what happens on deletion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.levels.choices.choosing import Asking
from designer.levels.choices.words import DELETE, DERIVE, KEY, Words, listed
from designer.levels.contract import Question
from designer.levels.logical import sides as ends_of
from designer.levels.logical.resolving import is_associative
from designer.schema import Attribute, End, Entity, Id, Identifier, Relationship

KEPT = "no action"


def sides(asking: Asking, *, with_attributes: bool) -> Iterator[Question]:
    """Yield which entity holds each relationship of one to one.

    `with_attributes` asks only where the relationship has attributes of its own, which must go to a side.
    """
    for record in _derived(asking):
        ends = record.ends
        if not ends_of.is_one_to_one(ends) or ends[0].entity == ends[1].entity:
            continue
        if not with_attributes or asking.above.attributes.get(record.id):
            yield _side(asking, record, may_merge=not with_attributes)


def _derived(asking: Asking) -> Iterator[Relationship]:
    for record in asking.above.relationships:
        if len(record.ends) > 1 and all(end.entity in asking.above.entities for end in record.ends):
            yield record


def _side(asking: Asking, record: Relationship, *, may_merge: bool) -> Question:
    ends = record.ends
    names = [asking.above.entities[end.entity].name for end in ends]
    held = ends_of.chosen_above(asking.design, record)
    at = ends_of.child(record, held)
    words: Words = {
        end.entity: (names[number], f"Each {names[number]} has a reference to its {names[1 - number]}.")
        for number, end in enumerate(ends)
    }
    warnings = {
        end.entity: f"The reference is empty for each {names[number]} without a {names[1 - number]}."
        for number, end in enumerate(ends)
        if ends[1 - number].min == 0
    }
    if may_merge and ends[1 - at].min > 0 and not _has_kinds(asking, ends[at].entity):
        words[ends_of.MERGE] = (
            "Both in one table",
            f"A row of {names[1 - at]} has the columns of its {names[at]}, too.",
        )
        if ends[at].min == 0:
            warnings[ends_of.MERGE] = f"The columns of {names[at]} are empty for each {names[1 - at]} without one."
    title = f"Which side holds {_sentence(asking, record)}?"
    why = f"{names[at]} was chosen on the level above." if held else _why(ends, at, names)
    return asking.ask(record.id, "side", title, words, ends[at].entity, why=why, warnings=warnings)


def _has_kinds(asking: Asking, entity: Id) -> bool:
    """Return whether an entity has subtypes or is one."""
    return any(entity in (each.supertype, *each.subtypes) for each in asking.above.generalizations)


def _sentence(asking: Asking, record: Relationship) -> str:
    """Return a relationship as people say it: `“Lecturer heads Department”`."""
    first, *others = (asking.above.entities[end.entity].name for end in record.ends)
    return f"“{' '.join((first, record.name or 'and', *others))}”"


def _why(ends: Sequence[End], at: int, names: list[str]) -> str:
    held, other = names[at], names[1 - at]
    marked, bound = ends_of.owners(ends), [ends[1].min > 0, ends[0].min > 0]
    if marked[0] != marked[1]:
        return f"{other} identifies {held}."
    if bound[at] and not bound[1 - at]:
        return f"Each {held} must have a {other}, so that the reference is never empty."
    both = "Both must have the other" if bound[0] else "Either may be without the other"
    return f"{both}; {held} is named last."


def keys(asking: Asking) -> Iterator[Question]:
    """Yield what identifies the rows of each entity that has an identifier and is no subtype."""
    subtypes = {each for one in asking.above.generalizations for each in one.subtypes}
    for entity in asking.above.entities.values():
        identifiers = asking.above.identifiers.get(entity.id, ())
        if identifiers and entity.id not in subtypes:
            yield _key(asking, entity, identifiers)
    for record in _derived(asking):
        if is_associative(record, asking.above.entities):
            yield _key_of_pairs(asking, record)


def _key_of_pairs(asking: Asking, record: Relationship) -> Question:
    """Return what identifies the rows of the entity that a relationship of many becomes."""
    names = listed([asking.above.entities[end.entity].name for end in record.ends], most=4)
    words = {"surrogate": KEY["surrogate"], "natural": (f"The keys of {names}", "Each combination is there once.")}
    default = asking.settings.option("dependent_keys")
    why = f"“{words[default][0]}” is set for all entities that depend on others."
    return asking.ask(
        record.id, "key", f"What identifies the rows of {_sentence(asking, record)}?", words, default, why=why
    )


def _key(asking: Asking, entity: Entity, identifiers: Sequence[Identifier]) -> Question:
    primary = next((each for each in identifiers if each.primary), identifiers[0])
    words: Words = {
        "surrogate": KEY["surrogate"],
        "natural": (f"Its identifier: {_parts(asking, primary)}", KEY["natural"][1]),
    }
    for each in identifiers:
        if each is not primary:
            words[each.id] = (f"Another identifier: {_parts(asking, each)}", KEY["natural"][1])
    depends = entity.nature != "strong" or bool(primary.relationships)
    default = asking.settings.option("dependent_keys" if depends else "keys")
    warnings = {
        value: _of_natural(asking, each)
        for value, each in (("natural", primary), *((each.id, each) for each in identifiers if each is not primary))
    }
    kind = "entities that depend on others" if depends else "strong entities"
    why = f"“{words[default][0]}” is set for all {kind}."
    return asking.ask(
        entity.id, "key", f"What identifies the rows of {entity.name}?", words, default, why=why, warnings=warnings
    )


def _records(asking: Asking, identifier: Identifier) -> list[Attribute]:
    own = {each.id: each for each in asking.above.attributes.get(identifier.parent or "", ())}
    return [own[each] for each in identifier.attributes if each in own]


def _parts(asking: Asking, identifier: Identifier) -> str:
    names = [each.name for each in _records(asking, identifier)]
    entities = asking.above.entities
    for record in asking.taking_part.get(identifier.parent or "", ()):
        if record.id in identifier.relationships:
            names += [
                entities[end.entity].name
                for end in record.ends
                if end.entity in entities and end.entity != identifier.parent
            ]
    return listed(names, most=4) or identifier.name or "without parts"


def _of_natural(asking: Asking, identifier: Identifier) -> str:
    found = _records(asking, identifier)
    personal = [each.name for each in found if each.pii]
    if personal:
        return f"{listed(personal)} is personal data and would be repeated wherever the entity is referred to."
    empty = [each.name for each in found if each.optional]
    if empty:
        return f"{listed(empty)} may be missing, and no part of a primary key can be."
    return ""


def deletions(asking: Asking) -> Iterator[Question]:
    """Yield what happens to the rows that refer to one that is deleted."""
    for record in _derived(asking):
        if ends_of.is_direct(record.ends):
            yield _deletion(asking, record)


def _deletion(asking: Asking, record: Relationship) -> Question:
    at = ends_of.child(record, asking.settings.choice(record.id, "side"))
    parent = record.ends[1 - at]
    named = asking.above.identifiers.get(record.ends[at].entity, ())
    owned = ends_of.owners(record.ends)[1 - at] or any(record.id in each.relationships for each in named)
    default = asking.settings.option("identifying_delete" if owned else "reference_delete")
    optional = parent.min == 0 and not owned
    default = KEPT if default == "set null" and not optional else default
    words = {value: each for value, each in DELETE.items() if optional or value != "set null"}
    name = asking.above.entities[parent.entity].name
    what = "what identifies others" if owned else "what others refer to"
    title = f"What happens when the {name} of {_sentence(asking, record)} is deleted?"
    return asking.ask(
        record.id, "delete", title, words, default, why=f"“{words[default][0]}” is set for all of {what}."
    )


def left_alone(asking: Asking) -> Iterator[Question]:
    """Yield whether an entity is derived at all, where nothing is said of it or somebody chose not to."""
    kinds = {each for one in asking.above.generalizations for each in (one.supertype, *one.subtypes)}
    for entity in asking.above.entities.values():
        bare = not asking.above.attributes.get(entity.id) and not asking.taking_part.get(entity.id)
        if bare and entity.id not in kinds:
            yield _derive(asking, entity.id, entity.name, "It has neither attributes nor relationships yet.")


def left_out(asking: Asking, names: dict[Id, str]) -> Iterator[Question]:
    """Yield the entities that somebody chose not to derive."""
    for entity, name in names.items():
        yield _derive(asking, entity, name, "It was left out by a choice.")


def _derive(asking: Asking, entity: Id, name: str, why: str) -> Question:
    return asking.ask(entity, "derive", f"Is {name} part of the model below?", DERIVE, "yes", why=why)
