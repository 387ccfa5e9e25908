"""What kind of values a column holds, as far as it matters for what may determine what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from designer.dependencies.words import HANDLES, words_of

LEFT_OUT = {
    "measure": "a measure",
    "free text": "free text",
    "timestamp": "a timestamp",
    "boolean": "a boolean",
    "structured": "structured text",
}
"""Kinds that stand on no left side unless asked for -> how that is said: what they determine is nearly all accident."""

_LOOKED_AT = 1_000
_NEARLY_ALL = 0.95
_WORDS, _LETTERS = 4, 60
"""A column whose values have more words, or more letters, than this on average is free text."""
_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?"
_TIMESTAMP = re.compile(rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})[ T]{_CLOCK}.*|{_CLOCK}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}/\d{2}/\d{2}")
_BOOLEANS = (
    {"true", "false"}, {"t", "f"}, {"yes", "no"}, {"y", "n"}, {"0", "1"}, {"on", "off"}, {"ja", "nein"}, {"oui", "non"},
)  # fmt: skip
_MEASURES = frozenset({
    "amount", "amt", "avg", "average", "balance", "cost", "count", "cnt", "depth", "discount", "distance", "duration",
    "fee", "height", "length", "margin", "max", "mean", "min", "pct", "percent", "percentage", "population", "price",
    "qty", "quantity", "rate", "ratio", "salary", "score", "size", "stock", "subtotal", "sum", "tax", "temperature",
    "total", "value", "volume", "weight", "width",
})  # fmt: skip
_LONGEST_UNIT = 3
_DECLARED = (
    (re.compile(r"bool|bit\(1\)|tinyint\(1\)"), "boolean"),
    (re.compile(r"timestamp|datetime|^time\b|interval"), "timestamp"),
    (re.compile(r"^date$"), "date"),
    (re.compile(r"json|xml|hstore|\[\]$|^_|vector|geometry|geography"), "structured"),
    (re.compile(r"float|double|real|money|(?:numeric|decimal)(?:\(\d+, ?[1-9]\d*\)|$)"), "measure"),
)


def kind_of(name: str, values: Sequence[str], declared: str = "") -> str:
    """Return the kind of a column by its distinct values, its name and the type that a database declares, if any."""
    if not values:
        return "empty"
    typed = declared.strip().lower()
    found = next((kind for pattern, kind in _DECLARED if typed and pattern.search(typed)), "")
    step = max(1, len(values) // _LOOKED_AT)
    return found or _by_values(name, values[::step], len(values))


def _by_values(name: str, values: Sequence[str], distinct: int) -> str:
    if distinct <= 2 and any({each.lower() for each in values} <= pair for pair in _BOOLEANS):
        return "boolean" if distinct == 2 or values[0].lower() not in "01" else "code"
    if _nearly_all(_TIMESTAMP, values):
        return "timestamp"
    if _nearly_all(_DATE, values):
        return "date"
    if _nearly_all(_NUMBER, values) or _nearly_all(_COMMA_NUMBER, values):
        return "measure" if _is_measure(name, values) else "code"
    return _text(values)


def _nearly_all(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    """Say whether values match; where the first few do not, the others are not asked."""
    return _share(pattern, values[:20]) >= 0.5 and _share(pattern, values) >= _NEARLY_ALL


def _share(pattern: re.Pattern[str], values: Sequence[str]) -> float:
    return sum(pattern.fullmatch(each.strip()) is not None for each in values) / len(values)


def _is_measure(name: str, values: Sequence[str]) -> bool:
    """Say whether numbers measure something: they have fractions, or their column is called so."""
    fractions = sum("." in each or "," in each or "e" in each.lower() for each in values)
    return fractions > len(values) * 0.05 or _names_a_measure(words_of(name))


def _names_a_measure(words: Sequence[str]) -> bool:
    """Say whether the last word is that of a measure, a unit behind it left out: `price_list_id` is none."""
    if words and len(words) > 1 and len(words[-1]) <= _LONGEST_UNIT and words[-1] not in HANDLES:
        return words[-1] in _MEASURES or words[-2] in _MEASURES
    return bool(words) and words[-1] in _MEASURES


def _text(values: Sequence[str]) -> str:
    structured = sum(each[:1] in "{[" and each[-1:] in "}]" for each in values)
    if structured > len(values) * 0.9:
        return "structured"
    words = sum(each.count(" ") + 1 for each in values) / len(values)
    letters = sum(map(len, values)) / len(values)
    if words > _WORDS or (letters > _LETTERS and words > 1.5):
        return "free text"
    return "text" if words > 1 else "code"
