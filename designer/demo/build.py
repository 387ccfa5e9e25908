"""Building the demo design from the data in `shop.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from designer.commands.expressions import expression
from designer.demo import shop
from designer.dialects.logical import logical_type
from designer.dialects.registry import get as dialect_of
from designer.schema import (
    AccessPattern,
    Attribute,
    Check,
    Column,
    Design,
    Diagram,
    Domain,
    End,
    Entity,
    EnumType,
    Expr,
    ForeignKey,
    Id,
    Identifier,
    IdSource,
    Index,
    IndexPart,
    Key,
    Model,
    Placement,
    Record,
    Relationship,
    Table,
    Term,
    seeded_ids,
)
from designer.schema.order import sequence

_LINE = re.compile(
    r"^(?P<name>\w+)\s+(?P<type>[\w(),]+)(?P<flags>(?:\s+(?:pk|null|unique))*)(?:\s+=\s+(?P<default>\S+))?"
    r"(?:\s+->\s+(?P<ref>\w+)\.(?P<ref_column>\w+)(?:\s+(?P<action>cascade|restrict|set null))?)?"
    r"(?P<flags2>(?:\s+unique)*)(?:\s+--\s+(?P<comment>.*))?$"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One column as written in `shop.TABLES`."""

    name: str
    type: str
    flags: frozenset[str]
    default: str
    ref: tuple[str, str] | None
    action: str
    comment: str


def demo_design() -> Design:
    """Return the demo: three models, traced upwards by `origin`; the same records every time."""
    return _Build(seeded_ids("wholekey demo shop")).design()


def _lines(body: str) -> list[_Line]:
    return [_line(text.strip()) for text in body.strip().splitlines()]


def _line(text: str) -> _Line:
    found = _LINE.match(text)
    if found is None:
        raise ValueError(f"this line of the demo cannot be read: {text}")
    ref = (found["ref"], found["ref_column"]) if found["ref"] else None
    flags = frozenset((found["flags"] + found["flags2"]).split())
    return _Line(
        found["name"], found["type"], flags, found["default"] or "", ref, found["action"] or "", found["comment"] or ""
    )


