"""Mermaid erDiagram, for Markdown pages and wikis; what is written reads back as exactly what was exported."""

from __future__ import annotations

from designer.schema import Design
from exporters.contract import Export, Note, Options
from exporters.mermaid import conceptual, relational
from exporters.mermaid.drawing import MAX_TEXT_SIZE
from exporters.selection import select


class MermaidExporter:
    """Writes tables, or entities of a conceptual or logical model, as a Mermaid erDiagram."""

    name = "mermaid"
    title = "Mermaid"
    extension = ".mmd"
    media_type = "text/vnd.mermaid"
    can = (
        "tables or entities with their attributes and types",
        "primary, foreign and single-column unique keys",
        "relationships with cardinality, identifying or not",
        "comments on attributes",
        "any name; names of attributes that Mermaid does not take are spelt out in the comment",
    )
    cannot = (
        "NOT NULL, defaults, generated and identity columns",
        "checks, exclusions, indexes, unique keys of several columns",
        "referential actions",
        "views, types, routines, triggers, policies, partitions",
        "comments on tables; roles at both ends; subtypes",
        "relationships of more than two entities, which become an entity",
    )

    def export(self, design: Design, options: Options) -> Export:
        """Return `erd.mmd`. By default of the first physical model, else of the first model."""
        selection = select(design, options)
        drawer = relational if selection.model.level == "physical" else conceptual
        drawing = drawer.draw(selection)
        text = drawing.text()
        return Export({"erd.mmd": text}, drawing.notes + _size_note(text))


def _size_note(text: str) -> list[Note]:
    units = len(text.encode("utf-16-le")) // 2  # Mermaid counts as JavaScript does
    if units <= MAX_TEXT_SIZE:
        return []
    message = (
        f"the text has {units:,} characters; Mermaid's default maxTextSize is {MAX_TEXT_SIZE:,}, so set it higher "
        "in the page that draws the diagram, or export one subject area at a time"
    )
    return [Note(message, code="too-long")]


EXPORTER = MermaidExporter()
