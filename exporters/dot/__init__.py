"""Graphviz DOT, for pictures that others lay out and style."""

from __future__ import annotations

from designer.schema import Design
from exporters.contract import Export, ExportProblem, Options
from exporters.dot import conceptual, relational
from exporters.dot.drawing import THEMES
from exporters.selection import select


class DotExporter:
    """Writes tables, or entities of a conceptual or logical model, as a graph for Graphviz."""

    name = "dot"
    title = "Graphviz DOT"
    extension = ".dot"
    media_type = "text/vnd.graphviz"
    can = (
        "tables or entities with attributes, types and marks for primary, foreign and unique keys",
        "schemas as clusters",
        "foreign keys from column to column and relationships, with crow's feet; dashed where not identifying",
        "relationships of more than two entities as diamonds, subtypes",
        "any name; a light and a dark theme",
    )
    cannot = (
        "NOT NULL, defaults, checks, indexes, referential actions, comments",
        "views, types, routines, triggers, policies, partitions",
        "the positions of a diagram: Graphviz makes its own",
        "characters that XML cannot hold, which are drawn as \ufffd",
    )

    def export(self, design: Design, options: Options) -> Export:
        """Return `erd.dot`. Raises ExportProblem for a theme that there is not."""
        theme = THEMES.get(options.theme)
        if theme is None:
            raise ExportProblem(f"there is no theme {options.theme!r}; choose one of: {', '.join(THEMES)}")
        selection = select(design, options)
        drawer = relational if selection.model.level == "physical" else conceptual
        drawing = drawer.draw(selection)
        return Export({"erd.dot": drawing.text(theme)}, drawing.notes)


EXPORTER = DotExporter()
