"""A first place for elements: on a diagram, or in a drawing that has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from designer.layout.arrange import TIME_LIMIT, Arrangement, Progress, arrange, never, unwatched
from designer.layout.box import Box
from designer.layout.drawing import Watching
from designer.layout.edges import Edge
from designer.layout.elements import boxed_records
from designer.layout.lay_out import NothingToLayOut, lay_out
from designer.layout.metrics import Element, Shape
from designer.layout.notations import NOTATIONS, Notation
from designer.layout.style import LEFT_RIGHT, Style
from designer.schema import Design, Id, IdSource, Model, Placement, new_id


def placements(
    design: Design,
    model_id: Id,
    diagram_id: Id,
    ids: Iterable[Id] | None = None,
    *,
    style: Style = LEFT_RIGHT,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = never,
    time_limit: float = TIME_LIMIT,
    new_id: IdSource = new_id,
) -> list[Placement]:
    """Return the Placement records to put into the design so that `ids` stand in the diagram.

    `ids` are tables, views, entities and boxed relationships; None is every one of the model. What was placed is not
    moved, and only records for the others come back. `diagram_id` may be that of a diagram which is only about to be
    made. Raises LayoutCancelled when `cancelled` turns true.
    """
    model = design[model_id]
    if not isinstance(model, Model):
        raise TypeError(f"{model_id} is a {type(model).__name__}, not a model")
    wanted = [record.id for record in boxed_records(design, model)] if ids is None else list(dict.fromkeys(ids))
    present = {each.element for each in design.of(Placement, diagram_id)}
    missing = [each for each in wanted if each not in present]
    watching = Watching(progress, cancelled, time_limit)
    try:
        done = lay_out(
            design, model_id, diagram_id, missing, style=style, scope="new", watching=watching, new_id=new_id
        )
    except NothingToLayOut:
        return []
    return [record for record in done.records if isinstance(record, Placement)]


def arranged(
    elements: Iterable[Element],
    edges: Iterable[Edge],
    obstacles: Mapping[Id, Box] | None = None,
    standing: Mapping[Id, tuple[int, int]] | None = None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = never,
    time_limit: float = TIME_LIMIT,
    notation: Notation = NOTATIONS[0],
) -> Arrangement:
    """Return corners for the elements that are not `standing`, by name where nothing else decides.

    `notation` measures elements, and keeps room for what it draws between them.
    """
    ordered = sorted(elements, key=lambda each: (each.subtitle, each.title, each.id))
    sizes = {element.id: _size(notation.box_of(element)) for element in ordered}
    between, links = notation.between([] if standing else list(edges))
    sizes.update(between)
    fixed = dict(standing or {})
    if fixed:
        sizes.update({key: (int(box.w), int(box.h)) for key, box in (obstacles or {}).items()})
        fixed.update({key: (int(box.x), int(box.y)) for key, box in (obstacles or {}).items()})
    links = links or [(edge.source.element, edge.target.element) for edge in edges]
    return arrange(sizes, links, progress=progress, cancelled=cancelled, time_limit=time_limit, fixed=fixed)


def _size(shape: Shape) -> tuple[int, int]:
    return shape.w, shape.h