class _Build:
    def __init__(self, ids: IdSource):
        self.ids = ids
        self.records: list[Record] = []
        self.lines = {table: _lines(body) for table, (_, body) in shop.TABLES.items()}

    def design(self) -> Design:
        conceptual = self._model("Shop concepts", "conceptual", "a")
        logical = self._model("Shop, logical", "logical", "b")
        physical = self._model("Shop on PostgreSQL", "physical", "c", "postgresql", "18")
        concepts = self._entities(conceptual.id, {})
        self._glossary(conceptual.id, concepts)
        self._picture(conceptual.id, "Concepts", shop.CONCEPTS, concepts)
        entities = self._entities(logical.id, concepts)
        attributes = self._attributes(entities, self._domains(logical.id))
        self._patterns(logical.id, entities)
        self._picture(
            logical.id, "Logical model", {n: (x * 13 // 10, y * 2) for n, (x, y) in shop.CONCEPTS.items()}, entities
        )
        tables = self._tables(physical.id, entities, attributes)
        self._picture(physical.id, "Customers and orders", shop.ORDERS_DIAGRAM, tables)
        self._picture(physical.id, "Catalogue and stock", shop.CATALOGUE_DIAGRAM, tables)
        return self._constrained(Design(self.records), tables)

    def _add(self, record: Record) -> Id:
        self.records.append(record)
        return record.id

    def _model(self, name: str, level: str, order: str, target: str = "", version: str = "") -> Model:
        model = Model(id=self.ids(), name=name, level=level, order=order, target=target, version=version)
        self._add(model)
        return model

    def _picture(self, model: Id, name: str, places: dict[str, tuple[int, int]], elements: dict[str, Id]) -> None:
        number = sum(isinstance(record, Diagram) for record in self.records)
        diagram = self._add(Diagram(id=self.ids(), parent=model, name=name, order=sequence(9)[number]))
        for element, (x, y) in places.items():
            self._add(Placement(id=self.ids(), parent=diagram, element=elements[element], x=x, y=y))

    def _entities(self, model: Id, origins: dict[str, Id]) -> dict[str, Id]:
        made: dict[str, Id] = {}
        for order, (name, (nature, text, _)) in zip(sequence(len(shop.ENTITIES)), shop.ENTITIES.items(), strict=True):
            entity = Entity(id=self.ids(), parent=model, name=name, nature=nature, comment=text, order=order)
            made[name] = self._add(_traced(entity, origins.get(name)))
        for order, (verb, *ends, identifying) in zip(
            sequence(len(shop.RELATIONSHIPS)), shop.RELATIONSHIPS, strict=True
        ):
            both = tuple(
                End(entity=made[entity], role=role, min=least, max=most, identifying=identifying and number == 0)
                for number, (entity, role, least, most) in enumerate(ends)
            )
            self._add(Relationship(id=self.ids(), parent=model, name=verb, ends=both, order=order))
        return made

    def _glossary(self, model: Id, entities: dict[str, Id]) -> None:
        for name, text, synonyms, about in shop.TERMS:
            linked = tuple(entities[each] for each in about)
            self._add(Term(id=self.ids(), parent=model, name=name, comment=text, synonyms=synonyms, elements=linked))

    def _patterns(self, model: Id, entities: dict[str, Id]) -> None:
        for name, actor, operation, frequency, reads, by in shop.PATTERNS:
            self._add(
                AccessPattern(
                    id=self.ids(),
                    parent=model,
                    name=name,
                    actor=actor,
                    operation=operation,
                    frequency=frequency,
                    reads=tuple(entities[each] for each in reads),
                    by=tuple(entities[each] for each in by),
                )
            )

    def _domains(self, model: Id) -> dict[str, Id]:
        """Add the sets of values that attributes may take."""
        return {
            name: self._add(
                Domain(id=self.ids(), parent=model, name=name.replace("_", " "), type="string", values=values)
            )
            for name, values in shop.ENUMS.items()
        }

    def _attributes(self, entities: dict[str, Id], domains: dict[str, Id]) -> dict[tuple[str, str], Id]:
        """Add attributes for the columns that are facts; foreign keys are relationships at this level."""
        made: dict[tuple[str, str], Id] = {}
        for name, (_, _, table) in shop.ENTITIES.items():
            facts = [line for line in self.lines[table] if line.ref is None]
            for order, line in zip(sequence(len(facts)), facts, strict=True):
                attribute = Attribute(
                    id=self.ids(), parent=entities[name], name=line.name.replace("_", " "), order=order,
                    type=self._logical(line.type),
                    domain=domains.get(line.type), optional="null" in line.flags, comment=line.comment,
                    pii=_pii(table, line.name), classification="confidential" if _pii(table, line.name) else "",
                )  # fmt: skip
                made[table, line.name] = self._add(attribute)
            self._identifiers(entities[name], table, facts, made)
        return made

    def _identifiers(self, entity: Id, table: str, facts: list[_Line], made: dict[tuple[str, str], Id]) -> None:
        primary = tuple(made[table, line.name] for line in facts if "pk" in line.flags)
        through = tuple(
            r.id
            for r in self.records
            if isinstance(r, Relationship) and r.ends[1].entity == entity and r.ends[0].identifying
        )
        self._add(Identifier(id=self.ids(), parent=entity, primary=True, attributes=primary, relationships=through))
        for line in facts:
            if "unique" in line.flags:
                self._add(
                    Identifier(id=self.ids(), parent=entity, name=line.name, attributes=(made[table, line.name],))
                )

    def _tables(self, model: Id, entities: dict[str, Id], attributes: dict[tuple[str, str], Id]) -> dict[str, Id]:
        enums = {
            name: self._add(EnumType(id=self.ids(), parent=model, name=name, values=values))
            for name, values in shop.ENUMS.items()
        }
        origins = {table: entities[entity] for entity, (_, _, table) in shop.ENTITIES.items()}
        made: dict[str, Id] = {}
        columns: dict[tuple[str, str], Id] = {}
        for order, (name, (text, _)) in zip(sequence(len(shop.TABLES)), shop.TABLES.items(), strict=True):
            table = Table(id=self.ids(), parent=model, name=name, comment=text, order=order)
            made[name] = self._add(_traced(table, origins.get(name)))
            for place, line in zip(sequence(len(self.lines[name])), self.lines[name], strict=True):
                column = self._column(made[name], name, line, place, enums)
                columns[name, line.name] = self._add(_traced(column, attributes.get((name, line.name))))
        for name in shop.TABLES:
            self._keys(made, name, columns)
        return made

    def _column(self, table: Id, name: str, line: _Line, order: str, enums: dict[str, Id]) -> Column:
        sole_key = [each.name for each in self.lines[name] if "pk" in each.flags] == [line.name] and line.ref is None
        return Column(
            id=self.ids(), parent=table, name=line.name, type=line.type, logical=self._logical(line.type), order=order,
            type_ref=enums.get(line.type), nullable="null" in line.flags, comment=line.comment,
            default=Expr(line.default) if line.default else None,
            identity="always" if sole_key and line.type == "bigint" else "",
            pii=_pii(name, line.name), classification="confidential" if _pii(name, line.name) else "",
        )  # fmt: skip

    def _keys(self, tables: dict[str, Id], name: str, columns: dict[tuple[str, str], Id]) -> None:
        table, lines = tables[name], self.lines[name]
        primary = tuple(columns[name, line.name] for line in lines if "pk" in line.flags)
        self._add(Key(id=self.ids(), parent=table, name=f"pk_{name}", primary=True, columns=primary, order="a"))
        for line in lines:
            column = columns[name, line.name]
            if "unique" in line.flags:
                self._add(Key(id=self.ids(), parent=table, name=f"uk_{name}_{line.name}", columns=(column,), order="b"))
            if line.ref is not None:
                made = ForeignKey(
                    id=self.ids(), parent=table, name=f"fk_{name}_{line.name}", columns=(column,),
                    ref_table=tables[line.ref[0]], ref_columns=(columns[line.ref],), on_delete=line.action,
                )  # fmt: skip
                self._add(made)

    def _constrained(self, design: Design, tables: dict[str, Id]) -> Design:
        """Add checks and indexes, whose expressions need the columns to be there."""
        put: list[Record] = []
        for name, checks in shop.CHECKS.items():
            for check, text in checks:
                put.append(
                    Check(id=self.ids(), parent=tables[name], name=check, expr=expression(design, tables[name], text))
                )
        for name, indexes in shop.INDEXES.items():
            put += [self._index(design, tables[name], *each) for each in indexes]
        return design.changed((), put)

    def _index(self, design: Design, table: Id, name: str, columns: tuple[str, ...], where: str) -> Index:
        by_name = {column.name: column.id for column in design.of(Column, table)}
        parts = tuple(IndexPart(column=by_name[column], desc=column == "placed_at") for column in columns)
        condition = expression(design, table, where) if where else None
        return Index(id=self.ids(), parent=table, name=name, parts=parts, where=condition)

    @staticmethod
    def _logical(raw: str) -> str:
        if raw in shop.ENUMS:
            return "string"
        return logical_type(raw, dialect_of("postgresql"))


def _pii(table: str, column: str) -> str:
    return shop.PERSONAL.get(table, {}).get(column, "")


def _traced(record: Record, origin: Id | None) -> Record:
    """Return the record traced to what it was derived from, if there is something."""
    return msgspec.structs.replace(record, origin=origin) if origin else record
