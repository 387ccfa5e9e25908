"""Sentences about relations, in plain words and in the relation's own names."""

from __future__ import annotations

from designer.normalization.codec import set_text, text_of
from designer.normalization.contract import FD, JD, MVD, Relation, Violation

RULES = {
    "2NF": "2NF: what is in no key depends on whole keys, not on parts of them.",
    "3NF": "3NF: what is in no key depends on keys only.",
    "EKNF": "EKNF: what does not depend on a key is in a key that something really depends on.",
    "BCNF": "BCNF: only keys determine anything.",
    "4NF": "4NF: only keys determine anything, sets of values included.",
    "5NF": "5NF: the relation comes back from parts only where keys say so.",
}
"""Each normal form above the first as one sentence."""


def stated(violation: Violation) -> FD | MVD | JD:
    """Return the dependency that a violation is about."""
    if violation.components:
        return JD(violation.components)
    return (MVD if violation.multivalued else FD)(violation.left, violation.right)


def violation_text(relation: Relation, violation: Violation) -> str:
    """Return the dependency of a violation as the typed form writes it."""
    return text_of(relation, stated(violation))


def reason(relation: Relation, violation: Violation) -> str:
    """Return why a dependency keeps a relation out of a form, as one sentence."""
    left, right = named(relation, violation.left), set_text(relation, violation.right)
    depends = f"{right} depends on {left}" if violation.left else f"{right} is the same in all rows"
    match violation.kind:
        case "partial" if not violation.left:
            return f"{depends}, so it depends on no key."
        case "partial":
            key = f"the key {set_text(relation, violation.key)}" if violation.key else "a key"
            return f"{depends}, which is only part of {key}."
        case "transitive":
            return f"{depends}, which is not a key, and {right} is in no key." if violation.left else f"{depends}."
        case "multivalued":
            return f"For each {left} there are all combinations of {right} with the rest, and {left} is not a key."
        case "join":
            return "The rows are the join of these parts, and no keys make them so."
        case _:
            return f"{depends}, which is not a key; {right} is part of one." if violation.left else f"{depends}."


def named(relation: Relation, columns: int) -> str:
    """Return a set of columns inside a sentence."""
    return set_text(relation, columns) if columns else "nothing"


def form_sentence(form: str, decided: bool) -> str:
    """Return the verdict as one sentence."""
    if not decided:
        return f"It is at least in {form}; the rest was not decided within the budget."
    if form == "1NF":
        return "It is in 1NF only: something depends on a part of a key."
    return f"It is in {form}."


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with its word: `1 key`, `2 keys`, `65,536 keys`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
