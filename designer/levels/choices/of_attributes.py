"""Questions about attributes and domains: several values, parts, what is derived, lists of values and rules."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects import features
from designer.levels.choices.choosing import Asking
from designer.levels.choices.words import COMPOSITE, DERIVED, DOMAIN, ENUM, MULTIVALUED, advised, counted, set_for_all
from designer.levels.contract import Question
from designer.schema import Attribute, Domain

MANY_VALUES = 12
"""Lists that are longer are looked up and grow; a table holds them better than a check."""


def several(asking: Asking) -> Iterator[Question]:
    """Yield what becomes of each attribute with several values."""
    default = asking.settings.option("multivalued")
    for each, owner in asking.attributes:
        if each.multivalued and not each.derived:
            kept = each.id in asking.above.arrays
            why = "It was kept as an array on the level above." if kept else ""
            title = f"What do the values of {owner}.{each.name} become?"
            warnings = {"array": _of_array(asking, each)}
            yield asking.ask(
                each.id, "multivalued", title, MULTIVALUED, "array" if kept else default, why=why, warnings=warnings
            )  # fmt: skip


def _of_array(asking: Asking, attribute: Attribute) -> str:
    told = "Single values cannot be unique, and nothing can refer to them."
    if not asking.supports(features.ARRAYS) or asking.above.attributes.get(attribute.id):
        told += f" {asking.target[:1].upper()}{asking.target[1:]} keeps them as JSON."
    return told


def composites(asking: Asking) -> Iterator[Question]:
    """Yield what becomes of each attribute with parts, unless its values are rows of their own.

    Parts that have parts themselves go where the whole goes.
    """
    default = asking.settings.option("composites")
    used = {each for one in asking.above.identifiers.values() for ident in one for each in ident.attributes}
    can = asking.supports(features.COMPOSITE_TYPES)
    warnings = {
        "type": "Parts of a composite type are hard to index and to change."
        if can
        else f"{asking.target} has no composite types; JSON is taken.",
        "json": "The database checks neither types nor presence of the parts.",
    }
    apart = used | {part.id for each, _ in asking.attributes for part in asking.above.attributes.get(each.id, ())}
    for each, owner in asking.attributes:
        parts = asking.above.attributes.get(each.id)
        if parts and each.id not in apart and not _of_rows(asking, each):
            title = f"What does {owner}.{each.name} with its {counted(len(parts), 'part')} become?"
            yield asking.ask(each.id, "composite", title, COMPOSITE, default, warnings=warnings)


def _of_rows(asking: Asking, attribute: Attribute) -> bool:
    if not attribute.multivalued:
        return False
    chosen = asking.settings.choice(attribute.id, "multivalued", "multivalued")
    return chosen == "child" and attribute.id not in asking.above.arrays


def derived(asking: Asking) -> Iterator[Question]:
    """Yield whether what follows from other data is stored."""
    warnings = {"stored": "Nothing keeps it true by itself; say what does."}
    for each, owner in asking.attributes:
        if each.derived and not each.multivalued:
            title = f"Is {owner}.{each.name} stored, although it is derived?"
            why = "What is not stored cannot be wrong."
            yield asking.ask(each.id, "derived", title, DERIVED, "omit", why=why, warnings=warnings)


def domains(asking: Asking) -> Iterator[Question]:
    """Yield how lists of values and rules are kept, for domains that attributes have."""
    used = {each.domain for each, _ in asking.attributes}
    for domain in asking.above.domains.values():
        if domain.id in used and domain.values:
            yield _enum(asking, domain)
        elif domain.id in used and domain.rule:
            yield _domain(asking, domain)


def _enum(asking: Asking, domain: Domain) -> Question:
    default = asking.settings.option("enums")
    many = len(domain.values) > MANY_VALUES
    why = ""
    if many:
        why = advised(ENUM, "lookup", default, f"{len(domain.values)} values are a table rather than a list")
    warnings = {"type": _of_enum_type(asking), "lookup": "Each query that shows the value joins one more table."}
    title = f"What becomes of the {counted(len(domain.values), 'value')} of {domain.name}?"
    return asking.ask(domain.id, "enum", title, ENUM, default, why=why, warnings=warnings)


def _of_enum_type(asking: Asking) -> str:
    if not (asking.supports(features.ENUM_TYPES) or asking.supports(features.INLINE_ENUMS)):
        return f"{asking.target} has no enumerated types; a check is taken."
    if asking.supports(features.ENUM_TYPES):
        return "Values can be added, but none can be taken out without a new type."
    return "Each column repeats the list; a new value alters every table that has one."


def _domain(asking: Asking, domain: Domain) -> Question:
    default = asking.settings.option("domains")
    warnings = {"type": f"Nothing refuses a value that breaks {domain.rule}."}
    if not asking.supports(features.DOMAINS):
        warnings["domain"] = f"{asking.target} has no domains; its type and a check are taken."
    title = f"How is the rule of {domain.name} kept?"
    return asking.ask(domain.id, "domain", title, DOMAIN, default, why=set_for_all(DOMAIN, default), warnings=warnings)
