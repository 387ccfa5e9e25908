"""The trace as pages and panels show it: chains, impacts, coverage, the matrix and deliberate deviations, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from designer.commands.names import word
from designer.levels.called import called
from designer.levels.tracing import Chain, Said, chain, deviating
from designer.levels.tracing.coverage import Coverage, Item, coverage
from designer.levels.tracing.impact import BREAKS, CHANGES, GOES, LOOK, SEVERITIES, Impact, impact
from designer.levels.tracing.likely import Suggestion, about, suggestions
from designer.levels.tracing.matrix import Matrix, matrix
from designer.models import Branch
from designer.schema import Design, Deviation, Diagram, Id, Model, Named, Record, kind_of, models
from designer.services import branches
from designer.services.cache import Versions
from designer.services.errors import Invalid, NotFound
from designer.services.words import plural
from exporters.contract import Options
from exporters.registry import get

_MATRICES: Versions[Matrix] = Versions(limit=6, kept_versions=1)
_IMPACTS: Versions[Impact] = Versions(limit=20, kept_versions=1)
"""A page asks for its list and for a picture of each model; all are of one answer."""
_COVERAGES: Versions[Coverage] = Versions(limit=12, kept_versions=1)
GONE = "This element is not there any more; reload the page."
MOST_DRAWN = 40
_BOXES = frozenset({"table", "view", "entity", "relationship"})
_SIGNS = {GOES: "removed", BREAKS: "removed", CHANGES: "changed", LOOK: "changed"}
_DIALECTS = {"postgresql": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite"}


@dataclass(frozen=True, slots=True)
class Line:
    """One element as a list shows it."""

    id: Id
    kind: str
    name: str
    text: str = ""
    model: str = ""
    severity: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Heap:
    """Elements under one heading."""

    title: str
    lines: tuple[Line, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A deliberate deviation with everything that its form needs."""

    record: Deviation
    title: str
    help: str
    owner: Line
    sources: tuple[Line, ...]
    kept_by: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The trace of one element, for the inspector. `question` is what its name or type asks, if anything."""

    id: Id
    name: str
    kind: str
    level: str
    up: tuple[Line, ...]
    down: tuple[Heap, ...]
    owner: Line | None
    said: tuple[Line, ...]
    words: tuple[Word, ...]
    question: Suggestion | None
    can_deviate: bool
    traced: bool


def line(design: Design, record: Record, text: str = "") -> Line:
    """Return an element with its kind, its name and the model that it is in."""
    model = design.model_of(record)
    kind, name = word(record), called(design, record)
    shown = name.removeprefix(f"the {kind} ") if name.startswith(f"the {kind}") else name
    return Line(record.id, kind, shown, text, model_title(model) if model else "")


def model_title(model: Model) -> str:
    """Return a model as people know it: `Shop · PostgreSQL`, `Shop · logical`."""
    what = _DIALECTS.get(model.target, model.target) if model.level == "physical" and model.target else model.level
    return f"{model.name} · {what}" if model.name and what.lower() not in model.name.lower() else model.name or what


def section(design: Design, element: Id) -> Section:
    """Return what the inspector shows of the trace of an element. Raises NotFound."""
    record = found(design, element)
    whole = chain(design, element)
    model = design.model_of(record)
    words = tuple(_word(design, each) for each in deviating.deviations(design, element))
    return Section(
        element, called(design, record), word(record), model.level if model else "",
        tuple(line(design, design[step.id]) for step in whole.up),
        tuple(_heap(design, group.model, (step.id for step in group.steps)) for group in whole.down),
        line(design, design[whole.owner]) if whole.owner else None,
        tuple(_said(design, each) for each in _all_said(whole)),
        words, None if words else about(design, record), isinstance(record, deviating.CAN_DEVIATE),
        bool(whole.up or whole.down or whole.owner) or _has_levels(design),
    )  # fmt: skip


def _has_levels(design: Design) -> bool:
    return len({model.level for model in models(design)}) > 1


def found(design: Design, element: Id) -> Record:
    """Return the record. Raises NotFound."""
    if element not in design:
        raise NotFound(GONE)
    return design[element]


def _all_said(whole: Chain) -> Iterable[Said]:
    above = [each for each in whole.deviations if each.about != whole.id]
    return (*whole.terms, *whole.rules, *whole.patterns, *above)


def _said(design: Design, each: Said) -> Line:
    record = design[each.id]
    text = " ".join((record.reason if isinstance(record, Deviation) else record.comment).split())
    name = record.name if isinstance(record, Named) else ""
    return replace(line(design, record, text), name=name or ("" if text else called(design, record)))


def _heap(design: Design, model: Id, ids: Iterable[Id]) -> Heap:
    owner = design.get(model)
    title = model_title(owner) if isinstance(owner, Model) else "no model"
    return Heap(title, tuple(line(design, design[each]) for each in ids), model)


def _word(design: Design, deviation: Deviation) -> Word:
    owner = design[deviation.parent or ""]
    return Word(
        deviation, deviating.TITLES.get(deviation.deviation, deviation.deviation),
        deviating.HELP.get(deviation.deviation, ""), line(design, owner),
        tuple(line(design, design[each]) for each in deviation.sources if each in design),
        tuple(line(design, design[each]) for each in deviation.kept_by if each in design),
    )  # fmt: skip


def words(design: Design) -> tuple[tuple[Model, tuple[Word, ...], tuple[Suggestion, ...]], ...]:
    """Return for each model what was said to be deliberate, and what could be asked."""
    said = design.of(Deviation)
    return tuple(
        (
            model,
            tuple(_word(design, each) for each in said if design.model_of(each) == model),
            tuple(suggestions(design, model.id)),
        )
        for model in models(design)
    )


# Pages


def matrix_of(branch: Branch, rows: Id, columns: Id) -> Matrix:
    """Return the matrix of two models at the head. Raises NotFound where one of them is gone."""
    design, version = branches.load(branch)
    if not isinstance(design.get(rows), Model) or not isinstance(design.get(columns), Model):
        raise NotFound("There is no such model any more; reload the page.")
    name = f"{branch.public_id} {rows} {columns}"
    known = _MATRICES.get(name, version)
    if known is None:
        known = matrix(design, rows, columns)
        _MATRICES.put(name, version, known)
    return known


def coverage_of(branch: Branch) -> tuple[Coverage, Design]:
    """Return how the models at the head cover each other."""
    design, version = branches.load(branch)
    known = _COVERAGES.get(branch.public_id, version)
    if known is None:
        known = coverage(design)
        _COVERAGES.put(branch.public_id, version, known)
    return known, design


def items(design: Design, listed: Iterable[Item]) -> tuple[Heap, ...]:
    """Return elements by kind, in the order in which they come."""
    heaps: dict[str, list[Line]] = {}
    for each in listed:
        record = design.get(each.id)
        if record is not None:
            heaps.setdefault(word(record), []).append(line(design, record, each.why))
    return tuple(Heap(plural(kind).capitalize(), tuple(lines)) for kind, lines in heaps.items())


# Impact


def impact_of(branch: Branch, element: Id, what: str) -> tuple[Impact, Design]:
    """Return what a change at the head would reach. Raises NotFound and Invalid in words."""
    design, version = branches.load(branch)
    found(design, element)
    name = f"{branch.public_id} {element} {what}"
    known = _IMPACTS.get(name, version)
    if known is None:
        try:
            known = impact(design, element, what)
        except ValueError as error:
            raise Invalid(branches.sentence(str(error))) from None
        _IMPACTS.put(name, version, known)
    return known, design


def heaps_of(design: Design, reached: Impact) -> tuple[Heap, ...]:
    """Return what is touched by how hard it is hit, then by model."""
    heaps = []
    for severity, title in SEVERITIES.items():
        lines = tuple(
            replace(line(design, design[each.id], each.why), severity=severity, later=each.later)
            for each in reached.of(severity)
        )
        if lines:
            heaps.append(Heap(title, lines, severity))
    return tuple(heaps)


def marks_of(design: Design, reached: Impact) -> dict[Id, str]:
    """Return how the touched elements are marked in a picture: removed or changed; names are not marked.

    What is drawn as a part of a box marks its box as changed.
    """
    own = "removed" if reached.what == "drop" else "changed"
    marks = {reached.about: own}
    marks |= {each.id: _SIGNS[each.severity] for each in reached.touched if each.severity in _SIGNS}
    for each in [*marks]:
        record = design[each]
        owner = record.parent or ""
        while kind_of(record) not in _BOXES and owner in design and owner not in marks and not _is_top(design[owner]):
            marks[owner] = "changed"
            record, owner = design[owner], design[owner].parent or ""
    return marks


def _is_top(record: Record) -> bool:
    return isinstance(record, Model) or kind_of(record) == "schema"


def drawn_models(design: Design, reached: Impact) -> list[Model]:
    """Return the models of which something that can be drawn is touched, the element's own first."""
    touched = {model.id for each in _boxes(design, reached) if (model := design.model_of(design[each])) is not None}
    own = design.model_of(design[reached.about])
    return sorted((each for each in models(design) if each.id in touched), key=lambda each: each != own)


