"""Mermaid: the tables in which something changes and those next to them, with what is new, goes and changes marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.overview import ADDED, CHANGED, REMOVED, Item, Overview, overview
from designer.schema import Column, Record, Table
from exporters.contract import Options
from exporters.mermaid import relational
from exporters.selection import select

_STYLES = {
    ADDED: "fill:#dcfce7,stroke:#15803d,color:#14532d",
    REMOVED: "fill:#fee2e2,stroke:#b91c1c,color:#7f1d1d",
    CHANGED: "fill:#fef3c7,stroke:#b45309,color:#78350f",
}
_PLAIN = re.compile(r"[A-Za-z][\w-]*\Z")


class Mermaid:
    """Mermaid."""

    name = "mermaid"
    title = "Mermaid"
    text = "a diagram of what changes, for Markdown pages"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one diagram; an empty one where nothing that can be drawn differs."""
        return {f"{meta.day}_{meta.slug}.mmd": diagram(up)}


def diagram(migration: Migration) -> str:
    """Return the erDiagram of what changes, empty where no table does."""
    found = overview(migration)
    shown = {each for each in (*found.tables, *found.neighbours) if isinstance(found.both.get(each), Table)}
    if not found.tables & shown:
        return ""
    design = found.both.changed((), _marked(found))
    selection = select(design, Options(model=found.model, elements=tuple(sorted(shown))))
    drawing = relational.draw(selection)
    names = relational.names(selection)
    near = {names[each] for each in found.neighbours & names.keys()}
    for box in drawing.boxes:
        if box.name in near:
            box.rows = []
    return drawing.text() + "".join(f"  {line}\n" for line in _styled(found, names))


def _marked(found: Overview) -> Iterator[Record]:
    """Yield the columns that differ, with what happens to them in place of their comment."""
    for item in found.items:
        column = found.both.get(item.id)
        if isinstance(column, Column):
            yield msgspec.structs.replace(column, comment=_said(item))


def _said(item: Item) -> str:
    if item.mark != CHANGED:
        return item.mark
    return "changed: " + "; ".join(
        f"{each.field} {each.old or 'none'} to {each.new or 'none'}" for each in item.details
    )


def _styled(found: Overview, names: dict[str, str]) -> Iterator[str]:
    """Yield the colours; a name that Mermaid needs in quotes cannot be given one."""
    marked: dict[str, list[str]] = {}
    for table in sorted(found.tables & names.keys(), key=lambda each: names[each]):
        if _PLAIN.match(names[table]):
            marked.setdefault(found.marks.get(table, CHANGED), []).append(names[table])
    for mark, tables in marked.items():
        yield f"classDef {mark} {_STYLES[mark]}"
        yield f"class {','.join(tables)} {mark}"


FORMAT = Mermaid()
