"""SVG drawn from the same geometry as the canvas: no scripts, no style sheets, no fonts from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from designer.layout.metrics import ROW_SIZE
from designer.layout.text import FONT
from designer.schema import Design
from exporters.contract import Export, Options
from exporters.svg.boxes import drawn_area, drawn_note
from exporters.svg.elements import drawn_in
from exporters.svg.lines import drawn_labels, drawn_line
from exporters.svg.markup import escaped, number, tag
from exporters.svg.scene import Scene, scene_of
from exporters.svg.theme import Theme, theme_named


@dataclass(frozen=True, slots=True)
class SvgExporter:
    """Tables, entities and their lines in crow's foot notation."""

    name: str = "svg"
    title: str = "SVG picture"
    extension: str = ".svg"
    media_type: str = "image/svg+xml"
    can: tuple[str, ...] = (
        "tables and views with columns, types, keys and nullability",
        "entities with attributes, identifiers and verbs",
        "foreign keys and relationships in crow's foot notation, identifying ones solid",
        "generalizations, inheritance and what views read",
        "diagrams with their places, areas and notes; a whole model is arranged",
        "light and dark theme",
    )
    cannot: tuple[str, ...] = ("checks, indexes, triggers, routines and policies", "comments", "other notations")

    def export(self, design: Design, options: Options) -> Export:
        """Return one file. Raises ExportProblem for an unknown diagram, model, theme or notation."""
        theme = theme_named(options.theme)
        scene, notes = scene_of(design, options)
        return Export({"diagram.svg": written(scene, theme)}, notes)


def written(scene: Scene, theme: Theme) -> str:
    """Return the SVG document of a scene."""
    bounds = scene.bounds()
    shown = [(edge, scene.routes[edge.id]) for edge in scene.edges if edge.id in scene.routes]
    layers = [
        tag("rect", x=bounds.x, y=bounds.y, width=bounds.w, height=bounds.h, fill=theme.page),
        *(drawn_area(area, theme) for area in scene.areas),
        _group(
            [drawn_line(*each, scene.notation, theme) for each in shown],
            fill="none",
            stroke=theme.line,
            stroke_width=1.4,
        ),
        _group(
            [drawn_in(scene.notation, element, scene.placed[element.id], theme) for element in scene.elements],
            font_size=ROW_SIZE,
            fill=theme.text,
        ),
        *(drawn_note(note, theme) for note in scene.notes),
        _group([drawn_labels(*each, theme) for each in shown]),
    ]
    body = "\n".join(layer for layer in layers if layer)
    title = tag("title", escaped(scene.title or "Diagram"), id="diagram-title")
    description = tag("desc", escaped(scene.description), id="diagram-description")
    box = " ".join(map(number, bounds))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(bounds.w)}" height="{number(bounds.h)}" '
        f'viewBox="{box}" role="img" aria-labelledby="diagram-title" aria-describedby="diagram-description" '
        f'font-family="{FONT}">'
    )
    return f"{opening}\n{title}\n{description}\n{body}\n</svg>\n"


def _group(parts: list[str], **attributes: object) -> str:
    return tag("g", "\n" + "\n".join(parts) + "\n", **attributes) if any(parts) else ""


EXPORTER = SvgExporter()
