"""What the questions of a derivation say: titles and help of answers, and small sentences."""

from __future__ import annotations

from collections.abc import Sequence

Words = dict[str, tuple[str, str]]
"""Value -> title and help of an answer."""

SUBTYPES: Words = {
    "class": ("A table for each", "Supertype and subtypes have a table each, and share the key."),
    "single": ("One table for all", "All kinds are rows of one table; a column says which kind a row is."),
    "concrete": ("A table for each subtype", "Each subtype has a table with all it has; the supertype has none."),
}
ENFORCE: Words = {
    "declared": ("Leave it to the applications", "A row of the supertype may be there before that of its subtype."),
    "full": ("See to it at commit", "Generated columns and deferred foreign keys refuse a row that is no subtype."),
}
MULTIVALUED: Words = {
    "child": ("An entity of its own", "Each value is a row; it can be looked up, checked and kept unique."),
    "array": ("An array", "All values stand in one column, an array where the target has arrays, else JSON."),
}
COMPOSITE: Words = {
    "flatten": ("A column for each part", "Each part can be searched, checked and indexed by itself."),
    "type": ("A composite type", "One column of a type with parts."),
    "json": ("A JSON column", "One column; parts are keys of an object."),
}
ENUM: Words = {
    "check": ("A check on each column", "Text, and a check that lists the values."),
    "type": ("An enumerated type", "A type that takes these values only."),
    "lookup": (
        "A table of its own",
        "One row for each value; columns refer to it. New values need no change of tables.",
    ),
}
DOMAIN: Words = {
    "check": ("Its type and a check", "Each column has the type, and the rule as a check."),
    "domain": ("A domain of the database", "The rule is said once, and columns have the domain as their type."),
    "type": ("Its type alone", "The rule is kept by the applications."),
}
DELETE: Words = {
    "no action": ("It may not go", "Checked at the end of the statement."),
    "restrict": ("It may not go, at once", "Checked at once, also inside a transaction."),
    "cascade": ("What refers to it goes too", "All rows that refer to it are deleted."),
    "set null": ("The reference is emptied", "Rows stay, and refer to nothing."),
}
DERIVED: Words = {
    "omit": ("No column", "It is computed when it is asked for."),
    "stored": ("A column", "It is stored, and somebody keeps it true."),
}
DERIVE: Words = {
    "yes": ("Derive it", "It is part of the model below."),
    "no": ("Leave it on this level", "It and its relationships are not in the model below."),
}
KEY: Words = {
    "surrogate": ("A key of its own", "A number or UUID without meaning; identifiers become unique."),
    "natural": ("Its identifier", "Rows that refer to it repeat the identifier, and it can hardly change."),
}


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return names as people list them: `a, b and c`; of many, the first and how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def counted(number: int, thing: str) -> str:
    """Return how many of a thing: `1 attribute`, `2 attributes`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def set_for_all(words: Words, value: str) -> str:
    """Return the sentence that says which answer the options give."""
    title = words[value][0] if value in words else value
    return f"“{title}” is set for all."


def advised(words: Words, value: str, default: str, reason: str) -> str:
    """Return why the default holds, and what would suit better where something would."""
    if value == default:
        return f"{set_for_all(words, default)} It suits: {reason}."
    title = words[value][0] if value in words else value
    return f"{set_for_all(words, default)} “{title}” may suit better here: {reason}."
