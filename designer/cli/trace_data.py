"""Traces, impacts, coverage and matrices as plain data, for JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from designer.levels.called import called, level_of, path
from designer.levels.tracing import Chain, Said
from designer.levels.tracing.coverage import COVERED, Coverage, Side
from designer.levels.tracing.impact import SEVERITIES, Impact
from designer.levels.tracing.matrix import Matrix
from designer.schema import Design, Deviation, Id, Model, Named, kind_of

Rows = tuple[dict[str, Any], list[dict[str, Any]]]
"""What JSON says of the whole, and the rows that it lists; CSV has only the rows."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(to: str, rows: Rows) -> str:
    """Return the rows as JSON or CSV. A text that a spreadsheet would take for a formula gets an apostrophe."""
    head, listed = rows
    if to == "json":
        return json.dumps({**head, "elements": listed}, indent=2, ensure_ascii=False) + "\n"
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in listed for name in row))
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([[_plain(row.get(name, "")) for name in names] for row in listed])
    return out.getvalue()


def _plain(value: object) -> object:
    text = "; ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(_FORMULA) else text


def _element(design: Design, record: Id) -> dict[str, Any]:
    found = design[record]
    model = design.model_of(found)
    return {
        "id": record,
        "kind": kind_of(found),
        "name": called(design, found),
        "path": path(design, found),
        "level": level_of(design, found),
        "model": called(design, model) if model else "",
    }


def chain_rows(design: Design, found: Chain) -> Rows:
    """Return the chain from the top down, with what is said of it."""
    listed = [{**_element(design, step.id), "way": "up", "steps": step.steps, "via": step.via} for step in found.up]
    listed += [
        {**_element(design, step.id), "way": "down", "steps": step.steps, "via": step.via}
        for group in found.down
        for step in group.steps
    ]
    said = [*found.terms, *found.rules, *found.patterns, *found.deviations]
    listed += [{**_element(design, each.id), "way": "said", "steps": 0, "via": each.about} for each in said]
    head = {"element": _element(design, found.id), "owner": _element(design, found.owner) if found.owner else None}
    return head, listed


def impact_rows(design: Design, found: Impact) -> Rows:
    """Return what is touched, the hardest first."""
    listed = [
        {
            **_element(design, each.id),
            "severity": each.severity,
            "words": SEVERITIES[each.severity],
            "why": each.why,
            "later": each.later,
        }
        for each in found.touched
    ]
    exports = [called(design, design[each]) for each in found.exports]
    head = {
        "element": _element(design, found.about),
        "what": found.what,
        "counts": found.counts,
        "documents": exports,
    }
    return head, listed


def coverage_rows(design: Design, found: Coverage) -> Rows:
    """Return what is missing or meant so, with the shares of each model."""
    listed = [row for side in found.without_origin for row in _uncovered(design, side, "without origin")]
    listed += [row for side in found.never_derived for row in _uncovered(design, side, "never derived")]
    head = {
        "without_origin": [_share(design, side) for side in found.without_origin],
        "never_derived": [_share(design, side) for side in found.never_derived],
    }
    return head, listed


def _share(design: Design, side: Side) -> dict[str, Any]:
    model = design[side.model]
    return {"model": called(design, model), "level": side.level, "percent": side.percent, **side.counts}


def _uncovered(design: Design, side: Side, what: str) -> Iterator[dict[str, Any]]:
    for item in side.items:
        if item.state != COVERED:
            yield {**_element(design, item.id), "what": what, "state": item.state, "why": item.why}


def deviation_rows(design: Design) -> Rows:
    """Return what deviates on purpose, with its reason."""
    listed = [
        {
            **_element(design, each.parent or ""), "deviation": each.deviation, "reason": each.reason,
            "kept_true_by": each.kept_true_by, "kept_by": [_name(design, one) for one in each.kept_by],
            "sources": [_name(design, one) for one in each.sources],
            "decided_by": each.decided_by, "decided_on": each.decided_on,
        }
        for each in design.of(Deviation)
    ]  # fmt: skip
    return {"deviations": len(listed)}, listed


def matrix_rows(design: Design, found: Matrix) -> Rows:
    """Return the cells that say something, row by row."""
    listed = [
        {
            "concept": row.name, "kind": row.kind, "table": name, "how": cell.how,
            "through": [_name(design, each) for each in cell.through],
        }
        for row in found.rows
        for cell in found.by_row.get(row.id, ())
        if (name := _name(design, cell.column))
    ]  # fmt: skip
    models = {"rows": _name(design, found.concepts), "columns": _name(design, found.tables)}
    return {**models, "concepts": len(found.rows), "tables": len(found.columns)}, listed


def _name(design: Design, record: Id) -> str:
    return called(design, design[record])


def words_of(design: Design, said: Said) -> str:
    """Return what a term, rule, pattern or deviation says, in one line."""
    record = design[said.id]
    name = record.name if isinstance(record, Named) else ""
    text = " ".join((getattr(record, "reason", "") or record.comment).split())
    return ": ".join(each for each in (name or (called(design, record) if not text else ""), text) if each)


def model_words(design: Design, model: Id) -> str:
    """Return a model with its level and database: `Shop (physical, postgresql)`."""
    found = design.get(model)
    if not isinstance(found, Model):
        return "no model"
    return f"{called(design, found)} ({', '.join(each for each in (found.level, found.target) if each)})"
