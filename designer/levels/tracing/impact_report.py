"""What an impact is, and how one is gathered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from designer.levels.called import called
from designer.levels.tracing.impact_below import Below, only_names
from designer.schema import Derivation, Design, Diagram, Id, Model, Placement, Record, kind_of
from designer.schema.kinds import BOOKKEEPING_KINDS, PICTURE_KINDS

DROP, TYPE, RENAME = "drop", "type", "rename"
WHATS = {DROP: "is dropped", TYPE: "gets another type", RENAME: "is renamed"}
TYPED = frozenset({"column", "attribute", "domain", "domain_type", "enum_type", "composite_type"})
"""The kinds whose type can be another one."""

GOES, BREAKS, CHANGES, LOOK, NAME = "goes", "breaks", "changes", "look", "name"
SEVERITIES = {
    BREAKS: "breaks",
    GOES: "goes too",
    CHANGES: "changes with it",
    LOOK: "must be looked at",
    NAME: "only a name or a picture",
}
"""How hard an element is hit, the hardest first."""
RANK_OF = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_HIDDEN = (PICTURE_KINDS | BOOKKEEPING_KINDS) - {"diagram"}


@dataclass(frozen=True, slots=True)
class Touched:
    """One element that would not stay as it is. `why` is a clause that says through what; `model` is empty for none.

    `later`: it happens only when its model is brought into step with what is above.
    """

    id: Id
    kind: str
    severity: str
    why: str
    model: Id = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """What one wish would do. `touched` has no entry twice; `exports` are the models whose documents would differ."""

    about: Id
    what: str
    touched: tuple[Touched, ...] = ()
    exports: tuple[Id, ...] = ()

    def of(self, severity: str) -> tuple[Touched, ...]:
        """Return what is hit so hard."""
        return tuple(each for each in self.touched if each.severity == severity)

    @property
    def models(self) -> tuple[Id, ...]:
        """The models that are touched, in the order of the report."""
        return tuple(dict.fromkeys(each.model for each in self.touched))

    @property
    def counts(self) -> dict[str, int]:
        """How many elements are hit how hard."""
        return {severity: len(self.of(severity)) for severity in SEVERITIES}


@dataclass(slots=True)
class Report:
    """An impact while it is found: of two things said of one element, the harder holds."""

    design: Design
    about: Id
    found: dict[Id, Touched] = field(default_factory=dict)

    def add(self, record: Record, severity: str, why: str, *, later: bool = False) -> None:
        """Say that a record is touched, unless something harder was said before."""
        kind = kind_of(record)
        if record.id == self.about or kind in _HIDDEN or isinstance(record, Model):
            return
        before = self.found.get(record.id)
        if before is None or RANK_OF[severity] < RANK_OF[before.severity]:
            model = self.design.model_of(record)
            self.found[record.id] = Touched(record.id, kind, severity, why, model.id if model else "", later)

    def name(self, record: Id) -> str:
        """Return how people call a record."""
        return called(self.design, self.design[record])

    def add_diagrams(self) -> None:
        """Name the diagrams that the element, or what is touched of it, stands on."""
        for record in [self.design[self.about], *(self.design[each] for each in sorted(self.found))]:
            for diagram, box in _drawn_on(self.design, record):
                self.add(diagram, NAME, f"{called(self.design, box)} is drawn on it")


def _drawn_on(design: Design, record: Record) -> Iterator[tuple[Record, Record]]:
    """Yield the diagrams that show a record, itself or the box that it is a row of."""
    current: Record | None = record
    for _ in range(6):
        if current is None or isinstance(current, Model):
            return
        placements = [each for each in design.referrers(current.id) if isinstance(design[each], Placement)]
        for each in sorted(placements):
            diagram = design.get(design[each].parent or "")
            if isinstance(diagram, Diagram):
                yield diagram, current
        if placements:
            return
        current = design.get(current.parent or "")


def add_below(report: Report, found: Below, gone: Container[Id] = ()) -> None:
    """Say what the next update brings to the levels below, but for what was said of it already."""
    for each, names in sorted(found.changed.items()):
        if each not in gone:
            what = "gets another name" if only_names(names) else _other(names)
            report.add(report.design[each], NAME if only_names(names) else CHANGES, what, later=True)
    for each in sorted(found.asked):
        what = "it is used or was changed here, and somebody must decide whether it goes"
        why = what if each in found.wanted else "it was changed here by hand, and somebody must decide"
        report.add(report.design[each], LOOK, why, later=True)


def _other(names: Iterable[str]) -> str:
    listed = ", ".join(sorted(name.replace("_", " ") for name in names if name not in ("raw", "logical", "parts")))
    return f"gets another {listed}" if listed else "is made otherwise"


def derivation_of(design: Design, record: Record) -> Derivation | None:
    """Return the derivation that brings a record's model into step with the one above, if there is one."""
    model = design.model_of(record)
    return next(iter(design.of(Derivation, model.id)), None) if model is not None else None


def follows(design: Design, record: Record) -> bool:
    """Whether a record is kept in step with its origin, and does not only remember it."""
    derivation = derivation_of(design, record)
    origin = design.get(record.origin or "")
    above = design.model_of(origin) if origin is not None else None
    return derivation is not None and above is not None and derivation.source == above.id
