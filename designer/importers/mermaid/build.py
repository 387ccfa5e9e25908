"""An erDiagram as records: entities are tables, attributes columns, relationships foreign keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from designer.dialects.features import SCHEMAS
from designer.dialects.logical import logical_type
from designer.importers.building import Build
from designer.importers.contract import Outcome
from designer.importers.mermaid.grammar import Attribute, Document, Entity, Relationship
from designer.schema import Column, Id, Table

_QUALIFIED = re.compile(r"([\w$]+)\.([\w$]+)")
_NUMBERS = re.compile(r"(?<=\d)_(?=\d)")
_NOT_IN_WORD = re.compile(r"[^\w\-\[\]()]|(?=[^\x00-\x7f])[^\w]")
_NUMBERED = re.compile(r"_\d+$")


class Builder:
    """Makes the records of one diagram."""

    def __init__(self, build: Build, document: Document):
        self.build = build
        self.document = document
        self.tables: dict[str, Table] = {}
        self.columns: dict[Id, dict[str, Column]] = {}
        self.foreign: dict[Id, list[Column]] = {}
        self.used: set[Id] = set()

    def run(self) -> None:
        """Make the tables, then what joins them."""
        for entity in self.document.entities.values():
            self._table(entity)
        for relationship in self.document.relationships:
            self._relationship(relationship)

    def _table(self, entity: Entity) -> None:
        name = entity.title or entity.name
        found = _QUALIFIED.fullmatch(name) if self.build.dialect.supports(SCHEMAS) else None
        table = self.build.table(found[2], found[1]) if found else self.build.table(name)
        self.tables[entity.name] = table
        self.columns[table.id] = {}
        for attribute in entity.attributes:
            self._column(table, attribute)
        primary = [self._named(table, each) for each in entity.attributes if "PK" in each.keys]
        if primary:
            self.build.key(table.id, primary, primary=True)
        for attribute in entity.attributes:
            if "UK" in attribute.keys and "PK" not in attribute.keys:
                self.build.key(table.id, [self._named(table, attribute)])
        self.foreign[table.id] = [self._named(table, each) for each in entity.attributes if "FK" in each.keys]
        if not entity.attributes:
            column = self.build.counting(self.build.column(table, "id", "bigint", nullable=False))
            self.build.put(column)
            self.columns[table.id]["id"] = column
            self.build.key(table.id, [column], primary=True)
        self._told(f"Entity {name}", entity.line, "" if entity.attributes else "it has no attributes, so it got an id")

    def _told(self, what: str, line: int, warning: str) -> None:
        self.build.tell(Outcome.WARNING if warning else Outcome.IMPORTED, what, warning, line, 1)

    def _named(self, table: Table, attribute: Attribute) -> Column:
        column = self.build.records[self.columns[table.id][attribute.name].id]
        assert isinstance(column, Column)  # noqa: S101 - it was put there as one
        return column

    def _column(self, table: Table, attribute: Attribute) -> None:
        name, comment = _spelt_out(attribute)
        own = self.columns[table.id]
        taken = {column.name for column in own.values()}
        if attribute.name in own:
            self._told(f"Attribute {attribute.name}", attribute.line, f"{table.name} has it twice; one is kept")
            return
        if name in taken:
            name, comment = attribute.name, attribute.comment
        own[attribute.name] = self.build.column(table, name, _type(attribute.type, self.build), comment=comment)

    # Relationships

    def _relationship(self, line: Relationship) -> None:
        left, right = self.tables[line.left], self.tables[line.right]
        if line.left_many[1] and line.right_many[1]:
            self._link(left, right, line)
            return
        child, parent, optional = self._sides(left, right, line)
        refs = self._primary(parent)
        columns = self._referring(child, parent, refs, line)
        if not columns or not refs:
            message = f"{parent.name} has no key to refer to, so the line to {child.name} is left out"
            self._told("Relationship", line.line, message)
            return
        if not optional:
            columns = [msgspec.structs.replace(column, nullable=False) for column in columns]
            for column in columns:
                self.build.put(column)
        self.build.put(
            msgspec.structs.replace(
                self.build.foreign_key(child.id, columns, parent.id, refs), name=self._name_in(line, columns)
            )
        )
        if not line.left_many[1] and not line.right_many[1] and not self.build.unique(child.id, columns):
            self.build.key(child.id, columns)

    def _sides(self, left: Table, right: Table, line: Relationship) -> tuple[Table, Table, bool]:
        """Return who refers to whom, and whether he may refer to nobody."""
        if line.left_many[1]:
            return left, right, line.right_many[0] == 0
        if line.right_many[1] or self._marked(right, left) or not self._marked(left, right):
            return right, left, line.left_many[0] == 0
        return left, right, line.right_many[0] == 0

    def _marked(self, child: Table, parent: Table) -> bool:
        """Whether a table has foreign key columns, and no fewer than the other one."""
        return bool(self.foreign[child.id]) and len(self.foreign[child.id]) >= len(self.foreign[parent.id])

    def _referring(self, child: Table, parent: Table, refs: Sequence[Column], line: Relationship) -> list[Column]:
        """Return the columns of a foreign key: those that its label names, those that look like it, or new ones."""
        own = {column.name: column for column in self._foreign(child) or self._own(child)}
        named = [own[part] for part in line.label.split(", ") if part in own]
        if named and len(named) == len(line.label.split(", ")) == len(refs):
            return named
        free = [column for column in self._foreign(child) if column.id not in self.used]
        likely = [column for column in free if _alike(column.name, parent.name)]
        found = likely if len(likely) == len(refs) else free if len(free) == len(refs) else []
        self.used.update(column.id for column in found)
        return list(found) or self._new(child, parent, refs)

    def _new(self, child: Table, parent: Table, refs: Sequence[Column]) -> list[Column]:
        made = []
        for ref in refs:
            name = ref.name if _alike(ref.name, parent.name) else f"{_one(parent.name)}_{ref.name}"
            if child.id == parent.id:
                name = f"parent_{ref.name}"
            number, wanted = 2, name
            while name in {column.name for column in self._own(child)}:
                name, number = f"{wanted}_{number}", number + 1
            column = self.build.column(child, name, ref.type)
            self.columns[child.id][f"\0{name}"] = column
            made.append(column)
        return made

    def _name_in(self, line: Relationship, columns: Sequence[Column]) -> str:
        """A label that is one word and not the columns may be the name of the key; a phrase is what people say."""
        plain = ", ".join(column.name for column in columns)
        return line.label if re.fullmatch(r"\w+_(?:fkey|fk)|fk_\w+", line.label) and line.label != plain else ""

    def _own(self, table: Table) -> list[Column]:
        return self.build.columns(table.id)

    def _foreign(self, table: Table) -> list[Column]:
        ids = {column.id for column in self.foreign[table.id]}
        return [column for column in self._own(table) if column.id in ids]

    def _primary(self, table: Table) -> list[Column]:
        """Return what a foreign key to a table refers to: its primary key, else a column called like one."""
        usual = ("id", f"{_one(table.name).lower()}_id")
        return self.build.primary(table.id) or [c for c in self._own(table) if c.name.lower() in usual][:1]

    def _link(self, left: Table, right: Table, line: Relationship) -> None:
        """Make the table that many to many stands for."""
        ends = [(table, self._primary(table)) for table in (left, right)]
        if not all(refs for _, refs in ends):
            self._told("Relationship", line.line, "many to many needs a key on both sides; the line is left out")
            return
        taken = {table.name for table in self.tables.values()}
        name, number = f"{left.name}_{right.name}", 2
        while name in taken:
            name, number = f"{left.name}_{right.name}_{number}", number + 1
        link = self.build.table(name)
        self.tables[f"\0{name}"] = link
        self.columns[link.id], self.foreign[link.id] = {}, []
        made = [self._new(link, table, refs) for table, refs in ends]
        self.build.key(link.id, [*made[0], *made[1]], primary=True)
        for (table, refs), columns in zip(ends, made, strict=True):
            self.build.foreign_key(link.id, columns, table.id, refs)
        self._told("Relationship", line.line, f"many to many became the table {name}")


def _spelt_out(attribute: Attribute) -> tuple[str, str]:
    """Return name and comment; our exporter starts the comment with the real name where Mermaid cannot say it."""
    first, _, rest = attribute.comment.partition(": ")
    for real, comment in ((attribute.comment, ""), (first, rest)):
        written = _NOT_IN_WORD.sub("_", real)
        bare = _NUMBERED.sub("", attribute.name)
        if real and {written, f"_{written}"} & {attribute.name, bare} and real not in (attribute.name, bare):
            return real, comment
    return attribute.name, attribute.comment


def _type(written: str, build: Build) -> str:
    """Return a type as databases write it: `numeric(10_2)` -> `numeric(10,2)`."""
    text = _NUMBERS.sub(",", written) if "(" in written else written
    spaced = text.replace("_", " ")
    known = not logical_type(spaced, build.dialect).startswith(("other(", "enum", "set"))
    return "text" if text.lower() == "any" else spaced if known else text


def _one(name: str) -> str:
    """Return a rough singular: `categories` -> `category`."""
    lower = name.lower()
    if lower.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    return name[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else name


def _alike(column: str, table: str) -> bool:
    plain = column.lower().replace("_", "")
    return plain.startswith((_one(table).lower().replace("_", ""), table.lower().replace("_", "")))
