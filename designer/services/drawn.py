"""A first picture for models that came without one. Pure; used by the process that reads uploads as well."""

from __future__ import annotations

from designer.change import apply
from designer.commands.contract import edit
from designer.importers.contract import Progress, no_progress
from designer.layout.place import placements
from designer.schema import Design, Diagram, Model, models, new_id

NAME = "All tables"


def with_diagrams(design: Design, progress: Progress = no_progress) -> Design:
    """Return the design with a diagram of everything for each model that has none."""
    for model in models(design):
        if not design.of(Diagram, model.id):
            design = _with_diagram(design, model, progress)
    return design


def _with_diagram(design: Design, model: Model, progress: Progress) -> Design:
    diagram = Diagram(id=new_id(), parent=model.id, name=NAME)
    places = placements(design, model.id, diagram.id, progress=progress)
    return apply(design, edit(design, "", [diagram, *places]).change)
