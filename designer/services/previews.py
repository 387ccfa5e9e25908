"""A small picture of a design for its card: boxes and lines, no text, so that it costs little and needs no fonts."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from designer.layout.box import Box, union
from designer.layout.edges import edges_of
from designer.layout.elements import element_of, with_placement
from designer.layout.notations import notation_of
from designer.models import Branch
from designer.schema import Design, Diagram, Id, Placement, first_physical, models
from designer.services import branches

COLOURS = {
    "light": {"box": "#ffffff", "head": "#c9d6f5", "line": "#aab4c3", "edge": "#b4bcc8"},
    "dark": {"box": "#222934", "head": "#39486e", "line": "#4d596b", "edge": "#465163"},
}
MOST_BOXES = 300
MARGIN = 40


def svg(branch: Branch, theme: str) -> str:
    """Return the picture of the first diagram of the physical model, or of any."""
    design, _ = branches.load(branch)
    diagram = _first_diagram(design)
    boxes = _boxes(design, diagram) if diagram else {}
    around = union(boxes.values())
    if around is None:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
    view = f"{around.x - MARGIN:.0f} {around.y - MARGIN:.0f} {around.w + 2 * MARGIN:.0f} {around.h + 2 * MARGIN:.0f}"
    colours = COLOURS[theme]
    stroke = max(1.0, max(around.w, around.h) / 500)
    body = _lines(design, diagram, boxes, colours, stroke) + [_box(box, colours, stroke) for box in boxes.values()]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox={quoteattr(view)}>{"".join(body)}</svg>'


def _first_diagram(design: Design) -> Diagram | None:
    physical = first_physical(design)
    ordered = ([physical] if physical else []) + models(design)
    return next((diagram for model in ordered for diagram in design.of(Diagram, model.id)), None)


def _boxes(design: Design, diagram: Diagram) -> dict[Id, Box]:
    found: dict[Id, Box] = {}
    notation = notation_of(diagram.notation)
    for place in design.of(Placement, diagram.id)[:MOST_BOXES]:
        record = design.get(place.element or "")
        element = element_of(design, record, place.detail or diagram.detail) if record else None
        if record is not None and element is not None and place.element:
            shape = notation.box_of(notation.adjust(with_placement(element, place), design, record))
            found[place.element] = Box(place.x, place.y, shape.w, shape.h)
    return found


def _lines(
    design: Design, diagram: Diagram | None, boxes: dict[Id, Box], colours: dict[str, str], stroke: float
) -> list[str]:
    model = design.model_of(diagram) if diagram else None
    if model is None:
        return []
    found = []
    for edge in edges_of(design, model, boxes):
        a, b = boxes[edge.source.element], boxes[edge.target.element]
        found.append(
            f'<path d="M{a.x + a.w / 2:.0f} {a.y + a.h / 2:.0f}L{b.x + b.w / 2:.0f} {b.y + b.h / 2:.0f}" '
            f'stroke="{colours["edge"]}" stroke-width="{stroke * 1.5:.1f}" fill="none"/>'
        )
    return found


def _box(box: Box, colours: dict[str, str], stroke: float) -> str:
    place = f'x="{box.x:.0f}" y="{box.y:.0f}" width="{box.w:.0f}" rx="6"'
    return (
        f'<rect {place} height="{box.h:.0f}" fill="{colours["box"]}" stroke="{colours["line"]}" '
        f'stroke-width="{stroke:.1f}"/>'
        f'<rect {place} height="{min(box.h, 30):.0f}" fill="{colours["head"]}"/>'
    )
