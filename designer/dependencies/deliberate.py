"""What people said is deliberate: a copy that somebody marked with its reason is nothing that anybody should mend."""

from __future__ import annotations

from collections.abc import Iterable

from designer.schema import Design, Deviation, Id

FORMS = frozenset({"json_document", "repeating_group", "materialized_view", "other"})
"""Kinds that explain several values in one column."""
COPIES = frozenset({
    "counter_cache", "derived_column", "repeated_column", "snapshot_copy", "materialized_view", "merged_tables",
    "split_table", "other",
})  # fmt: skip
"""Kinds that explain a fact that depends on something else than the key."""


def marked(design: Design, owner: Id, columns: Iterable[Id], kinds: frozenset[str]) -> frozenset[Id]:
    """Return which columns of a table somebody marked so; all of them where it was said of the table itself."""
    found = tuple(columns)
    if _reason(design, owner, kinds):
        return frozenset(found)
    return frozenset(each for each in found if _reason(design, each, kinds))


def why(design: Design, owner: Id, columns: Iterable[Id], kinds: frozenset[str]) -> str:
    """Return why it is meant that these columns repeat something, or nothing unless that was said of each of them."""
    said = _reason(design, owner, kinds)
    if said:
        return said
    reasons = [_reason(design, each, kinds) for each in columns]
    return "; ".join(dict.fromkeys(reasons)) if reasons and all(reasons) else ""


def _reason(design: Design, element: Id, kinds: frozenset[str]) -> str:
    for each in design.of(Deviation, element):
        if each.deviation in kinds:
            reason = each.reason.strip().rstrip(".")
            return f"it is a deliberate {_words(each.deviation)}" + (f": {reason}" if reason else "")
    return ""


def _words(kind: str) -> str:
    return kind.replace("_", " ").replace("json", "JSON").replace("other", "deviation")
