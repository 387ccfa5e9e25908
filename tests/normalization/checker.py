"""An independent checker of certificates: it imports nothing of the program, and knows JSON and the rules only.

`judge(relation, certificate)` takes a relation and a certificate as `wholekey normalize` reads and writes them, and
raises Wrong with a sentence where the certificate does not prove what it says. A certificate is believed line by
line: nothing is searched for here, so a wrong proof cannot be mended by luck.
"""

from __future__ import annotations

from itertools import product
from typing import Any

Names = frozenset[str]
Line = tuple[Names, Names, bool]  # left, right, multivalued
Row = list[int]


class Wrong(AssertionError):
    """A certificate that proves nothing."""


def need(holds: bool, why: str) -> None:
    if not holds:
        raise Wrong(why)


class Stated:
    """A relation with its dependencies as sets of names."""

    def __init__(self, relation: dict[str, Any]):
        self.columns = list(relation["attributes"])
        self.every = frozenset(self.columns)
        self.fds = [(frozenset(left), frozenset(right)) for left, right in relation.get("fds", [])]
        self.mvds = [(frozenset(left), frozenset(right)) for left, right in relation.get("mvds", [])]
        self.jds = [[frozenset(part) for part in each] for each in relation.get("jds", [])]

    def agree(self, one: Row, other: Row) -> Names:
        return frozenset(name for name, a, b in zip(self.columns, one, other, strict=True) if a == b)

    def satisfied(self, rows: list[Row]) -> None:
        """Need that rows satisfy all functional, multivalued and join dependencies."""
        for one, other in product(rows, rows):
            same = self.agree(one, other)
            for left, right in self.fds:
                need(not left <= same or right <= same, f"rows break {sorted(left)} -> {sorted(right)}")
        have = {tuple(row) for row in rows}
        for parts in [*([x | y, x | (self.every - y)] for x, y in self.mvds), *self.jds]:
            need(self.joined(rows, parts) <= have, f"rows break the join of {[sorted(part) for part in parts]}")

    def joined(self, rows: list[Row], parts: list[Names]) -> set[tuple[int | None, ...]]:
        found: set[tuple[int | None, ...]] = {(None,) * len(self.columns)}
        for part in parts:
            shown = {tuple(v if n in part else None for n, v in zip(self.columns, row, strict=True)) for row in rows}
            found = {both for one in found for other in shown if (both := _merged(one, other)) is not None}
        return found


def _merged(one: tuple, other: tuple) -> tuple | None:
    pairs = list(zip(one, other, strict=True))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return None
    return tuple(b if a is None else a for a, b in pairs)


def judge(relation: dict[str, Any], certificate: dict[str, Any]) -> None:
    """Raise Wrong where a certificate does not prove what it says about a relation."""
    KINDS[certificate["kind"]](Stated(relation), certificate)


def _line(data: dict[str, Any]) -> Line:
    left, right = data["dependency"]
    return frozenset(left), frozenset(right), data["multivalued"]


def derivation(stated: Stated, certificate: dict[str, Any]) -> None:
    """Each step follows from earlier ones by its rule, and the last one is what was to be shown."""
    lines: list[Line] = []
    for step in certificate["steps"]:
        need(all(0 <= number < len(lines) for number in step["of"]), "a step uses a later one")
        _follows(stated, step, [lines[number] for number in step["of"]])
        lines.append(_line(step))
    need(bool(lines) and lines[-1] == _line(certificate), "the last step is another dependency")
    many = len(stated.fds)
    used = [each["given"] + many * each["multivalued"] for each in certificate["steps"] if each["rule"] == "given"]
    need(set(used) == set(certificate["walk"]), "the walk is not what the steps use")


def _follows(stated: Stated, step: dict[str, Any], of: list[Line]) -> None:
    left, right, many = _line(step)
    rule = step["rule"]
    if rule == "given":
        listed = stated.mvds if many else stated.fds
        holds = not of and 0 <= step["given"] < len(listed) and listed[step["given"]] == (left, right)
    elif many:
        holds = RULES_OF_MANY.get(rule, _never)(stated.every, left, right, of)
    else:
        holds = RULES.get(rule, _never)(left, right, of)
    need(holds, f"{rule} does not give {sorted(left)} {'->>' if many else '->'} {sorted(right)}")


