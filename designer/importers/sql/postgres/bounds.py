"""Bounds of partitions: whether the parent is partitioned at all, and whether two partitions overlap for sure."""

from __future__ import annotations

import re

from designer.importers.sql.postgres.drafts import Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.outcomes import Refused
from designer.importers.sql.postgres.pieces import Piece
from designer.schema import Partitioning

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d)?$")
_STRATEGY = {"r": "range", "l": "list", "h": "hash"}
Value = tuple[str, float | str]


def claim_bound(piece: Piece, parent: Relation, bound: Node) -> None:
    """Raise Refused where a server would not take this partition of `parent`."""
    partitioning = next(iter(parent.of(Partitioning)), None)
    index = piece.pos(bound.get("location", piece.base))
    if partitioning is None:
        raise Refused(f"{parent.name} is not partitioned", index)
    strategy = _STRATEGY.get(bound.get("strategy", ""), "")
    if not bound.get("is_default") and strategy != partitioning.fields["strategy"]:
        raise Refused(f"{parent.name} is partitioned by {partitioning.fields['strategy']}, not by {strategy}", index)
    taken: list[tuple[str, tuple[Value, ...]]] = partitioning.fields.setdefault("bounds", [])
    mine = _comparable(bound)
    for kind, other in taken:
        if kind == mine[0] and _overlap(kind, mine[1], other):
            raise Refused(f"the partition would overlap another one of {parent.name}", index)
    taken.append(mine)


def _comparable(bound: Node) -> tuple[str, tuple[Value, ...]]:
    """Return a bound as (kind, values); the kind is empty where nothing certain can be said about it."""
    if bound.get("is_default"):
        return "default", ()
    strategy = bound.get("strategy", "")
    if strategy == "l":
        return "list", tuple(_value(each) for each in bound.get("listdatums", ()))
    if strategy == "r" and len(bound.get("lowerdatums", ())) == 1:
        low, high = _value(bound["lowerdatums"][0]), _value(bound["upperdatums"][0])
        if low[0] == high[0] and low[0] in ("number", "date"):
            return f"range of {low[0]}s", (low, high)
    if strategy == "h":
        return "hash", (("number", bound.get("modulus", 0)), ("number", bound.get("remainder", 0)))
    return "", ()


def _value(node: Node) -> Value:
    constant = node.get("A_Const", {})
    if "ival" in constant:
        return "number", float(constant["ival"].get("ival", 0))
    if "sval" in constant:
        text = constant["sval"].get("sval", "")
        return ("date" if _DATE.match(text) else "text"), text
    return "other", repr(node)


def _overlap(kind: str, one: tuple[Value, ...], two: tuple[Value, ...]) -> bool:
    if kind == "default":
        return True
    if kind == "list":
        return any(each in two and each[0] != "other" for each in one)
    if kind == "hash":
        return one == two
    if kind.startswith("range"):
        return one[0][1] < two[1][1] and two[0][1] < one[1][1]  # type: ignore[operator]
    return False
