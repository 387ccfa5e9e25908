"""Checks of a simple form, and what they ask of the values of columns.

A comparison with a constant, IN, BETWEEN, LIKE, a length, a regular expression that a common word matches, one column
less than another; joined by AND, and of OR the first side. Whatever else a check says is left to luck.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping

from designer.proof.rows.values import Wish

_CAST = re.compile(
    r'\s*::\s*(?:"[^"]+"|[a-z_][\w.]*)(?:\s+(?:varying|precision|with(?:out)?\s+time\s+zone))?'
    r"(?:\s*\([\d, ]+\))?(?:\s*\[\s*\])*",
    re.IGNORECASE,
)
_LITERAL = r"(?:[+-]?\d+(?:\.\d+)?|N?'(?:[^']|'')*'|true|false)"
_COLUMN = r"\x01(\d+)\x02"
_ALONE = re.compile(rf"(?<![\w\"])\(\s*({_COLUMN}|{_LITERAL})\s*\)", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bBETWEEN\s+({_LITERAL})\s+AND\s+({_LITERAL})", re.IGNORECASE)
_IS_NULL = re.compile(r"\bIS\s+NULL\s*\)*\s*\Z", re.IGNORECASE)
_LENGTH = r"(?:length|char_length|character_length|octet_length|len)"
_COMPARED = r"(<=|>=|<>|!=|==|=|<|>)"
_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "space": r"\s",
    "xdigit": "0-9a-fA-F",
}
_SLOW = re.compile(r"[+*}?]\)[+*{]")
"""A repeated repetition, on which matching may take for ever."""
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_PATTERNS = tuple(
    (re.compile(rf"{pattern}\Z", re.IGNORECASE | re.DOTALL), name)
    for pattern, name in (
        (rf"{_COLUMN}\s*{_COMPARED}\s*({_LITERAL})", "compared"),
        (rf"({_LITERAL})\s*{_COMPARED}\s*{_COLUMN}", "flipped"),
        (rf"{_COLUMN}\s+BETWEEN\s+({_LITERAL})\s*\x03\s*({_LITERAL})", "between"),
        (rf"{_COLUMN}\s+IN\s*\(\s*(.*)\)", "listed"),
        (rf"{_COLUMN}\s*=\s*ANY\s*\(\s*\(?\s*ARRAY\s*\[(.*)\]\s*\)?\s*\)", "listed"),
        (rf"{_LENGTH}\s*\(\s*(?:(?:btrim|trim)\s*\(\s*)?{_COLUMN}\s*\)*\s*{_COMPARED}\s*(\d+)", "long"),
        (rf"{_LENGTH}\s*\(\s*{_COLUMN}\s*\)\s*BETWEEN\s+(\d+)\s*\x03\s*(\d+)", "long between"),
        (rf"{_COLUMN}\s+(?:I?LIKE|~~\*?)\s*('(?:[^']|'')*')", "like"),
        (rf"{_COLUMN}\s+(?:~\*?|REGEXP|RLIKE)\s*('(?:[^']|'')*')", "matches"),
        (rf"{_COLUMN}\s+IS\s+NULL", "null"),
        (rf"{_COLUMN}\s*(<=|>=|<|>)\s*{_COLUMN}", "ordered"),
        (rf"json_valid\s*\(\s*{_COLUMN}\s*\)", "json"),
        (_COLUMN, "true"),
        (rf"NOT\s+{_COLUMN}", "false"),
    )
)


def wish_for(text: str, names: Mapping[str, int], wishes: list[Wish]) -> None:
    """Add what a condition asks for to the wishes. `names` tells which wish a column's name stands for."""
    for piece in _conjuncts(_prepared(text, names)):
        _solve(piece, wishes)


def _prepared(text: str, names: Mapping[str, int]) -> str:
    """Return a condition with marks in place of columns, without casts and parentheses round single operands."""

    def mark(found: re.Match[str]) -> str:
        if found[0].startswith("'"):
            return found[0]
        number = names.get(found[0].strip('"`[]').lower())
        return found[0] if number is None else f"\x01{number}\x02"

    text = re.sub(
        r"'(?:[^']|'')*'|\"[^\"]+\"|`[^`]+`|\[[a-z_]\w*\]|[a-z_][\w$]*(?!\s*\()", mark, text, flags=re.IGNORECASE
    )
    text = _CAST.sub("", text)
    before = ""
    while before != text:
        before, text = text, _ALONE.sub(r"\1", text)
    return _BETWEEN.sub("BETWEEN \\1 \x03 \\2", text)


