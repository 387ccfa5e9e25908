"""What sampled values of one column look like: one value each, lists, structures.

The rule for lists separates tags, ids and addresses of mail from names, prose, numbers and coordinates, all of which
have commas too: only what is split into a number of tokens that varies, in short tokens, which come again in other
rows or have the shape of the values that stand alone.
"""

from __future__ import annotations

import json as json_text
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5  # values; fewer say nothing
_SAMPLED = 2_000  # values looked at
_SEPARATORS = (",", ";", "|", "\n")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the values of a column are: list, structured, fixed shape, pairs; `evidence` is a clause with counts."""

    kind: str
    evidence: str
    parts: tuple[str, ...] = ()
    strength: str = "suggestion"


def shape_of(values: Sequence[str], *, json: bool = False) -> Shape | None:
    """Return what the values look like, or None where each is one value. `values` hold no NULL and no empty text."""
    values = [each.strip() for each in values[:_SAMPLED]]
    if len(values) < LEAST:
        return None
    return _objects(values) or (None if json else _structured(values) or _pairs(values) or _list(values))


# JSON and other structures

_SAME_KEYS = 0.9
_STRUCTURED = 0.9
_MOST_PARTS = 40


def _objects(values: Sequence[str]) -> Shape | None:
    """Return the keys of JSON objects where more than 90 of 100 rows have the same ones."""
    found = [keys for each in values if each.startswith("{") and (keys := _keys(each)) is not None]
    if len(found) < _STRUCTURED * len(values):
        return None
    common, times = Counter(found).most_common(1)[0]
    if times > _SAME_KEYS * len(values) and 0 < len(common) <= _MOST_PARTS:
        return Shape("fixed shape", f"{times:,} of {len(values):,} rows have the keys {', '.join(common)}", common)
    return Shape("structured", f"{len(found):,} of {len(values):,} rows are objects whose keys differ")


def _keys(text: str) -> tuple[str, ...] | None:
    try:
        read = json_text.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(sorted(read)) if isinstance(read, dict) else None


_BRACKETED = re.compile(r"\[.*\]|\{.*\}|<\?xml.*", re.DOTALL)


def _structured(values: Sequence[str]) -> Shape | None:
    found = sum(1 for each in values if _BRACKETED.fullmatch(each))
    if found < _STRUCTURED * len(values):
        return None
    return Shape("structured", f"{found:,} of {len(values):,} rows are in brackets")


_PAIR = re.compile(r"\s*[A-Za-z_][\w.-]{0,40}\s*[=:]\s*[^=]*", re.DOTALL)
_MOST_NAMES = 30


def _pairs(values: Sequence[str]) -> Shape | None:
    """Return lists such as `color=red;size=L`, whose names come again from row to row."""
    for separator in (";", "|", "\n", ",", "&"):
        split = [[one for one in each.split(separator) if one.strip()] for each in values]
        found = [each for each in split if len(each) > 1 and all(_PAIR.fullmatch(one) for one in each)]
        if len(found) >= _SEVERAL * len(values):
            names = Counter(re.split("[=:]", one, maxsplit=1)[0].strip() for each in found for one in each)
            if len(names) <= min(_MOST_NAMES, len(found)):
                shown = ", ".join(name for name, _ in names.most_common(4))
                return Shape("pairs", f"{len(found):,} of {len(values):,} rows hold pairs with the names {shown}")
    return None


# Lists

_SEVERAL = 0.2  # of the rows hold several tokens
_WORDS = 1.5  # words in a token, on average
_AGAIN = 0.3  # of the tokens are in another row too
_DIGIT_GROUPS = re.compile(r"[-+$€£]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+,\d+|[-+]?\d+(?:\.\d+)?, ?[-+]?\d+\.\d+")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_WHOLE = 0.7  # of the tokens are values of other rows
_FEW, _NEARLY_ALL = 0.05, 0.9  # of the rows will do, where nearly all tokens are values of other rows
_ANYWHERE, _FREELY = 0.1, 0.2  # of the tokens at one end are at the other end as well; more for several words
_MOST_WORDS = 3.0
_ALONE = 0.05  # of the rows hold one token, or else their number has to vary more
_GROUPED = 0.6  # of the rows with a comma are one number
_INNOCENT = re.compile(r"[(){}<>]|://|, ?(?:Inc|Ltd|LLC|Corp|GmbH|PLC|Jr|Sr|PhD|MD|Esq)\b", re.IGNORECASE)
_KINDS = (
    ("mail", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("number", re.compile(r"\d+")),
    ("uuid", re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")),
    ("code", re.compile(r"(?=[A-Za-z_-]*\d)[A-Za-z]{1,6}[-_]?\d[\w-]*")),
    ("address", re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?")),
)


def _list(values: Sequence[str]) -> Shape | None:
    for separator in _SEPARATORS:
        split = [[one.strip() for one in each.split(separator) if one.strip()] for each in values]
        several = [each for each in split if len(each) > 1]
        if len(several) >= max(2, _FEW * len(values)) and _is_list(values, split, several, separator):
            most = max(len(each) for each in several)
            example = next(each for each in several if len(each) == most)
            shown = ", ".join(example[:4])
            evidence = f"{len(several):,} of {len(values):,} rows hold several values, up to {most:,}: {shown[:60]}"
            return Shape("list", evidence)
    return None


def _is_list(values: Sequence[str], split: list[list[str]], several: list[list[str]], separator: str) -> bool:
    if len({len(each) for each in split}) < 2:
        return False
    if sum(1 for each in several if _is_number(separator, each)) > _GROUPED * len(several):
        return False
    if sum(1 for each in values if _INNOCENT.search(each)) > 0.1 * len(values):
        return False
    if len(several) < _SEVERAL * len(values):
        return _standing_alone(split, several) >= _NEARLY_ALL
    return _standing_alone(split, several) >= _WHOLE or _reads_as_list(split, several)


def _reads_as_list(split: list[list[str]], several: list[list[str]]) -> bool:
    tokens = [one for each in several for one in each]
    words = sum(len(one.split()) for one in tokens) / len(tokens)
    alone = len(split) - len(several)
    varied = len({len(each) for each in several}) > (1 if alone >= _ALONE * len(split) else 2)  # else Last, First, Jr.
    anywhere = _ANYWHERE if words <= _WORDS else _FREELY
    mixed = words <= _MOST_WORDS and _in_any_order(several) >= anywhere
    return (varied and mixed and _come_again(split)) or (words <= _WORDS and _same_shape(split, several))


def _is_number(separator: str, tokens: list[str]) -> bool:
    text = separator.join(tokens)
    return bool(_DIGIT_GROUPS.fullmatch(text) or _THOUSANDS.search(text))


def _standing_alone(split: list[list[str]], several: list[list[str]]) -> float:
    """Return how much of what is listed in some rows is the whole value of others: of city, country only half is."""
    whole = {each[0] for each in split if len(each) == 1}
    listed = [one for each in several for one in each]
    return sum(1 for one in listed if one in whole) / len(listed)


def _come_again(split: list[list[str]]) -> bool:
    rows = Counter(one for each in split for one in set(each))
    mentions = sum(rows.values())
    return sum(count for count in rows.values() if count > 1) >= _AGAIN * mentions


def _in_any_order(several: list[list[str]]) -> float:
    """Return how much of what comes first in a row comes last in another one; a city never stands for a country."""
    first, last = {each[0] for each in several}, {each[-1] for each in several}
    return len(first & last) / min(len(first), len(last))


def _same_shape(split: list[list[str]], several: list[list[str]]) -> bool:
    alone = [each[0] for each in split if len(each) == 1]
    listed = [one for each in several for one in each]
    return any(_all(pattern, listed) and _all(pattern, alone) for _, pattern in _KINDS)


def _all(pattern: re.Pattern[str], tokens: list[str]) -> bool:
    return sum(1 for each in tokens if pattern.fullmatch(each)) >= 0.9 * len(tokens)
