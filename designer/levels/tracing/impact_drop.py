"""What goes with an element that is dropped, and what is left behind that named it."""

from __future__ import annotations

from designer.change import Change, complete
from designer.levels.tracing import derived_from
from designer.levels.tracing.impact_below import Below, below
from designer.levels.tracing.impact_report import BREAKS, GOES, LOOK, Report, add_below, follows
from designer.levels.tracing.mentions import mentions
from designer.schema import Column, Design, Deviation, ForeignKey, Id, Record, View, kind_of
from designer.schema.references import references

_TEXTS = frozenset({"view", "routine", "trigger", "policy", "publication", "statement", "column", "domain_type"})
"""Kinds whose text no longer works where what it names is gone."""
_SPEAK = {
    "term": "explains",
    "business_rule": "speaks of",
    "access_pattern": "reads",
    "assessment": "was said of",
    "arc": "holds",
    "generalization": "holds",
    "identifier": "goes through",
    "attribute": "has the domain",
    "index": "carries along",
    "key": "carries along",
}


def drop(report: Report) -> None:
    """Say what a drop takes along here and below, and then what the rest loses by it."""
    change = _without(report.design, {report.about})
    gone = set(change.removed)
    for each in gone - {report.about}:
        report.add(report.design[each], GOES, _why(report, each, gone))
    found = below(report.design, lambda design: _without(design, {report.about})) or _by_trace(report.design, gone)
    loose = _loose(report, gone)
    change = _without(report.design, gone | found.removed)
    gone = set(change.removed)
    for each in gone:
        record = report.design[each]
        report.add(record, GOES, _origin_in(report, record, gone) or _why(report, each, gone), later=True)
    perhaps = set(_without(report.design, gone | found.wanted).removed)
    for each in perhaps - gone - found.wanted:
        report.add(report.design[each], GOES, _why(report, each, perhaps), later=True)
    for each in _without(report.design, perhaps).changed:
        _left(report, report.design[each], perhaps)
    add_below(report, found, gone | loose)
    _referring_columns(report, perhaps)
    _readers(report, perhaps)
    for each in sorted(each for each in gone if report.design[each].parent not in gone):
        for text in mentions(report.design, each):
            if text not in gone:
                report.add(report.design[text], LOOK, f"its text names {report.name(each)}")


def _without(design: Design, gone: set[Id]) -> Change:
    return complete(design, Change(removed={each: design[each] for each in gone if each in design})).change


def _by_trace(design: Design, gone: set[Id]) -> Below:
    """Return what goes below as the trace has it: what comes from something that goes, with all that falls with it."""
    found = set(gone)
    while True:
        made = {each for above in found for each in derived_from(design, above) if follows(design, design[each])}
        if made <= found:
            return Below(frozenset(found - gone))
        found |= set(_without(design, found | made).removed)


def _loose(report: Report, gone: set[Id]) -> set[Id]:
    """Name what came from something that goes and is not kept in step with it; it stays without its origin."""
    design = report.design
    found: set[Id] = set()
    for each in sorted(gone):
        for made in derived_from(design, each):
            if made not in gone and not follows(design, design[made]):
                report.add(design[made], LOOK, f"it came from {report.name(each)}, and nothing keeps it in step")
                found.add(made)
    return found


def _origin_in(report: Report, record: Record, gone: set[Id]) -> str:
    return f"derived from {report.name(record.origin)}" if record.origin and record.origin in gone else ""


def _why(report: Report, each: Id, gone: set[Id]) -> str:
    """Return what makes a record go: what it is a part of, or what it is made of."""
    record = report.design[each]
    if record.parent in gone and record.parent is not None:
        return f"part of {report.name(record.parent)}"
    named = next((target for name, target in references(record) if target in gone and name != "origin"), None)
    if named is None:
        return "it is made of what goes"
    if isinstance(record, ForeignKey):
        return f"refers to {report.name(named)}" if named not in record.columns else f"made of {report.name(named)}"
    return f"made of {report.name(named)}"


def _left(report: Report, record: Record, gone: set[Id]) -> None:
    """Say what a record loses that stays."""
    lost = [(name, target) for name, target in references(record) if target in gone and name != "origin"]
    if not lost:
        return
    name, target = lost[0]
    kind = kind_of(record)
    if isinstance(record, Deviation):
        broken = any(each == "kept_by" for each, _ in lost)
        what = "nothing keeps it true without" if broken else "it repeats"
        report.add(record, BREAKS if broken else LOOK, f"{what} {report.name(target)}")
    elif kind == "column" and name == "type_ref":
        report.add(record, BREAKS, f"its type is {report.name(target)}")
    elif kind in _TEXTS:
        report.add(record, BREAKS, f"its text names {report.name(target)}")
    else:
        report.add(record, LOOK, f"{_SPEAK.get(kind, 'names')} {report.name(target)}")


def _referring_columns(report: Report, gone: set[Id]) -> None:
    """The columns of a foreign key stay when what they refer to goes; then they refer to nothing."""
    for each in sorted(gone):
        key = report.design[each]
        if not isinstance(key, ForeignKey) or key.parent in gone:
            continue
        target = key.ref_table if key.ref_table in gone else next((c for c in key.ref_columns if c in gone), None)
        for column in key.columns:
            if target and column not in gone and isinstance(record := report.design.get(column), Column):
                report.add(record, LOOK, f"refers to {report.name(target)}")


def _readers(report: Report, gone: set[Id]) -> None:
    """A view breaks with what it reads, and so does each view over it."""
    design = report.design
    broken = [each.id for each in report.found.values() if each.kind == "view" and each.severity in (BREAKS, GOES)]
    seen = {*broken, *gone}
    queue = [*broken, *(each for each in gone if isinstance(design[each], View))]
    for above in queue:  # the queue grows while it is walked
        for each in sorted(design.referrers(above)):
            record = design[each]
            if isinstance(record, View) and each not in seen and above in record.depends_on:
                seen.add(each)
                queue.append(each)
                report.add(record, BREAKS, f"reads {report.name(above)}")
