"""What would change if an element were dropped, renamed, or given another type: an answer before the edit.

The part in the element's own model is what `designer.change.complete` does, so that the report and the edit cannot
differ. The part below follows the trace: what was derived goes, changes or is renamed when its model is next brought
into step with what is above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from designer.levels.called import LEVELS
from designer.levels.tracing.impact_drop import drop
from designer.levels.tracing.impact_name import rename
from designer.levels.tracing.impact_report import (
    BREAKS,
    CHANGES,
    DROP,
    GOES,
    LOOK,
    NAME,
    RANK_OF,
    RENAME,
    SEVERITIES,
    TYPE,
    TYPED,
    WHATS,
    Impact,
    Report,
    Touched,
)
from designer.levels.tracing.impact_type import retype
from designer.schema import Design, Id, Model, Record, kind_of
from designer.schema.kinds import PICTURE_KINDS, RANK

_ASK: dict[str, Callable[[Report], None]] = {DROP: drop, TYPE: retype, RENAME: rename}


def impact(design: Design, element: Id, what: str = DROP) -> Impact:
    """Return what a drop, another type or another name of an element would change.

    Raises KeyError where the element is not there, and ValueError for a type of something that has none.
    """
    record = design[element]
    if what not in WHATS:
        raise ValueError(f"one asks what drop, type or rename would change, not {what!r}")
    if what == TYPE and kind_of(record) not in TYPED:
        raise ValueError(f"a {kind_of(record).replace('_', ' ')} has no type that could be another one")
    report = Report(design, element)
    _ASK[what](report)
    report.add_diagrams()
    touched = sorted(report.found.values(), key=lambda each: _place(design, each))
    return Impact(element, what, tuple(touched), tuple(_exports(design, record, touched)))


def _place(design: Design, touched: Touched) -> tuple[int, int, str, int, str, str]:
    model = design.get(touched.model)
    level = LEVELS.index(model.level) if isinstance(model, Model) and model.level in LEVELS else len(LEVELS)
    order = model.order if model is not None else ""
    return (RANK_OF[touched.severity], level, order + touched.model, RANK[touched.kind], touched.id, touched.why)


_WRITTEN = PICTURE_KINDS | frozenset({"choice", "derivation", "dependency", "assessment"})
"""Kinds that no document of a model writes down."""


def _exports(design: Design, record: Record, touched: Iterable[Touched]) -> Iterator[Id]:
    """Yield the models of which a document that somebody exported would be out of date."""
    own = design.model_of(record)
    found = {own.id} if own is not None else set()
    found |= {each.model for each in touched if each.severity in (GOES, CHANGES, BREAKS) and each.kind not in _WRITTEN}
    found |= {each.model for each in touched if each.severity == NAME and each.later}
    for model in design.of(Model):
        if model.id in found:
            yield model.id


__all__ = [
    "BREAKS", "CHANGES", "DROP", "GOES", "LOOK", "NAME", "RENAME", "SEVERITIES", "TYPE", "TYPED", "WHATS", "Impact",
    "Touched", "impact",
]  # fmt: skip
