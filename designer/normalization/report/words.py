"""Sentences about relations, in plain words and in the relation's own names, which are marked as code."""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.codec import set_text, text_of
from designer.normalization.contract import FD, JD, MVD, Relation, Violation
from designer.normalization.report.blocks import code

RULES = {
    "2NF": "What is in no key depends on whole keys, not on parts of them.",
    "3NF": "What is in no key depends on keys only.",
    "EKNF": "What does not depend on a key is in a key that something really depends on.",
    "BCNF": "Only keys determine anything.",
    "4NF": "Only keys determine anything, sets of values included.",
    "5NF": "The relation comes back from parts only where keys say so.",
}
"""Each normal form above the first as one sentence."""

MOST_SHOWN = 60
"""Columns of a set that a report writes out; of a wider one it says how many there are."""


def dependency_of(violation: Violation) -> FD | MVD | JD:
    """Return the dependency that a violation is about."""
    if violation.components:
        return JD(violation.components)
    return (MVD if violation.multivalued else FD)(violation.left, violation.right)


def said(relation: Relation, dependency: FD | MVD | JD) -> str:
    """Return a dependency as the typed form writes it."""
    return code(text_of(relation, dependency))


def columns(relation: Relation, which: int) -> str:
    """Return a set of columns; `{}` is the empty one."""
    size = which.bit_count()
    if which == relation.every and size > 12:
        return f"all {size} columns"
    return code(set_text(relation, which)) if size <= MOST_SHOWN else f"{size} columns"


def reason(relation: Relation, violation: Violation) -> str:
    """Return why a dependency keeps a relation out of a form, as one sentence."""
    left, right = columns(relation, violation.left), columns(relation, violation.right)
    if violation.components:
        return "The rows are the join of these parts, and no key makes them so."
    if violation.multivalued:
        return f"For each {left} there are all combinations of {right} with the rest, and {left} is not a key."
    if not violation.left:
        return f"{right} {'is' if violation.right.bit_count() == 1 else 'are'} the same in all rows, whatever the key."
    depend = "depends" if violation.right.bit_count() == 1 else "depend"
    if violation.kind == "partial":
        key = f"the key {columns(relation, violation.key)}" if violation.key else "a key"
        return f"{right} {depend} on {left}, which is only a part of {key}."
    if violation.kind == "transitive":
        return f"{right} {depend} on {left}, which is not a key, and {'is' if depend[-1] == 's' else 'are'} in no key."
    if violation.kind == "prime":
        return f"{right} {depend} on {left}, which is not a key; what depends on it is in some keys."
    return f"{right} {depend} on {left}, which is not a key; whether it breaks a lower form as well was not decided."


def form_sentence(form: str, decided: bool) -> str:
    """Return the verdict as one sentence."""
    if not decided:
        return f"It is at least in {form}; whether it is in a higher form was not decided within the budget."
    if form == "1NF":
        return "It is in 1NF only: something depends on a part of a key."
    return f"It is in {form}."


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with its word: `1 key`, `2 keys`, `65,536 keys`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Return texts as a list inside a sentence: `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else "nothing"
