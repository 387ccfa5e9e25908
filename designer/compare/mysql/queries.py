"""Queries of views as MariaDB and MySQL write them: tables before columns, stars spelled out."""

from __future__ import annotations

import re
from collections import Counter

from designer.compare.tokens import Tokens

_UNSAID = frozenset(
    {"as", "inner", "outer", "cross", "using", "asc", "all", "sql_no_cache", "sql_cache", "distinctrow"}
)
_REWRITTEN = frozenset({
    "date_add", "date_sub", "adddate", "subdate", "convert", "mod", "isnull", "position", "pow", "rlike", "ceil", "mid",
    "instr", "day", "dayofmonth", "char", "signed", "unsigned", "integer", "default", "select", "natural", "schema",
    "distinctrow", "for", "locate", "utf8", "utf8mb3", "not", "and", "or", "session_user", "system_user",
    "current_date", "current_time", "current_timestamp", "version",
})  # fmt: skip
"""Words that MariaDB writes another way in the query of a view: `date_add(a, …)` as `a + …`."""
_WRITTEN_OUT = (
    ("join", "from"), ("on", "using"), ("limit", "exists"), ("separator", "group_concat"), ("is", "isnull"),
    ("null", "isnull"), ("regexp", "rlike"), ("interval", "adddate"), ("interval", "subdate"), ("end", "case"),
)  # fmt: skip
"""(word, why): words that a server writes though nobody did, where another one stands."""
_ADDED = frozenset({"0", "1", "','"})
"""Constants that MariaDB adds: count(0), round(a, 0), the separator of group_concat."""
_PRINTED = re.compile(r"(?:with\b.*?)?\s*\(?select\s(?:(?!\bfrom\b).)*?\sAS\s`", re.DOTALL)  # in this very case
_RELATIONS = ("<", ">", "<=", ">=", "=", "<>", "<=>", "and", "or", "xor", "!")
_TURNED = {"<": ">=", ">": "<=", "<>": "=", "or": "and", "!": ""}


def is_printed(text: str) -> bool:
    """Say whether a server wrote the text of a query: names in quotes, each column with its own."""
    return _PRINTED.match(text) is not None


def same_words(written: Tokens, printed: Tokens) -> bool:
    """Say whether a server's text of a query is of this one: the same columns, names, constants and comparisons."""
    literals = [Counter(each for each in side if each.startswith("'") or each.isdigit()) for side in (written, printed)]
    lost, more = literals[0] - literals[1], literals[1] - literals[0]
    names, others = map(_names, (written, printed))
    spread = "natural" in written or any(
        each == "*" and written[at - 1] in ("select", ",", ".", "distinct") for at, each in enumerate(written)
    )
    written_out = {each for each, cause in _WRITTEN_OUT if cause in written}
    known = names | written_out | {each.strip("'").lower() for each in literals[0]}
    return (
        set(lost) <= _ADDED
        and set(more) <= _ADDED
        and names <= others
        and (spread or others <= known)
        and (spread or _same_outputs(written, printed))
        and _relations(written, printed) == _relations(printed, written)
        and _same_tests(written, printed)
    )


def _same_outputs(written: Tokens, printed: Tokens) -> bool:
    ours, theirs = _outputs(written), _outputs(printed)
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(one == two for one, two in pairs if one and two)


def _outputs(query: Tokens) -> list[str]:
    """Return what the columns of the first SELECT are called, empty for one whose name is not plain to see."""
    found: list[str] = []
    item: list[str] = []
    depth = 0
    for word in (*query[query.index("select") + 1 :], "from") if "select" in query else ():
        depth += (word == "(") - (word == ")")
        if depth > 0 or (word not in (",", "from") and depth == 0):
            item.append(word)
            continue
        found.append(_output(item))
        item = []
        if word != ",":
            break
    return found


def _output(item: list[str]) -> str:
    last = item[-1] if item else ""
    named = len(item) == 1 or (
        len(item) > 1 and (item[-2] in ("as", ".") or item[-2] == ")" or item[-2].isidentifier())
    )
    return last if named and last.isidentifier() and last not in ("end", "null") else ""


def _names(query: Tokens) -> set[str]:
    position = {"in"} if "position" in query or "locate" in query else set()
    return {each for each in query if each.isidentifier()} - _UNSAID - _REWRITTEN - position


def _relations(query: Tokens, other: Tokens) -> Counter[str]:
    """Return how often each comparison stands in a query, as far as the other one must have it as often.

    A server carries NOT inwards, and writes out what USING and NATURAL compare. Comparisons with 0 are counted apart.
    """
    found = [each for at, each in enumerate(query) if each in _RELATIONS and not _tests(query, at)]
    both = {*query, *other}
    if both & {"not", "!"}:
        found = [_TURNED.get(each, each) for each in found]
    if both & {"using", "natural"}:
        found = [each for each in found if each not in ("=", "and")]
    return Counter(each for each in found if each)


def _same_tests(written: Tokens, printed: Tokens) -> bool:
    """Say whether comparisons with 0 are those of a query: a server writes `a <> 0` for `a`, `a = 0` for `NOT a`."""
    ours, theirs = (Counter(each for at, each in enumerate(side) if _tests(side, at)) for side in (written, printed))
    negations = sum(each in ("not", "!") for each in written)
    if negations:
        return theirs.total() >= ours.total() and (theirs - ours)["="] <= negations
    return not ours - theirs and not (theirs - ours)["="]


def _tests(query: Tokens, at: int) -> bool:
    return query[at] in ("=", "<>") and query[at + 1 : at + 2] == ("0",)