def _conjuncts(text: str) -> Iterator[str]:
    """Yield the parts of a condition that all have to hold: of several ways, the first with a value."""
    text = _bare(text)
    ways = _split(text, "OR")
    if len(ways) > 1:
        yield from _conjuncts(next((each for each in ways if not _IS_NULL.search(each)), ways[0]))
        return
    parts = _split(text, "AND")
    if len(parts) == 1:
        yield text
        return
    for part in parts:
        yield from _conjuncts(part)


def _bare(text: str) -> str:
    """Return a text without parentheses round all of it."""
    text = text.strip()
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closing(text: str) -> int:
    depth, quoted = 0, False
    for at, letter in enumerate(text):
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if depth == 0:
            return at
    return -1


def _split(text: str, word: str) -> list[str]:
    """Return what stands between a word, outside of parentheses and strings."""
    pieces, depth, last, quoted = [], 0, 0, False
    for found in re.finditer(rf"'|\(|\)|\b{word}\b", text, re.IGNORECASE):
        if found[0] == "'":
            quoted = not quoted
        elif not quoted and found[0] in "()":
            depth += 1 if found[0] == "(" else -1
        elif not quoted and depth == 0:
            pieces.append(text[last : found.start()])
            last = found.end()
    return [*pieces, text[last:]]


def _solve(piece: str, wishes: list[Wish]) -> None:
    for pattern, name in _PATTERNS:
        found = pattern.match(piece)
        if found:
            _grant(name, found, wishes)
            return


def _grant(name: str, found: re.Match[str], wishes: list[Wish]) -> None:
    if name == "flipped":
        _compare(wishes[int(found[3])], _FLIPPED.get(found[2], found[2]), found[1])
    elif name == "ordered":
        low, high = (1, 3) if found[2].startswith("<") else (3, 1)
        wishes[int(found[high])].later = max(wishes[int(found[high])].later, wishes[int(found[low])].later + 1)
    else:
        _grant_one(name, found, wishes[int(found[1])])


def _grant_one(name: str, found: re.Match[str], wish: Wish) -> None:
    if name == "compared":
        _compare(wish, found[2], found[3])
    elif name == "between":
        _compare(wish, ">=", found[2])
        _compare(wish, "<=", found[3])
    elif name == "listed":
        _choose(wish, re.findall(_LITERAL, found[2], re.IGNORECASE))
    elif name == "long":
        _measure(wish, found[2], int(found[3]))
    elif name == "long between":
        wish.shortest, wish.longest = int(found[2]), int(found[3])
    elif name == "like":
        wish.like = found[2][1:-1].replace("''", "'")
    elif name == "matches":
        _choose(wish, list(matching(found[2][1:-1].replace("''", "'"))))
    elif name == "json":
        _choose(wish, [f"'{{\"n\": {number}}}'" for number in range(1, 10)])
    elif name == "null":
        wish.null = True
    else:
        _choose(wish, [name])


def _compare(wish: Wish, sign: str, literal: str) -> None:
    if sign in ("=", "=="):
        _choose(wish, [literal])
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", literal):
        return
    number = float(literal)
    if sign in (">", ">="):
        number += sign == ">"
        wish.least = number if wish.least is None else max(wish.least, number)
    elif sign in ("<", "<="):
        number -= sign == "<"
        wish.most = number if wish.most is None else min(wish.most, number)


def _choose(wish: Wish, literals: list[str]) -> None:
    """Keep the literals that earlier conditions allow as well."""
    wish.allowed = [each for each in literals if each in wish.allowed] if wish.allowed else literals


def _measure(wish: Wish, sign: str, length: int) -> None:
    if sign in (">", ">=", "=", "=="):
        wish.shortest = max(wish.shortest, length + (sign == ">"))
    if sign in ("<", "<=", "=", "=="):
        wish.longest = min(length - (sign == "<"), length if wish.longest is None else wish.longest)
    if sign in ("<>", "!=") and length == 0:
        wish.shortest = max(wish.shortest, 1)


def matching(pattern: str) -> Iterator[str]:
    """Yield literals of common words that a regular expression matches."""
    for name, letters in _CLASSES.items():
        pattern = pattern.replace(f"[:{name}:]", letters)
    if _SLOW.search(pattern):
        return
    try:
        with warnings.catch_warnings(action="ignore"):
            compiled = re.compile(pattern)
    except re.error:
        return
    for number in range(1, 10):
        letter = chr(ord("a") + number)
        words = (
            f"w{number}", f"{number}", letter, letter.upper(), letter * 2, letter.upper() * 2, letter.upper() * 3,
            f"w{number}@example.org", f"#{number}{number}aa00", f"https://example.org/{number}", f"+4930123{number}",
            f"{number:04d}", f"{number:032x}", f"{number:040x}", f"{number:064x}", f"2020-01-0{number}",
            f"0{number}:00", f"W{number}", f"/{letter}", f"1.0.{number}",
        )  # fmt: skip
        yield from (f"'{word}'" for word in words if compiled.search(word))
