"""Questions about subtypes: how many tables, and what sees to it that every row is of a kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from designer.dialects import features
from designer.levels.choices.choosing import Asking
from designer.levels.choices.words import ENFORCE, SUBTYPES, advised, counted, listed
from designer.levels.contract import Question
from designer.schema import Generalization, Id, Relationship

FEW = 2
"""A subtype with so many attributes of its own adds little to the table of its supertype."""


def subtypes(asking: Asking) -> Iterator[Question]:
    """Yield how each hierarchy is stored, and what enforces that it is total where that can be chosen."""
    above = asking.above
    supertypes = Counter(each for one in above.generalizations for each in one.subtypes)
    for each in above.generalizations:
        below = [one for one in each.subtypes if one in above.entities]
        if each.supertype not in above.entities or not below:
            continue
        if all(supertypes[one] < 2 for one in below):
            yield _strategy(asking, each, below)
        if each.total and asking.settings.choice(each.id, "subtypes", "subtypes") == "class":
            yield from _enforced(asking, each)


def _name(asking: Asking, entity: Id | None) -> str:
    found = asking.above.entities.get(entity or "")
    return found.name if found is not None else ""


def _strategy(asking: Asking, record: Generalization, below: list[Id]) -> Question:
    default = asking.settings.option("subtypes")
    value, reason = _suiting(asking, record, below)
    warnings = {
        "class": _of_class(asking, record),
        "single": _of_single(asking, below),
        "concrete": _of_concrete(asking, record),
    }
    names = listed([_name(asking, each) for each in below])
    title = f"How are {_name(asking, record.supertype)} and its subtypes {names} stored?"
    why = advised(SUBTYPES, value, default, reason)
    return asking.ask(record.id, "subtypes", title, SUBTYPES, default, why=why, warnings=warnings)


def _suiting(asking: Asking, record: Generalization, below: list[Id]) -> tuple[str, str]:
    """Return the strategy that suits a hierarchy, and why."""
    own = [each for each in below if asking.taking_part.get(each)]
    if own:
        return "class", f"{listed([_name(asking, each) for each in own])} {_have(own)} relationships of {_its(own)} own"
    most = max(len(asking.above.attributes.get(each, ())) for each in below)
    if most <= FEW:
        return (
            "single",
            f"no subtype adds more than {counted(most, 'attribute')}" if most else "no subtype adds anything",
        )
    if asking.taking_part.get(record.supertype or ""):
        return (
            "class",
            f"{_name(asking, record.supertype)} has relationships, and what it is related to needs its table",
        )
    shared = len(asking.above.attributes.get(record.supertype or "", ()))
    if record.disjoint and record.total and shared <= FEW:
        return (
            "concrete",
            f"the subtypes share no more than {counted(shared, 'attribute')}, and nothing refers to them all",
        )
    return "class", "every rule of each subtype can be a rule of its table"


def _have(names: list[Id]) -> str:
    return "has" if len(names) == 1 else "have"


def _its(names: list[Id]) -> str:
    return "its" if len(names) == 1 else "their"


def _of_class(asking: Asking, record: Generalization) -> str:
    if not record.total:
        return ""
    return f"Nothing sees to it by itself that each {_name(asking, record.supertype)} is one of them."


def _of_single(asking: Asking, below: list[Id]) -> str:
    needed = [
        f"{_name(asking, each)}.{one.name}"
        for each in below
        for one in asking.above.attributes.get(each, ())
        if not one.optional and not one.derived and not one.multivalued
    ]
    if not needed:
        return ""
    return f"{listed(needed)} cannot be NOT NULL, since rows of other kinds have no value; checks see to it instead."


def _of_concrete(asking: Asking, record: Generalization) -> str:
    name = _name(asking, record.supertype)
    told = []
    related = [_verb(each) for each in asking.taking_part.get(record.supertype or "", ())]
    related += [each.name for each in asking.above.attributes.get(record.supertype or "", ()) if each.multivalued]
    if related:
        told.append(f"What refers to {name} has a reference to each table, all but one empty: {listed(related)}.")
    if not record.disjoint:
        told.append(f"Each {name} of two kinds is stored twice.")
    told.append(f"Nothing keeps the identifier of {name} unique over the tables.")
    return " ".join(told)


def _verb(record: Relationship) -> str:
    return record.name or "a relationship"


def _enforced(asking: Asking, record: Generalization) -> Iterator[Question]:
    """Yield whether the target refuses a row of no kind; only where a check at commit can say it."""
    if not (asking.supports(features.DEFERRABLE_FOREIGN_KEYS) and asking.dialect is not None):
        return
    name = _name(asking, record.supertype)
    title = f"What sees to it that each {name} is one of its subtypes?"
    why = "Deferred keys cost a column for each subtype, and rows must come in one transaction."
    yield asking.ask(record.id, "enforce", title, ENFORCE, "declared", why=why)
