"""The words of a name that people gave, in any script, and how a database writes words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)", re.IGNORECASE)
_CONTRACTED = re.compile(r"(?<=\w)['’](?=(?:t|re|ll|ve|d|m)\b)", re.IGNORECASE)
_SAID = {
    "%": "percent", "&": "and", "#": "number", "€": "euro", "$": "dollar", "£": "pound", "¥": "yen", "@": "at",
    "+": "plus", "²": "squared", "³": "cubed", "°": "degree", "‰": "per mille",
}  # fmt: skip
"""Signs that people say as a word."""
_ONE_WORD = frozenset(
    {"phd", "ebay", "youtube", "github", "gitlab", "linkedin", "paypal", "javascript", "graphql", "mysql"}
)
_PLAIN = re.compile(r"[A-Za-z]?[a-z0-9]*(?:[ _][A-Za-z]?[a-z0-9]*)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SPELLED_OUT = 3
_LETTER, _MARK, _DIGIT = "L", "M", "N"


@lru_cache(maxsize=100_000)
def words_in(name: str) -> tuple[str, ...]:
    """Return the words of a name, in lower case and never none: `unitPrice (EUR)` -> `unit`, `price`, `eur`.

    Letters of all scripts count, with their marks; `%` and its like are said as words; a name of nothing but signs is
    spelled out: `😀` -> `grinning`, `face`.
    """
    if _PLAIN.fullmatch(name):  # as nearly all are; what follows gives the same for them
        return tuple(_ASCII_WORD.findall(name.lower())) or _spelled_out(name)
    text = unicodedata.normalize("NFC", _CONTRACTED.sub("", _POSSESSIVE.sub("", name)))
    runs = _runs(text)
    words = [word for run in runs for word in _humps(run)]
    return tuple(words) or _spelled_out(text)


def _runs(text: str) -> list[str]:
    """Cut a text where something else than letters, marks and digits stands; signs that are said become runs."""
    runs, run, said = [], "", ""
    for letter in text:
        word = _SAID.get(letter, "")
        if not word and _belongs(letter, run):
            run += letter
            said = ""
            continue
        if run:
            runs.append(run)
            run = ""
        if word and word != said:
            runs += word.split()
        said = word or said
    return [*runs, run] if run else runs


def _belongs(letter: str, run: str) -> bool:
    kind = unicodedata.category(letter)[0]
    if kind == _MARK:
        return bool(run) and ord(letter) < 0xFE00  # variation selectors only say how to draw
    return kind in (_LETTER, _DIGIT)


def _humps(run: str) -> list[str]:
    """Cut `unitPriceEUR` and `HTTPServer` where a person hears another word."""
    if run.lower() in _ONE_WORD or (not run.isascii() and run.lower() == run):
        return [run.lower()]
    words, start = [], 0
    for at in range(1, len(run)):
        if _starts(run, at) and not (at == 1 and run[0].islower()):
            words.append(run[start:at])
            start = at
    return [word.lower() for word in (*words, run[start:])]


def _starts(run: str, at: int) -> bool:
    if not run[at].isupper():
        return False
    if run[at - 1].islower() or (run[at - 1].isdigit() and at > 1 and run[at - 2].islower()):
        return True
    following = run[at + 1 : at + 3]
    return run[at - 1].isupper() and following[:1].islower() and following != "s" and run[at + 1 :] != "s"


def _spelled_out(text: str) -> tuple[str, ...]:
    signs = [letter for letter in text if not letter.isspace() and ord(letter) not in range(0xFE00, 0xFE10)]
    signs = [letter for letter in signs if unicodedata.category(letter) != "Cf"] or signs
    words = []
    for letter in signs[:_SPELLED_OUT]:
        called = unicodedata.name(letter, "") or f"u{ord(letter):04x}"
        words += re.findall(r"[a-z0-9]+", called.lower())
    return tuple(words) or ("unnamed",)


def said_without(words: Sequence[str], refused: re.Pattern[str] | None) -> tuple[str, ...]:
    """Return words without the letters that a database refuses; a word of nothing else is spelled out."""
    if refused is None or not any(map(refused.search, words)):
        return tuple(words)
    kept: list[str] = []
    for word in words:
        left = "".join(letter for letter in word if not refused.search(letter))
        kept += [left] if left else _spelled_out(word)
    return tuple(kept)


def cased(words: Sequence[str], case: str) -> str:
    """Return words as a name: snake, camel, pascal or upper."""
    if case == "snake":
        return "_".join(words)
    if case == "upper":
        return "_".join(words).upper()
    humps = [_capital(word) for word in words]
    if case == "camel":
        humps[:1] = words[:1]
    return _beside(humps)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _beside(humps: Sequence[str]) -> str:
    """Join, with `_` between two digits: `line 2`, `3` is not `line 23`."""
    joined = ""
    for hump in humps:
        between = "_" if joined[-1:].isdigit() and hump[:1].isdigit() else ""
        joined += between + hump
    return joined
