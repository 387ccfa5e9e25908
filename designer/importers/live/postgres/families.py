"""The families of objects: what is read of each, and in which words that is told while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from designer.importers.live.postgres import (
    dependencies,
    foreign,
    indexes,
    notes,
    operators,
    privileges,
    programs,
    publications,
    remarks,
    routines,
    schemas,
    sequences,
    tables,
    texts,
    types,
    views,
)
from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece
from designer.importers.live.postgres.sections import Sections


@dataclass(frozen=True, slots=True)
class Family:
    """Objects that are read in one round trip."""

    title: str
    sections: Sections
    pieces: Callable[[Catalog], Iterator[Piece]] | None = None


FAMILIES: tuple[Family, ...] = (
    Family("schemas and extensions", schemas.SECTIONS, schemas.pieces),
    Family("types", types.SECTIONS, types.pieces),
    Family("collations and text search", texts.SECTIONS, texts.pieces),
    Family("functions", routines.SECTIONS, routines.pieces),
    Family("operators", operators.SECTIONS, operators.pieces),
    Family("foreign servers", foreign.SECTIONS, foreign.pieces),
    Family("tables and columns", tables.SECTIONS, tables.pieces),
    Family("sequences", sequences.SECTIONS, sequences.pieces),
    Family("indexes", indexes.SECTIONS, indexes.pieces),
    Family("views", views.SECTIONS, views.pieces),
    Family("triggers, rules and policies", programs.SECTIONS, programs.pieces),
    Family("publications and statistics", publications.SECTIONS, publications.pieces),
    Family("privileges", privileges.SECTIONS, privileges.pieces),
    Family("comments", remarks.SECTIONS),
    Family("dependencies", dependencies.SECTIONS),
    Family("what is left out", notes.SECTIONS),
)


def all_sections() -> Mapping[str, str]:
    """Return every section of a snapshot with its query."""
    return {name: query for family in FAMILIES for name, query in family.sections.items()}
