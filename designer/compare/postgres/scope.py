"""What names mean at one place of a query."""

from __future__ import annotations

from dataclasses import dataclass, field

Columns = dict[str, str]
"""Column -> its type in one word, in the order of the relation."""


@dataclass(frozen=True)
class Source:
    """What one item of FROM offers under its alias; `place` is what it is called in the resolved tree."""

    alias: str
    columns: Columns | None
    place: str
    scalar: bool = False  # a function: its one column has its alias


@dataclass
class Scope:
    """What names mean at one place of a query."""

    sources: list[Source] = field(default_factory=list)
    merged: bool = False  # USING or NATURAL: a column is of two sources at once
    shared: set[str] = field(default_factory=set)  # the columns of USING in inner joins
    outer_right: bool = False  # a right or full join, where that column is not the left one's
    outer: Scope | None = None
    tables: dict[str, Columns | None] = field(default_factory=dict)  # WITH

    def add(self, alias: str, columns: Columns | None, *, scalar: bool = False) -> str:
        """Add a source and return its place: the server may give aliases of its own, so they are counted instead."""
        place = f"{self.depth()}.{len(self.sources)}"
        self.sources.append(Source(alias, columns, place, scalar))
        return place

    def depth(self) -> int:
        """Return how many scopes are round this one."""
        return self.outer.depth() + 1 if self.outer else 0

    def table(self, name: str) -> tuple[bool, Columns | None]:
        """Return whether a WITH of this place or one around it has the name, and its columns."""
        if name in self.tables:
            return True, self.tables[name]
        return self.outer.table(name) if self.outer else (False, None)

    def offers_no(self, column: str) -> bool:
        """Say whether it is known that no source has a column."""
        return all(source.columns is not None and column not in source.columns for source in self.sources)

    def find(self, parts: list[str]) -> tuple[list[str], str]:
        """Return a column's qualified name and its type, as far as they are known."""
        if len(parts) > 1 and parts[-1] in self.shared and any(each.alias == parts[-2] for each in self.sources):
            parts = parts[-1:]  # of two tables that are joined by it; the server names one or the other
        if len(parts) > 1:
            for source in self.sources:
                if source.alias == parts[-2]:
                    return [source.place, parts[-1]], (source.columns or {}).get(parts[-1], "")
            return self.outer.find(parts) if self.outer else (parts, "")
        having = [source for source in self.sources if source.columns and parts[0] in source.columns]
        if len(having) == 1 or (having and self.merged):
            shared = self.merged and self.outer_right and len(having) > 1
            return ([parts[0]] if shared else [having[0].place, parts[0]]), (having[0].columns or {})[parts[0]]
        whole = next((source for source in self.sources if source.alias == parts[0]), None)
        if whole is not None:
            return [whole.place, whole.alias if whole.scalar else "*"], ""
        if any(source.columns is None for source in self.sources):
            only = self.sources[0].place if len(self.sources) == 1 and not self.outer else ""
            return ([only, parts[0]] if only else parts), ""
        return self.outer.find(parts) if self.outer else (parts, "")
