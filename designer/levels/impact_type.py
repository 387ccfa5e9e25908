"""What follows an element that gets another type: what has it too, what must agree with it, what computes with it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.levels.impact_report import BREAKS, CHANGES, LOOK, Report, follows
from designer.levels.tracing import derived_from
from designer.schema import (
    Attribute,
    Column,
    Deviation,
    Domain,
    DomainType,
    ForeignKey,
    Id,
    Model,
    Record,
    kind_of,
)  # fmt: skip
from designer.schema.references import references

_REFUSED = frozenset({"view", "policy"})
"""What PostgreSQL lets nobody alter a column under; it must be dropped and made again."""
_COMPUTES = {"check": "its condition", "trigger": "its text", "routine": "its text", "statement": "its text"}
_BUILT = {"key": "is built anew", "index": "is built anew", "exclusion": "is built anew"}


def retype(report: Report) -> None:
    """Say what has the type as well, wherever it leads, and what reads the columns of it."""
    seen = {report.about}
    queue: list[Id] = [report.about]
    for each in queue:  # the queue grows while it is walked
        for record, why, later in _same_type(report, each):
            severity = CHANGES if later or follows(report.design, record) else _by_hand(record)
            report.add(record, severity, why, later=later)
            if record.id not in seen:
                seen.add(record.id)
                queue.append(record.id)
        _readers(report, each, seen)


def _by_hand(record: Record) -> str:
    return LOOK if isinstance(record, Column) else CHANGES


def _same_type(report: Report, each: Id) -> Iterator[tuple[Record, str, bool]]:
    """Yield what has the type of an element because the element has it: (record, why, only later)."""
    design = report.design
    name = report.name(each)
    for other in sorted(design.referrers(each)):
        record = design[other]
        if isinstance(record, Attribute) and record.domain == each:
            yield record, f"has the domain {name}", False
        elif isinstance(record, Column | DomainType) and record.type_ref == each:
            yield record, f"has the type {name}", False
    for made in derived_from(design, each):
        record = design[made]
        if isinstance(record, Column | Attribute | Domain | DomainType) or kind_of(record) in ("enum_type", "check"):
            yield record, f"derived from {name}", follows(design, record)
    if isinstance(design[each], Column):
        yield from _other_sides(report, each)


def _other_sides(report: Report, column: Id) -> Iterator[tuple[Record, str, bool]]:
    """Yield the columns that a foreign key compares with this one: both must have one type."""
    design = report.design
    for each in sorted(design.referrers(column)):
        key = design[each]
        if not isinstance(key, ForeignKey):
            continue
        for own, theirs in zip(key.columns, key.ref_columns, strict=False):
            other = theirs if own == column else own if theirs == column else None
            if other is not None and isinstance(record := design.get(other), Column):
                report.add(key, BREAKS, "both its sides must have one type")
                yield record, f"a foreign key compares it with {report.name(column)}", follows(design, record)


def _readers(report: Report, each: Id, typed: set[Id]) -> None:
    """Say what computes with, is built of, or copies an element whose type changes."""
    design = report.design
    model = design.model_of(design[each])
    for other in sorted(design.referrers(each)):
        record = design[other]
        if other not in typed and record.parent != each:
            fields = {name for name, target in references(record) if target == each} - {"parent", "origin"}
            if fields:
                _reads(report, record, each, fields, model)
    for other in sorted(design.children(each)):
        if isinstance(design[other], Deviation) or kind_of(design[other]) == "check":
            report.add(design[other], LOOK, f"is about {report.name(each)}")


def _reads(report: Report, record: Record, each: Id, fields: set[str], model: Model | None) -> None:
    kind, name = kind_of(record), report.name(each)
    strict = model is not None and model.target == "postgresql"
    if kind in _REFUSED or "generated" in fields:
        refused = "reads it, and must be dropped and made again round the change"
        report.add(record, BREAKS if strict else LOOK, f"{refused}: {name}" if strict else f"reads {name}")
    elif kind == "partitioning":
        report.add(record, BREAKS, f"the table is divided by {name}")
    elif kind in _BUILT:
        report.add(record, CHANGES, f"{_BUILT[kind]}, as {name} is in it")
    elif kind in _COMPUTES:
        report.add(record, LOOK, f"{_COMPUTES[kind]} computes with {name}")
    elif kind == "deviation":
        report.add(record, LOOK, f"it repeats {name}, and its copy has the old type")
    elif kind in ("business_rule", "access_pattern", "sequence", "column", "generalization"):
        report.add(record, LOOK, f"it names {name}")