def _never(*_: object) -> bool:
    return False


def _augments(left: Names, right: Names, of: list[Line]) -> bool:
    """W x -> V y from x -> y where V lies within W."""
    ((x, y, _),) = of
    return x <= left and y <= right and right - y <= left


def _augments_one(left: Names, right: Names, of: list[Line]) -> bool:
    """W x -> W y from x -> y: the same columns are added on both sides."""
    ((x, y, many),) = of
    added = (left - x) | (right - y)
    return not many and x <= left and y <= right and added <= left & right


def _unites(left: Names, right: Names, of: list[Line]) -> bool:
    (x, y, many), (v, w, also) = of
    return not many and not also and x == v == left and y | w == right


def _coalesces(left: Names, right: Names, of: list[Line]) -> bool:
    """x -> z from x ->> y and w -> z, where z lies within y, and w and y have nothing in common."""
    (x, y, many), (w, z, also) = of
    return many and not also and x == left and z == right and z <= y and not w & y


RULES = {
    "reflexivity": lambda left, right, of: not of and right <= left,
    "augmentation": _augments_one,
    "transitivity": lambda left, right, of: (
        len(of) == 2
        and not of[0][2]
        and not of[1][2]
        and of[0][0] == left
        and of[0][1] == of[1][0]
        and of[1][1] == right
    ),
    "union": _unites,
    "decomposition": lambda left, right, of: len(of) == 1 and not of[0][2] and of[0][0] == left and right <= of[0][1],
    "coalescence": _coalesces,
}


def _transits_many(every: Names, left: Names, right: Names, of: list[Line]) -> bool:
    (x, y, one), (v, z, other) = of
    return one and other and x == left and y == v and right == z - y


def _decomposes_many(every: Names, left: Names, right: Names, of: list[Line]) -> bool:
    (x, y, one), (v, z, other) = of
    return one and other and x == v == left and right in (y & z, y - z, z - y)


def _complements(every: Names, left: Names, right: Names, of: list[Line]) -> bool:
    """x ->> z from x ->> y, where y and z are everything but x, and share columns of x at most."""
    ((x, y, many),) = of
    return many and x == left and x | y | right == every and y & right <= x


RULES_OF_MANY = {
    "replication": lambda every, left, right, of: len(of) == 1 and of[0] == (left, right, False),
    "complementation": _complements,
    "augmentation": lambda every, left, right, of: of[0][2] and _augments(left, right, of),
    "transitivity": _transits_many,
    "union": lambda every, left, right, of: (
        of[0][2] and of[1][2] and of[0][0] == of[1][0] == left and of[0][1] | of[1][1] == right
    ),
    "decomposition": _decomposes_many,
}


def two_rows(stated: Stated, certificate: dict[str, Any]) -> None:
    """The rows satisfy everything stated and break the dependency."""
    left, right, many = _line(certificate)
    rows = certificate["rows"]
    need(len(rows) == 2, "there are not two rows")
    same = stated.agree(*rows)
    need(same == frozenset(certificate["agree"]), "the rows agree elsewhere")
    Stated.satisfied(_without_joins(stated), rows)
    rest = stated.every - left - right
    need(left <= same and not right <= same and not (many and rest <= same), "the rows do not break it")


def _without_joins(stated: Stated) -> Stated:
    plain = Stated({"attributes": stated.columns})
    plain.fds, plain.mvds = stated.fds, stated.mvds
    return plain


def key(stated: Stated, certificate: dict[str, Any]) -> None:
    """The key determines everything, and no part of it does."""
    columns = frozenset(certificate["key"])
    shown = certificate["determines"]
    need(shown["kind"] == "derivation" and _line(shown) == (columns, stated.every, False), "another thing is derived")
    derivation(stated, shown)
    parts = set()
    for each in certificate["minimal"]:
        need(each["kind"] == "two rows" and _line(each)[1] == stated.every, "another thing is refuted")
        two_rows(stated, each)
        parts.add(_line(each)[0])
    each_left_out = {columns - {name} for name in columns}
    missing = certificate.get("minimal_left_out", 0)  # said openly, of very wide keys
    need(parts <= each_left_out and len(parts) + missing == len(columns), "not each column of the key is needed")


