"""What a change brings in: the findings that were not there before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from designer.change import Change, diff
from designer.lint.contract import Finding, Rule
from designer.lint.registry import all_rules
from designer.lint.run import findings
from designer.schema import Design, Deviation, Id, Table

OF_ONE_TABLE = frozenset({"WK101", "WK102", "WK106", "WK205", "WK303", "WK501", "WK502", "WK503", "WK504"})
"""Rules whose findings follow from one table alone, so that only tables that differ have to be looked at."""


def introduced(before: Design, after: Design) -> list[Finding]:
    """Return the findings of `after` that `before` has not, by rule and record; what was there is nobody's fault now.

    The cost grows with the number of records for rules about a whole model, with the change for those about one table.
    """
    change = diff(before, after)
    if not change:
        return []
    some, tables = _split(change, before, after)
    known: Counter[tuple[str, Id]] = Counter()
    fresh: list[Finding] = []
    for rules, only in ((some, tables), (_others(some), None)):
        found = findings(after, rules=rules, tables=only)
        codes = {each.code for each in found}
        fired = [each for each in rules if each.code in codes]  # what finds nothing now has nothing to be compared with
        known.update(map(_signature, findings(before, rules=fired, tables=only) if fired else ()))
        fresh += found
    return sorted(_unknown(fresh, known), key=lambda each: (each.severity != "error", each.severity == "info"))


def _unknown(found: Iterable[Finding], known: Counter[tuple[str, Id]]) -> Iterable[Finding]:
    for each in found:
        if known[_signature(each)] > 0:
            known[_signature(each)] -= 1
        else:
            yield each


def _signature(finding: Finding) -> tuple[str, Id]:
    return finding.code, finding.about


def _split(change: Change, before: Design, after: Design) -> tuple[list[Rule], frozenset[Id]]:
    """Return the rules for which only some tables have to be looked at, and those tables."""
    records = [side[each] for each in change.touched() for side in (before, after) if each in side]
    if any(isinstance(each, Deviation) for each in records):  # a deviation may excuse columns of any table
        return [], frozenset()
    return [each for each in all_rules() if each.code in OF_ONE_TABLE], touched_tables(change, before, after)


def _others(some: Iterable[Rule]) -> list[Rule]:
    codes = {each.code for each in some}
    return [each for each in all_rules() if each.code not in codes]


def touched_tables(change: Change, before: Design, after: Design) -> frozenset[Id]:
    """Return the tables that a change adds, removes or alters, themselves or something that hangs on them."""
    return frozenset(
        owner for each in change.touched() for side in (before, after) if (owner := _table_of(side, each)) is not None
    )


def _table_of(design: Design, record: Id) -> Id | None:
    at = design.get(record)
    while at is not None and not isinstance(at, Table):
        at = design.get(at.parent or "")
    return at.id if at is not None else None
