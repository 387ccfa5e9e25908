"""What a verbatim statement makes, and where it stands: what its names mean there."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from designer.evolution.facts import FactId
from designer.evolution.postgres.lookup import Lookup
from designer.evolution.postgres.trees import Node, Path, dotted, relation, strings, type_words
from designer.schema import Named, Record


@dataclass(frozen=True, slots=True)
class Kept:
    """What a statement makes.

    `undo` are the statements that take it back, none where nothing can. `settles` says that another statement with the
    same key takes its place without an undo between.
    """

    kind: str
    key: tuple[object, ...]
    undo: tuple[str, ...] = ()
    parent: FactId | None = None
    needs: frozenset[FactId] = frozenset()
    settles: bool = False
    name: Path = ()  # under which other statements speak of it
    state: Hashable = None
    """What counts as changed, where that is not the whole statement in any spelling."""


@dataclass(slots=True)
class Where:
    """Where a statement stands: what names mean there."""

    record: Record
    text: str
    look: Lookup
    homes: tuple[str, ...]
    named: dict[tuple[str, str], FactId] = field(default_factory=dict)
    """(kind, name without its schema) -> what a statement before this one made."""

    def full(self, path: Path) -> Path:
        """Return a name with its schema."""
        return path if len(path) > 1 else (self.homes[0], *path)

    def path(self, path: Path) -> str:
        """Return a name as SQL writes it; with its schema where another search path is set for the statement."""
        return dotted(self.full(path)) if "search_path" in self.record.extra else dotted(path)

    def kind(self, node: Node) -> str:
        """Return a type as SQL writes it, with its schema where that is known."""
        found = self.look.type(strings(node.get("names")), self.homes)
        if not isinstance(found, Named):
            return type_words(node)
        path = (self.look.schema_of(found), found.name)
        return dotted(path) + "[]" * len(node.get("arrayBounds", ()))

    def relation(self, node: Node) -> FactId | None:
        """Return the table, view or sequence of a RangeVar."""
        found = self.look.relation(relation(node), self.homes)
        return found.id if found is not None else None

    def routine(self, node: Node) -> frozenset[FactId]:
        """Return the routines that an ObjectWithArgs or a list of names may mean."""
        names = strings(node.get("objname") or node.get("items"))
        return frozenset(each.id for each in self.look.routine(names, self.homes)) if names else frozenset()

    def types(self, *nodes: Node) -> frozenset[FactId]:
        """Return what makes some types."""
        found = (self.look.type(strings(each.get("names")), self.homes) for each in nodes if each)
        return frozenset(each.id for each in found if each is not None)


Reader = Callable[[Node, Where], Kept | None]