def violation(stated: Stated, certificate: dict[str, Any]) -> None:
    """The dependency holds, is not trivial, and its left side is no superkey."""
    if "join" in certificate:
        need([frozenset(part) for part in certificate["join"]] in stated.jds, "this join is not stated")
        return
    left, right, many = _line(certificate)
    need(not right <= left and not (many and left | right == stated.every), "the dependency is trivial")
    need(_line(certificate["holds"]) == (left, right, many), "another thing is derived")
    derivation(stated, certificate["holds"])
    need(_line(certificate["no_superkey"]) == (left, stated.every, False), "another thing is refuted")
    two_rows(stated, certificate["no_superkey"])
    if certificate["reason"] == "partial":
        need(left < frozenset(certificate["key"]), "this is no part of a key")


def lossless(stated: Stated, certificate: dict[str, Any]) -> None:
    """Merges, or the steps of a chase, lead to everything."""
    schemas = [frozenset(part) for part in certificate["schemas"]]
    if certificate["chased"]:
        _chased(stated, schemas, certificate["chased"])
        return
    there = set(schemas)
    for each in certificate["merges"]:
        there.add(_merge(stated, there, each))
    need(stated.every in there, "the merges do not lead to all columns")


def _merge(stated: Stated, there: set[Names], merge: dict[str, Any]) -> Names:
    first, second = frozenset(merge["first"]), frozenset(merge["second"])
    common, determined = frozenset(merge["common"]), frozenset(merge["determined"])
    need(first in there and second in there and common == first & second, "a merge is of something else")
    need(determined in (first - second, second - first), "something else is determined")
    if merge["multivalued"]:
        blocks = _basis(stated, common)
        split = [block for block in blocks if block & (first - second) and block & (second - first)]
        need(not split, "the common columns do not multidetermine a side")
    else:
        need(determined <= _determined(stated, common), "the common columns do not determine a side")
    return first | second


def _determined(stated: Stated, columns: Names) -> Names:
    """Return the closure of a set of columns, under multivalued dependencies as well."""
    before: Names | None = None
    while columns != before:
        before = columns
        for left, right in stated.fds:
            columns = columns | right if left <= columns else columns
        rights = frozenset().union(*(right - left for left, right in stated.fds)) if stated.mvds else frozenset()
        single = [block for block in _split(stated, columns) if len(block) == 1 and block <= rights]
        columns = columns.union(*(block for block in single if _from_outside(stated, block)))
    return columns


def _from_outside(stated: Stated, block: Names) -> bool:
    return any(block <= right and not block & left for left, right in stated.fds)


def _split(stated: Stated, columns: Names) -> list[Names]:
    """Return the dependency basis of a set of columns, without those columns."""
    blocks = [stated.every - columns]
    rules = [*stated.mvds, *((left, frozenset({name})) for left, right in stated.fds for name in right)]
    changed = True
    while changed:
        changed = False
        for left, right in rules:
            for block in blocks:
                if not left & block and right & block and block - right:
                    blocks = [each for each in blocks if each != block] + [block & right, block - right]
                    changed = True
                    break
    return [block for block in blocks if block]


def _basis(stated: Stated, columns: Names) -> list[Names]:
    return _split(stated, columns)


def _chased(stated: Stated, schemas: list[Names], steps: list[dict[str, Any]]) -> None:
    rows = [[0 if name in part else at + 1 for name in stated.columns] for at, part in enumerate(schemas)]
    for step in steps:
        if "join" in step or step["multivalued"]:
            rows.append(_new_row(stated, step, [rows[number] for number in step["rows"]]))
        else:
            _equate(stated, step, rows)
    need(any(not any(row) for row in rows), "no row is whole in the end")


