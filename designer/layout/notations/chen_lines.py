"""What the lines of Chen's notation say: the verb in the diamond, 1, N and M, who takes part totally.

Ratios are written as by Chen (1976), beside the entity of which so many belong to one of the other. Double lines for
total participation, identifying relationships and the circle of a specialization are those of Elmasri and Navathe,
"Fundamentals of Database Systems" (figures 3.14 and 4.1 in the seventh edition). `chen_lines.js` holds the twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from designer.layout.edges import Edge
from designer.layout.notations.chen_figures import junction_keys
from designer.schema import Column, Design, Entity, ForeignKey, Generalization, Id, Relationship

LETTERS = ("N", "M", "P", "Q", "R", "S")
"""How many is many: one letter for each end, since they need not be the same number."""


@dataclass(frozen=True, slots=True)
class Side:
    """What stands at one end: a number or letter with the role, and whether everything there takes part."""

    text: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class ChenEdge(Edge):
    """An edge that knows its symbol: diamond, identifying (a double diamond), circle, subset, or nothing.

    `word` is written in the symbol; edges of one `group` share it and are led by the places of all `others`.
    """

    symbol: str = ""
    word: str = ""
    group: str = ""
    others: tuple[Id, ...] = ()
    near: Side = Side()  # at the source
    far: Side = Side()  # at the target


def chen_edge(edge: Edge, design: Design) -> ChenEdge:
    """Return an edge with what Chen's notation draws of its record."""
    if edge.kind == "generalization":
        return _specialized(edge, design)
    if edge.kind == "inherits":
        return _with(edge, symbol="subset")
    if edge.kind == "foreign_key":
        return _referring(edge, design)
    if edge.kind != "relationship":
        return _with(edge)
    whole = design.get(edge.id)
    return _related(edge, design) if isinstance(whole, Relationship) else _taking_part(edge, design)


def _with(
    edge: Edge, symbol: str = "", word: str = "", group: str = "", near: Side | None = None, far: Side | None = None
) -> ChenEdge:
    given = {field.name: getattr(edge, field.name) for field in fields(Edge)}
    return ChenEdge(**given, symbol=symbol, word=word, group=group, near=near or Side(), far=far or Side())


def _specialized(edge: Edge, design: Design) -> ChenEdge:
    group = edge.id[: -len(edge.source.element) - 1]
    record = design.get(group)
    if not isinstance(record, Generalization):
        return _with(edge, symbol="subset")
    found = _with(
        edge, symbol="circle", word="d" if edge.disjoint else "o", group=group, far=Side(edge.target.role, edge.total)
    )
    return replace(found, others=record.subtypes)


def _referring(edge: Edge, design: Design) -> ChenEdge:
    """Return a foreign key as the relationship that it stands for, named by its columns.

    The keys of a junction are lines to it without a diamond: its associative entity is one.
    """
    key = design.get(edge.id)
    columns = [design.get(each) for each in key.columns] if isinstance(key, ForeignKey) else []
    word = ", ".join(column.name for column in columns if isinstance(column, Column))
    junction = junction_keys(design, edge.source.element) if edge.identifying else []
    if edge.id in junction:
        return _with(edge, far=Side(LETTERS[junction.index(edge.id) % len(LETTERS)]))
    near, far = _letters((edge.source.max, edge.target.max))
    return _with(
        edge, symbol="identifying" if edge.identifying else "diamond", word=word,
        near=Side(near, edge.target.min > 0), far=Side(far, edge.source.min > 0),
    )  # fmt: skip


def _related(edge: Edge, design: Design) -> ChenEdge:
    """Return a relationship of two entities without attributes: one line with a diamond in it."""
    near, far = _letters((edge.source.max, edge.target.max))
    weak = [edge.identifying and _is_weak(design, end.element) for end in (edge.source, edge.target)]
    return _with(
        edge, symbol="identifying" if edge.identifying else "diamond", word=edge.label,
        near=Side(_said(near, edge.source.role), edge.target.min > 0 or weak[0]),
        far=Side(_said(far, edge.target.role), edge.source.min > 0 or weak[1]),
    )  # fmt: skip


def _taking_part(edge: Edge, design: Design) -> ChenEdge:
    """Return one line of a relationship that has a diamond of its own.

    Of two ends, an entity takes part totally where at least one of the other belongs to it. Of more, the numbers at the
    ends do not say that, and the line is single unless the relationship identifies a weak entity.
    """
    relationship = design.get(edge.source.element)
    if not isinstance(relationship, Relationship):
        return _with(edge)
    ends = relationship.ends
    at = int(edge.id.rpartition(".")[2])
    letters = _letters([end.max for end in ends])
    total = len(ends) == 2 and ends[1 - at].min > 0
    identified = any(end.identifying for end in ends) and _is_weak(design, edge.target.element)
    return _with(edge, far=Side(_said(letters[at], edge.target.role), total or identified))


def _is_weak(design: Design, element: str) -> bool:
    record = design.get(element)
    return isinstance(record, Entity) and record.nature == "weak"


def _letters(maxima: Sequence[int | None]) -> list[str]:
    """Return 1, the number, or a letter of its own for each end."""
    letters = iter(LETTERS + LETTERS * len(maxima))
    return [next(letters) if each is None else str(each) for each in maxima]


def _said(number: str, role: str) -> str:
    return f"{number} {role}" if role else number