def _boxes(design: Design, reached: Impact) -> list[Id]:
    return [each for each in marks_of(design, reached) if each in design and kind_of(design[each]) in _BOXES]


def picture(design: Design, reached: Impact, model: Id, theme: str) -> str:
    """Return the touched part of a model as SVG, empty where nothing of it can be drawn."""
    own = [each for each in _boxes(design, reached) if (its := design.model_of(design[each])) and its.id == model]
    if not own:
        return ""
    chosen = tuple(sorted(own)[:MOST_DRAWN])
    diagram = _diagram_of(design, model, chosen)
    drawn = design if diagram else _only(design, {*chosen})
    options = Options(
        model=model, diagram=diagram, elements=chosen, marks=marks_of(design, reached), background="transparent",
        theme="dark" if theme == "dark" else "light", margin=12,
    )  # fmt: skip
    return get("svg").export(drawn, options).text


def _diagram_of(design: Design, model: Id, chosen: Iterable[Id]) -> Id | None:
    """Return a diagram that has places for all that is drawn: boxes that stand where they always do are known again."""
    wanted = {*chosen}
    for diagram in design.of(Diagram, model):
        placed = {getattr(design[each], "element", None) for each in design.children(diagram.id)}
        if wanted <= placed:
            return diagram.id
    return None


def _only(design: Design, chosen: set[Id]) -> Design:
    """Return a design with those boxes only, and without diagrams, so that it is laid out anew."""
    sheets = {"diagram", "placement", "area", "note"}
    boxes = {each.id for each in design.records() if kind_of(each) in _BOXES} - chosen
    kept = [each for each in design.records() if kind_of(each) not in sheets and each.id not in boxes]
    return Design(each for each in kept if each.parent not in boxes)