def _equate(stated: Stated, step: dict[str, Any], rows: list[Row]) -> None:
    left, right, _ = _line(step)
    need(any(left == x and right <= y for x, y in stated.fds), "this dependency is not stated")
    one, other = (rows[number] for number in step["rows"])
    need(left <= stated.agree(one, other), "the rows do not agree on the left side")
    for at, name in enumerate(stated.columns):
        if name in right:
            low, high = sorted((one[at], other[at]))
            for row in rows:
                row[at] = low if row[at] == high else row[at]


def _new_row(stated: Stated, step: dict[str, Any], of: list[Row]) -> Row:
    if "join" in step:
        parts = [frozenset(part) for part in step["join"]]
        need(parts in stated.jds, "this join is not stated")
    else:
        left, right, _ = _line(step)
        need((left, right) in stated.mvds, "this dependency is not stated")
        parts = [left | right, left | (stated.every - right)]
    need(len(parts) == len(of), "there is not one row a part")
    shown = [
        tuple(value if name in part else None for name, value in zip(stated.columns, row, strict=True))
        for part, row in zip(parts, of, strict=True)
    ]
    found: tuple | None = (None,) * len(stated.columns)
    for each in shown:
        found = _merged(found, each) if found is not None else None
    need(found is not None, "the rows do not join")
    return list(found or ())


def lossy(stated: Stated, certificate: dict[str, Any]) -> None:
    """The rows satisfy everything, and their projections join to one that is not among them."""
    rows = certificate["rows"]
    stated.satisfied(rows)
    parts = [frozenset(part) for part in certificate["schemas"]]
    need(certificate["spurious"] not in rows, "the row too many is none")
    need(tuple(certificate["spurious"]) in stated.joined(rows, parts), "the row too many does not come back")


def lost(stated: Stated, certificate: dict[str, Any]) -> None:
    """Each part of the rows satisfies all that holds within its part, and the rows break the dependency."""
    left, right, _ = _line(certificate)
    need(len(certificate["rows"]) == 2, "there are not two rows")
    same = stated.agree(*certificate["rows"])
    need(left <= same and not right <= same, "the rows do not break it")
    for part in certificate["schemas"]:
        known = _determined(stated, same & frozenset(part))
        need(known & frozenset(part) <= same, f"{sorted(part)} sees that something is wrong")


def armstrong(stated: Stated, certificate: dict[str, Any]) -> None:
    """The rows satisfy everything; and for each set of columns, some rows agree on its closure and nothing more."""
    rows = certificate["rows"]
    stated.satisfied(rows)
    agreed = {stated.agree(one, other) for at, one in enumerate(rows) for other in rows[:at]}
    small = len(stated.columns) <= 7
    sets = _subsets(stated.columns) if small else [left for left, _ in stated.fds]
    for each in sets:
        common = stated.every.intersection(*(same for same in agreed if each <= same))
        need(common == _determined(stated, each), f"the rows say more about {sorted(each)} than was stated")


def _subsets(columns: list[str]) -> list[Names]:
    return [
        frozenset(name for name, taken in zip(columns, each, strict=True) if taken)
        for each in product((False, True), repeat=len(columns))
    ]


def undecided(stated: Stated, certificate: dict[str, Any]) -> None:
    """Nothing is claimed."""
    need(bool(certificate["why"]), "it does not say why")


def all_keys(relation: dict[str, Any], keys: list[list[str]]) -> None:
    """Raise Wrong unless these are all keys (Lucchesi and Osborn 1978): no stated dependency leads to another one."""
    stated = Stated(relation)
    found = [frozenset(each) for each in keys]
    need(bool(found), "there is no key")
    for each in found:
        need(_determined(stated, each) == stated.every, "this is no key")
        for left, right in stated.fds:
            superkey = left | (each - right)
            need(any(other <= superkey for other in found), f"{sorted(superkey)} holds a key that is missing")


KINDS = {
    "derivation": derivation,
    "two rows": two_rows,
    "key": key,
    "violation": violation,
    "lossless": lossless,
    "lossy": lossy,
    "lost": lost,
    "armstrong": armstrong,
    "undecided": undecided,
}
