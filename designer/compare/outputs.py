"""What the columns of a query are called in MySQL, MariaDB and SQLite, read from its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from designer.compare.tokens import Word, words

Names = tuple[str, ...]
Relations = Callable[[Names], Names | None]
"""Gives the columns of a relation by its path; None where it is not known."""
_BEFORE_LIST = frozenset({
    "distinct", "all", "distinctrow", "straight_join", "high_priority", "sql_small_result", "sql_big_result",
    "sql_buffer_result", "sql_no_cache", "sql_cache", "sql_calc_found_rows",
})  # fmt: skip
_AFTER_LIST = frozenset({"from", "where", "group", "order", "limit", "union", "intersect", "except", "having", "into"})
_AFTER_FROM = (_AFTER_LIST - {"from"}) | {"window", "for", "procedure"}
_NO_NAMES = frozenset({
    "end", "null", "true", "false", "is", "not", "and", "or", "xor", "like", "in", "between", "collate", "div", "mod",
    "then", "else", "when", "case", "escape", "regexp", "rlike", "glob", "match", "interval", "isnull", "notnull",
})  # fmt: skip
_VALUES = frozenset({"end", "null", "true", "false"})
"""Words that end an expression, so that a word behind them is an alias."""
_JOINS = frozenset({"join", "left", "right", "inner", "outer", "cross", "natural", "full", "straight_join"})
_NO_RELATION = _JOINS | {"select"}


@dataclass(slots=True)
class _Source:
    alias: str
    columns: Names | None


def output_names(query: str, relations: Relations, *, mysql: bool) -> Names | None:
    """Return what the columns of a query are called, empty for one without a name; None where a star hides them."""
    said = list(words(query, mysql))
    start = _first_select(said)
    if start is None:
        return None
    items, rest = _items(said, start)
    sources = list(_sources(rest, relations))
    merged = any(each.plain in ("using", "natural") for each in rest) and len(sources) > 1
    found: list[str] = []
    for item in items:
        spread = _spread(item, sources, merged=merged) if item and item[-1].text == "*" else (_name(item),)
        if spread is None:
            return None
        found += spread
    return tuple(found)


def _first_select(said: list[Word]) -> int | None:
    """Return where the SELECT stands that names the columns: the first one that is in the fewest parentheses."""
    places = [(each.depth, at) for at, each in enumerate(said) if each.plain == "select"]
    return min(places)[1] if places else None


def _items(said: list[Word], start: int) -> tuple[list[list[Word]], list[Word]]:
    """Return the items of a select list, and what stands from FROM on."""
    depth = said[start].depth
    items: list[list[Word]] = [[]]
    for at in range(start + 1, len(said)):
        word = said[at]
        if word.depth < depth or (word.depth == depth and word.plain in _AFTER_LIST and items[-1]):
            return items, said[at:]
        if word.depth == depth and word.text == ",":
            items.append([])
        elif items[-1] or word.plain not in _BEFORE_LIST:
            items[-1].append(word)
    return items, []


def _name(item: list[Word]) -> str:
    """Return the name that an item gives to its column; empty where it is an expression without one."""
    last, before = item[-1] if item else None, item[-2] if len(item) > 1 else None
    if last is None or not last.is_name or last.plain in _NO_NAMES:
        return ""
    if before is None or before.text in (".", ")") or before.is_literal or before.plain in _VALUES:
        return last.name
    return last.name if before.is_name and before.plain not in _NO_NAMES else ""


def _spread(item: list[Word], sources: list[_Source], *, merged: bool) -> Names | None:
    """Return the columns that a star stands for."""
    owner = item[-3].name.lower() if len(item) > 2 and item[-2].text == "." else ""
    meant = [each for each in sources if not owner or each.alias.lower() == owner]
    if not meant or any(each.columns is None for each in meant) or (merged and not owner):
        return None
    return tuple(column for each in meant for column in each.columns or ())


def _sources(rest: list[Word], relations: Relations) -> Iterator[_Source]:
    """Yield what stands behind FROM, as far as it is a relation with a name."""
    if not rest or rest[0].plain != "from":
        return
    depth = rest[0].depth
    at = 1
    awaited = True
    while at < len(rest) and not _ends(rest[at], depth):
        word = rest[at]
        if awaited and word.is_name and word.plain not in _NO_RELATION:
            path, at = _path(rest, at)
            yield _Source(_alias(rest, at + 1) or path[-1], relations(path))
            awaited = False
        elif awaited and word.plain == "select":
            yield _Source("", None)
            awaited = False
        awaited |= word.depth == depth and (word.text == "," or word.plain in ("join", "straight_join"))
        at += 1


def _ends(word: Word, depth: int) -> bool:
    return word.depth < depth or (word.depth == depth and word.plain in _AFTER_FROM)


def _path(rest: list[Word], at: int) -> tuple[Names, int]:
    """Return the name that begins at a word, and where its last word is."""
    path = [rest[at].name]
    while at + 2 < len(rest) and rest[at + 1].text == ".":
        at += 2
        path.append(rest[at].name)
    return tuple(path), at


def _alias(rest: list[Word], at: int) -> str:
    at += at < len(rest) and rest[at].plain == "as"
    word = rest[at] if at < len(rest) else None
    stops = _JOINS | _AFTER_FROM | {"on", "using", "use", "force", "ignore", "partition", "indexed", "not"}
    return word.name if word and word.is_name and word.plain not in stops else ""
