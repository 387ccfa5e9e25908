"""SVG drawn from the same geometry as the canvas: no scripts, no style sheets, no fonts from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from designer.layout.box import Box
from designer.layout.metrics import ROW_SIZE, Element
from designer.layout.notations import Notation
from designer.layout.text import FONT, ellipsize, text_width, visible
from designer.schema import Design, Id
from exporters.contract import Export, ExportProblem, Note, Options
from exporters.svg.boxes import drawn_area
from exporters.svg.elements import drawn_in
from exporters.svg.legend import cell_width, drawn_legend, legend_height
from exporters.svg.lines import drawn_arc, drawn_labels, drawn_line
from exporters.svg.marks import marked_box, marked_line
from exporters.svg.markup import escaped, number, tag, text
from exporters.svg.notes import drawn_note
from exporters.svg.scene import Scene, scene_of
from exporters.svg.theme import Theme, theme_named, theme_outside

FONTS = FONT.replace("'Liberation Sans'", "Arimo, 'Liberation Sans', 'Nimbus Sans'")
"""All of them have the widths that boxes are measured by; only a machine with none of them takes another."""
HEADING_SIZE = 22
HEADING_H = 44
LEAST_SIDE = 16
LEGEND_INSET = 24
_LINK = re.compile(r"https?://|[/?#](?!/)")


@dataclass(frozen=True, slots=True)
class SvgExporter:
    """Tables, entities and their lines in the notation of the diagram."""

    name: str = "svg"
    title: str = "SVG picture"
    extension: str = ".svg"
    media_type: str = "image/svg+xml"
    can: tuple[str, ...] = (
        "tables and views with columns, types, keys and nullability",
        "entities with attributes, identifiers and verbs",
        "foreign keys and relationships in the notation of the diagram, or in another",
        "generalizations, exclusive relationships, inheritance and what views read",
        "diagrams with their places, areas and notes; a whole model is arranged; a selection",
        "light and dark theme; themed, white or transparent background; heading and legend",
        "names as text that can be searched and selected; a link for each table",
    )
    cannot: tuple[str, ...] = ("checks, indexes, triggers, routines and policies", "comments")

    def export(self, design: Design, options: Options) -> Export:
        """Return one file. Raises ExportProblem for an unknown diagram, model, theme, notation or background."""
        theme, outside = theme_named(options.theme), theme_outside(options.theme, options.background)
        if options.links is not None and not _LINK.match(options.links):
            raise ExportProblem("links must start with http://, https://, /, ? or #; give the address of the design")
        scene, notes = scene_of(design, options)
        if scene.arcs and scene.notation.straight:
            said = (
                f"{scene.notation.title} has no sign for exclusive relationships: {len(scene.arcs)} arcs are not drawn"
            )
            notes = [*notes, Note(said, code="no-arc")]
        return Export({"diagram.svg": written(scene, theme, outside, options)}, notes)


def written(scene: Scene, theme: Theme, outside: Theme, options: Options) -> str:
    """Return the SVG document of a scene; `outside` are the colours of what stands on the page and not in a box."""
    inner = _bounds(scene, options)
    bounds = _with_legend(inner, scene.notation) if options.legend else inner
    layers = [
        _page(bounds, outside) if options.background != "transparent" else "",
        _heading(scene, bounds, outside) if options.title else "",
        *_drawn(scene, theme, outside, options),
        _strip(inner, bounds, outside) if options.legend and options.region else "",
        _legend(inner, bounds, scene.notation, outside) if options.legend else "",
    ]
    body = "\n".join(layer for layer in layers if layer)
    return f"{_opening(scene, bounds)}\n{body}\n</svg>\n"


def _bounds(scene: Scene, options: Options) -> Box:
    """Return what the picture shows: the region as it was asked for, else everything and what stands round it."""
    if options.region is not None:
        x, y, w, h = options.region
        return Box(x, y, max(LEAST_SIDE, w), max(LEAST_SIDE, h))
    x, y, w, h = scene.bounds(options.margin)
    top = HEADING_H if options.title else 0
    return Box(x, y - top, max(LEAST_SIDE, w), max(LEAST_SIDE, h + top))


def _with_legend(bounds: Box, notation: Notation) -> Box:
    """Return the bounds with room for a legend under the drawing, at least as wide as one of its columns."""
    w = max(bounds.w, cell_width(notation) + 2 * LEGEND_INSET)
    return Box(bounds.x, bounds.y, w, bounds.h + legend_height(notation, w - 2 * LEGEND_INSET) + LEGEND_INSET)


def _strip(inner: Box, bounds: Box, theme: Theme) -> str:
    """Return the ground of the legend, which hides what of a cut drawing would show under it."""
    return _page(Box(bounds.x, inner.bottom, bounds.w, bounds.h - inner.h), theme)


def _legend(inner: Box, bounds: Box, notation: Notation, theme: Theme) -> str:
    x, width = bounds.x + LEGEND_INSET, bounds.w - 2 * LEGEND_INSET
    return drawn_legend(notation, x, inner.bottom, width, theme)


def _opening(scene: Scene, bounds: Box) -> str:
    """Return the root element's start tag, and the texts for those who cannot see the drawing.

    Their ids hold that of the diagram, since a page may show several drawings.
    """
    title, description = (f"{word}-{escaped(scene.id)}" for word in ("title", "description"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(bounds.w)}" height="{number(bounds.h)}" '
        f'viewBox="{" ".join(map(number, bounds))}" role="img" aria-labelledby="{title}" '
        f'aria-describedby="{description}" font-family="{FONTS}">\n'
        + tag("title", escaped(scene.title or "Diagram"), id=title)
        + "\n"
        + tag("desc", escaped(scene.description), id=description)
    )


def _page(bounds: Box, theme: Theme) -> str:
    return tag("rect", x=bounds.x, y=bounds.y, width=bounds.w, height=bounds.h, fill=theme.page)


def _heading(scene: Scene, bounds: Box, theme: Theme) -> str:
    inset = min(40, bounds.w / 8)
    shown = ellipsize(visible(scene.title or "Diagram"), HEADING_SIZE, True, int(bounds.w - 2 * inset))
    room = text_width(shown, HEADING_SIZE, True)
    return text(
        shown, bounds.x + inset, bounds.y + HEADING_H, HEADING_SIZE, True, room,
        font_size=HEADING_SIZE, font_weight="bold", fill=theme.text,
    )  # fmt: skip


def _drawn(scene: Scene, theme: Theme, outside: Theme, options: Options) -> list[str]:
    """Return the layers of a drawing, from the bottom up."""
    shown = [(edge, scene.routes[edge.id]) for edge in scene.edges if edge.id in scene.routes]
    boxes = [_box(scene, each, theme, options) for each in scene.elements]
    lines = [drawn_line(*each, scene.notation, outside) for each in shown]
    if options.marks is not None:
        lines = [marked_line(line, each[0], options.marks, outside) for line, each in zip(lines, shown, strict=True)]
    lines += [] if scene.notation.straight else [drawn_arc(each, outside) for each in scene.arcs]
    return [
        *(drawn_area(area, theme) for area in scene.areas),
        _group(lines, fill="none", stroke=outside.line, stroke_width=1.4),
        _group(boxes, font_size=ROW_SIZE, fill=theme.text),
        *(drawn_note(note, theme) for note in scene.notes),
        _group(drawn_labels(shown, scene.notation, [each.box for each in scene.placed.values()], outside)),
    ]


def _box(scene: Scene, element: Element, theme: Theme, options: Options) -> str:
    placed = scene.placed[element.id]
    drawn = drawn_in(scene.notation, element, placed, theme)
    if options.marks is not None:
        drawn = marked_box(drawn, element, placed, options.marks, theme)
    return _named(drawn, element.id, options.links)


def _named(group: str, element: Id, links: str | None) -> str:
    """Return the group of a box with the id of what it shows, inside of a link where there are links."""
    named = group.replace("<g", f'<g id="{escaped(element)}"', 1)
    return named if links is None else tag("a", named, href=links + element, target="_top")


def _group(parts: list[str], **attributes: object) -> str:
    return tag("g", "\n" + "\n".join(parts) + "\n", **attributes) if any(parts) else ""


EXPORTER = SvgExporter()
