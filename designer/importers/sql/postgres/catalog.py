"""The objects of the script by name, as the server would find them at this point of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from designer.dialects.registry import get
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.facts import SERIALS, TYPES
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.outcomes import Missing, Refused
from designer.schema import (
    CompositeType,
    DomainType,
    Extension,
    IdSource,
    Index,
    Model,
    Policy,
    Publication,
    Record,
    Routine,
    Schema,
    Statement,
    Table,
    Trigger,
    View,
)

DEFAULT = "public"
SPEAKING = frozenset(
    {Table, View, Routine, Trigger, Policy, Index, DomainType, CompositeType, Statement, Publication, Extension}
)
"""Records with words that the server looks up by the search path."""
_quote = get("postgresql").quote
LIMIT = 63
SERIAL_WORDS = tuple(SERIALS)
Key = tuple[str, str]
"""(schema, name)"""


class Catalog:
    """What exists so far. `relations` is the name space that tables, views, sequences, indexes and row types share."""

    def __init__(self, fresh: IdSource):
        self.fresh = fresh
        self.model = Draft(Model, fresh(), "", None, 0)
        self.drafts: dict[str, Draft] = {}
        self.schemas: dict[str, Draft] = {}
        self.declared: set[str] = {DEFAULT}
        self.relations: dict[Key, Draft] = {}
        self.types: dict[Key, Draft] = {}
        self.routines: dict[Key, list[Draft]] = {}
        self.extensions: dict[str, Draft] = {}
        self.publications: dict[str, Draft] = {}
        self.roles: set[str] = set()
        self.known_types: set[str] = set()
        self.kept: dict[Key, list[Draft]] = {}
        """(what, name) -> the statements kept word for word that made it."""
        self._bare_names: set[str] | None = None
        self.path: list[str] = [DEFAULT]
        self.defaults = {"default_tablespace": "", "default_table_access_method": ""}
        """Settings of the session that objects are made with, as a dump says them."""
        self.path_text = ""
        """The search path as SQL writes it, where it is not just `public`: verbatim words depend on it."""

    def set_path(self, names: list[str]) -> None:
        """Let unqualified names mean what a search path makes them mean."""
        self.path = names or [DEFAULT]
        self.path_text = "" if self.path == [DEFAULT] else ", ".join(map(_quote, self.path))

    @contextmanager
    def under(self, path: list[str]) -> Iterator[None]:
        """Look names up as they were at the place of the script where this search path was set."""
        now, self.path = self.path, path or self.path
        try:
            yield
        finally:
            self.path = now

    def add(self, cls: type[Record], name: str, parent: Draft | None, place: int) -> Draft:
        """Return a new draft that will be a record."""
        draft = Draft(cls, self.fresh(), name, parent, place)
        draft.path = self.path
        self.drafts[draft.id] = draft
        if self.path_text and cls in SPEAKING:
            draft.extra["search_path"] = self.path_text
        return draft

    def add_relation(self, cls: type[Record], key: Key, parent: Draft, place: int) -> Relation:
        """Return a new table or view, known by its name from now on."""
        relation = Relation(cls, self.fresh(), key[1], parent, place)
        relation.path = self.path
        if self.path_text:
            relation.extra["search_path"] = self.path_text
        relation.schema = key[0]
        self.drafts[relation.id] = relation
        self.register(self.relations, key, relation)
        return relation

    def register(self, names: dict[Key, Draft], key: Key, draft: Draft) -> None:
        """Make a draft known by its name."""
        names[key] = draft
        draft.key = key

    def discard(self, draft: Draft) -> None:
        """Forget a draft and what belongs to it."""
        self.drafts.pop(draft.id, None)
        if isinstance(draft, Relation):
            for member in (*draft.columns.values(), *draft.members):
                self.discard(member)
        for names in (self.relations, self.types):
            if draft.key is not None and names.get(draft.key) is draft:
                del names[draft.key]
        for single in (self.extensions, self.publications, self.schemas):
            if single.get(draft.name) is draft:
                del single[draft.name]

    # Names

    def key(self, schema: str, name: str) -> Key:
        """Return the key that a new object of this name gets."""
        return (schema or self.path[0], name)

    def home(self, schema: str, place: int) -> Draft:
        """Return the record that an object with this written schema hangs on: the model where none was said."""
        if not schema:
            if self.path[0] == DEFAULT:
                return self.model
            schema = self.path[0]
        found = self.schemas.get(schema)
        if found is None:
            found = self.schemas[schema] = self.add(Schema, schema, self.model, place)
        return found

    def find(self, schema: str, name: str) -> Draft | None:
        """Return the relation that a written name means, or None."""
        if schema:
            return self.relations.get((schema, name))
        for each in self.path:
            found = self.relations.get((each, name))
            if found is not None:
                return found
        return self.relations.get((DEFAULT, name))

    def find_type(self, schema: str, name: str) -> Draft | None:
        """Return the enum, domain or row type that a written name means, or None."""
        if schema:
            return self.types.get((schema, name))
        for each in (*self.path, DEFAULT):
            found = self.types.get((each, name))
            if found is not None:
                return found
        return None

    def row_or_type(self, schema: str, name: str) -> Draft | None:
        """Return the type of a written name, be it that of the rows of a table or view."""
        found = self.find_type(schema, name)
        if found is None and (schema or name not in TYPES) and schema != "pg_catalog":
            relation = self.find(schema, name)
            found = relation if isinstance(relation, Relation) else None
        return found

    def find_routines(self, schema: str, name: str) -> list[Draft]:
        """Return the routines of a written name, whatever their arguments."""
        if schema:
            return self.routines.get((schema, name), [])
        for each in (*self.path, DEFAULT):
            found = self.routines.get((each, name))
            if found:
                return found
        return []

    def sequence_names(self) -> set[str]:
        """Return the bare names of everything that shares the name space of tables; counted once the script is read."""
        if self._bare_names is None:
            self._bare_names = {key[1] for key in self.relations}
        return self._bare_names

    def range(self, node: Node) -> Draft | None:
        """Return what a RangeVar of the tree means."""
        return self.find(node.get("schemaname", ""), node["relname"])

    def knows(self, node: Node) -> bool:
        """Say whether a RangeVar means something: a relation, a table made by a query, or the sequence of a column."""
        name = node["relname"]
        return self.range(node) is not None or ("table", name) in self.kept or self.serial(node) is not None

    def serial(self, node: Node) -> Draft | None:
        """Return the column whose own sequence a RangeVar means: `users_id_seq` of a serial or identity column."""
        name = node["relname"]
        for draft in self.relations.values() if name.endswith("_seq") else ():
            if isinstance(draft, Relation) and draft.cls is Table and name.startswith(draft.name[:20]):
                for column in draft.columns.values():
                    if numbers_rows(column) and object_name(draft.name, column.name, "seq") == name:
                        return column
        return None

    def relation(self, node: Node, index: int = 0) -> Relation:
        """Return the table or view that a RangeVar means. Raises Missing where it is not there."""
        found = self.range(node)
        if isinstance(found, Relation):
            return found
        raise Missing(f"table {shown(node)}", index)

    def table(self, node: Node, index: int = 0) -> Relation:
        """Return the table that a RangeVar means. Raises Missing where it is none."""
        found = self.range(node)
        if isinstance(found, Relation) and found.cls is Table:
            return found
        raise Missing(f"table {shown(node)}", index)


def numbers_rows(column: Draft) -> bool:
    """Say whether the server makes a sequence for a column."""
    return bool(column.fields.get("identity")) or column.fields.get("type", "").lower().endswith(SERIAL_WORDS)


def object_name(first: str, second: str, label: str) -> str:
    """Return `first_second_label`, the longer of the first two cut so that it fits into an identifier."""
    overhead = len(label) + 1 + (1 if second else 0)
    one, two = first.encode(), second.encode()
    while len(one) + len(two) + overhead > LIMIT:
        if len(one) > len(two):
            one = one[:-1]
        else:
            two = two[:-1]
    parts = [one.decode("utf-8", "ignore"), two.decode("utf-8", "ignore"), label]
    return "_".join(part for part in parts if part)


def shown(node: Node) -> str:
    """Return the name of a RangeVar for a message."""
    schema = node.get("schemaname", "")
    return f"{schema}.{node['relname']}" if schema else str(node["relname"])


def strings(nodes: list[Node] | None) -> list[str]:
    """Return the texts of a list of String nodes."""
    return [node["String"].get("sval", "") for node in nodes or ()]


def qualified(nodes: list[Node] | None) -> tuple[str, str]:
    """Return (schema, name) of a written name; the schema is empty where none was said."""
    names = strings(nodes)
    return (names[-2] if len(names) > 1 else "", names[-1] if names else "")


def column_of(relation: Relation, name: str, index: int = 0) -> Draft:
    """Return a column. Raises Refused where the table has none of that name."""
    found = relation.column(name)
    if found is None:
        raise Refused(f"there is no column {name} in {relation.name}", index)
    return found
