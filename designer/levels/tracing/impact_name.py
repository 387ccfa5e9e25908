"""What holds the name of an element that gets another one: hardly anything, as references are ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.change import Change
from designer.commands.names import singular
from designer.levels.tracing import derived_from
from designer.levels.tracing.impact_below import below
from designer.levels.tracing.impact_report import BREAKS, LOOK, NAME, Report, add_below, follows
from designer.levels.tracing.mentions import mentions
from designer.schema import (
    AccessPattern,
    BusinessRule,
    Column,
    Design,
    ForeignKey,
    Id,
    Named,
    Record,
    Table,
    Term,
    View,
    kind_of,
)  # fmt: skip
from designer.schema.references import references

_SHORTEST = 3
_EXPRESSIONS = {
    "view": ("query",), "routine": ("text",), "trigger": ("text",), "policy": ("using", "with_check"),
    "check": ("expr",), "column": ("default", "generated"), "index": ("parts", "where"),
    "exclusion": ("parts", "where"), "partitioning": ("parts",), "publication": ("text",), "statement": ("text",),
    "domain_type": ("default",),
}  # fmt: skip


def rename(report: Report) -> None:
    """Say where the name stands: in expressions, in other names, in sentences, and in what is derived."""
    record = report.design[report.about]
    name = record.name if isinstance(record, Named) else ""
    _written(report, report.about)
    _named_after(report, record, name)
    _spoken(report, name)
    found = below(report.design, lambda design: _renamed(design, record.id))
    if found is None:
        _below(report)
    else:
        add_below(report, found)
        for each in found.changed:
            _written(report, each)
        _loose(report)
    for each in mentions(report.design, report.about):
        severity = BREAKS if isinstance(report.design[each], View) else LOOK
        report.add(report.design[each], severity, f"its text has the word {name}, which is not followed")


def _renamed(design: Design, element: Id) -> Change:
    """Return a change that gives an element a name that nothing has."""
    record = design.get(element)
    name = record.name if isinstance(record, Named) else ""
    return Change(changed={element: {"name": (name, f"{name} renamed")}}) if name else Change()


def _loose(report: Report) -> None:
    """Name what came from the element and is not kept in step with it."""
    for each in derived_from(report.design, report.about):
        if not follows(report.design, report.design[each]):
            _derived(report, report.design[each], report.about)


def _written(report: Report, each: Id) -> None:
    """Expressions are written with today's names by themselves."""
    design = report.design
    for other in sorted(design.referrers(each)):
        record = design[other]
        fields = {name for name, target in references(record) if target == each}
        if fields & {*_EXPRESSIONS.get(kind_of(record), ())}:
            report.add(record, NAME, "is written with the new name by itself")


def _named_after(report: Report, record: Record, name: str) -> None:
    """Say which keys, indexes, foreign keys and columns have the name in their own names."""
    for each in _near(report, record):
        other = report.design[each]
        if isinstance(other, Named) and _holds(other.name, name):
            report.add(other, NAME, f"its name holds {name}, and stays")


def _near(report: Report, record: Record) -> Iterator[Id]:
    """Yield what people name after an element: what it has, what is made of it, and what refers to it."""
    design = report.design
    for each in sorted(design.referrers(record.id)):
        other = design[each]
        if isinstance(other, Term | BusinessRule | AccessPattern) or other.origin == record.id:
            continue
        yield each
        if isinstance(other, ForeignKey):
            yield from other.columns
    if isinstance(record, Column):
        yield from sorted(design.children(record.parent))


def _holds(text: str, name: str) -> bool:
    """Whether a name has another one, or its singular, as a part: `fk_orders_customer` has `customers`."""
    low = _plain(text)
    return any(len(part) >= _SHORTEST and part in low for part in (_plain(name), _plain(singular(name))))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _spoken(report: Report, name: str) -> None:
    """Say which terms, rules and access patterns call the element by its name."""
    design = report.design
    if len(name) < _SHORTEST:
        return
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    for each in sorted(design.referrers(report.about)):
        record = design[each]
        if not isinstance(record, Term | BusinessRule | AccessPattern):
            continue
        texts = [record.name, record.comment, *(record.synonyms if isinstance(record, Term) else ())]
        if any(word.search(text) for text in texts):
            report.add(record, LOOK, f"calls it {name} in words")


def _below(report: Report) -> None:
    """Say what is derived and gets the new name; what was named by hand there keeps its own."""
    design = report.design
    seen = {report.about}
    queue = [report.about]
    for above in queue:  # the queue grows while it is walked
        for each in derived_from(design, above):
            record = design[each]
            if each in seen:
                continue
            seen.add(each)
            queue.append(each)
            _derived(report, record, above)


def _derived(report: Report, record: Record, above: Id) -> None:
    name = report.design[above]
    if not isinstance(record, Named) or not isinstance(name, Named) or not record.name:
        return
    if not follows(report.design, record):
        report.add(record, LOOK, f"it came from {report.name(above)}, and nothing keeps it in step")
    elif _holds(record.name, name.name):
        report.add(record, NAME, f"gets the new name with {report.name(above)}", later=True)
        _written(report, record.id)
        if isinstance(record, Table | Column):
            _after_derived(report, record, set())


def _after_derived(report: Report, record: Table | Column, seen: set[Id]) -> None:
    """Derived keys and references are named after their tables and columns, and follow as they are derived too."""
    for each in _near(report, record):
        other = report.design[each]
        if each in seen or not isinstance(other, Named) or not follows(report.design, other):
            continue
        if _holds(other.name, record.name):
            seen.add(each)
            report.add(other, NAME, f"is named after {report.name(record.id)}", later=True)
            if isinstance(other, Column) and other.parent != record.parent:
                _after_derived(report, other, seen)
