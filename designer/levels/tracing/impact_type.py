"""What follows an element that gets another type: what has it too, what must agree with it, what computes with it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.change import Change
from designer.levels.tracing import derived_from
from designer.levels.tracing.impact_below import below
from designer.levels.tracing.impact_report import BREAKS, CHANGES, LOOK, Report, add_below, follows
from designer.schema import (
    Attribute,
    Check,
    Column,
    Design,
    Deviation,
    Domain,
    DomainType,
    EnumType,
    ForeignKey,
    Id,
    Model,
    Record,
    kind_of,
)  # fmt: skip
from designer.schema.references import references

_REFUSED = frozenset({"view", "policy"})
"""What PostgreSQL lets nobody alter a column under; it must be dropped and made again."""
_TYPED = (Column, Attribute, Domain, DomainType, EnumType, Check)
_COMPUTES = {"check": "its condition", "trigger": "its text", "routine": "its text", "statement": "its text"}
_BUILT = {"key": "is built anew", "index": "is built anew", "exclusion": "is built anew"}


def retype(report: Report) -> None:
    """Say what has the type as well, wherever it leads, and what reads the columns of it."""
    found = below(report.design, lambda design: _retyped(design, report.about))
    if found is not None:
        add_below(report, found)
        for each in found.removed:
            report.add(report.design[each], CHANGES, "is made otherwise", later=True)
    known = None if found is None else {*found.changed, *found.asked, *found.removed}
    seen = {report.about}
    queue: list[Id] = [report.about]
    for each in queue:  # the queue grows while it is walked
        for record, severity, why in (*_same_type(report, each, known), *_other_sides(report, each, known)):
            report.add(record, severity, why, later=severity == CHANGES and follows(report.design, record))
            if record.id not in seen:
                seen.add(record.id)
                queue.append(record.id)
        _readers(report, each, seen)


def _retyped(design: Design, element: Id) -> Change:
    """Return a change that gives an element a type that it does not have now."""
    record = design.get(element)
    if not isinstance(record, Attribute | Domain):
        return Change()
    other = "integer" if record.type.startswith("string") else "string(37)"
    fields: dict[str, tuple[object, object]] = {"type": (record.type, other)}
    if isinstance(record, Attribute) and record.domain is not None:
        fields["domain"] = (record.domain, None)
    return Change(changed={element: fields})


def _same_type(report: Report, each: Id, known: set[Id] | None) -> Iterator[tuple[Record, str, str]]:
    """Yield what has the type of an element because the element has it: (record, severity, why).

    `known` is what the next update will change, where the derivations could say.
    """
    design = report.design
    name = report.name(each)
    for other in sorted(design.referrers(each)):
        record = design[other]
        if isinstance(record, Attribute) and record.domain == each:
            yield record, CHANGES, f"has the domain {name}"
        elif isinstance(record, Column | DomainType) and record.type_ref == each:
            yield record, CHANGES, f"has the type {name}"
    for made in derived_from(design, each):
        record = design[made]
        kept = follows(design, record)
        if isinstance(record, _TYPED) and not (kept and known is not None and made not in known):
            yield record, CHANGES if kept else LOOK, f"derived from {name}"


def _other_sides(report: Report, column: Id, known: set[Id] | None) -> Iterator[tuple[Record, str, str]]:
    """Yield the columns that a foreign key compares with this one: both must have one type.

    Where the type comes from above, both sides get it together; where somebody changes the column itself, the other
    side is left behind.
    """
    design = report.design
    for each in sorted(design.referrers(column)):
        key = design[each]
        if not isinstance(key, ForeignKey):
            continue
        for own, theirs in zip(key.columns, key.ref_columns, strict=False):
            other = theirs if own == column else own if theirs == column else None
            record = design.get(other or "")
            if isinstance(record, Column):
                together = report.about != column and follows(design, record) and (known is None or record.id in known)
                why = "both its sides get the other type" if together else "both its sides must have one type"
                report.add(key, CHANGES if together else BREAKS, why, later=together)
                yield record, CHANGES if together else LOOK, f"a foreign key compares it with {report.name(column)}"


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
