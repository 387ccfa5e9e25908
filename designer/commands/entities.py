"""Adding entities; as doc/commands/entities.js."""

from __future__ import annotations

from itertools import count

from designer.commands.contract import Edit, edit, get
from designer.commands.edit import check_name
from designer.commands.names import names_in
from designer.commands.tables import last_order
from designer.schema import Design, Diagram, Entity, Id, IdSource, Model, Placement, Record


def add_entity(
    design: Design,
    model: Id,
    name: str | None,
    ids: IdSource,
    *,
    nature: str = "strong",
    diagram: Id | None = None,
    at: tuple[int, int] = (0, 0),
) -> Edit:
    """Add an entity to a conceptual or logical model; with `diagram`, also place it there.

    Without a name it gets the first free one of `Entity 1`, `Entity 2`, …
    """
    parent = get(design, model, Model).id
    taken = names_in(design, parent, (Entity,))
    chosen = name if name is not None else next(n for k in count(1) if (n := f"Entity {k}") not in taken)
    order = last_order(design, parent, Entity)
    entity = Entity(id=ids(), parent=parent, name=chosen, nature=nature, order=order)
    check_name(design, entity, chosen)
    put: list[Record] = [entity]
    if diagram is not None:
        get(design, diagram, Diagram)
        put.append(Placement(id=ids(), parent=diagram, element=entity.id, x=at[0], y=at[1]))
    return edit(design, f"Add entity {chosen}", put)
