"""Building the demo design from the data in `shop.py`."""

from __future__ import annotations

from designer.change import apply
from designer.demo import shop
from designer.demo.lines import Line
from designer.demo.tables import Origins, TableBuild, Tables, traced
from designer.levels.contract import Settings
from designer.levels.keeping.adopting import adopt
from designer.schema import (
    AccessPattern,
    Attribute,
    Design,
    Diagram,
    Domain,
    End,
    Entity,
    Id,
    Identifier,
    IdSource,
    Model,
    Placement,
    Record,
    Relationship,
    Term,
    seeded_ids,
)
from designer.schema.order import sequence

_TABLES = Tables("postgresql", shop.TABLES, shop.ENUMS, shop.CHECKS, shop.INDEXES, shop.PERSONAL)


def demo_design() -> Design:
    """Return the demo: three models, each derived from the one above and in step; the same records every time."""
    return _Build(seeded_ids("wholekey demo shop")).design()


class _Build:
    def __init__(self, ids: IdSource):
        self.ids = ids
        self.records: list[Record] = []
        self.lines = _TABLES.lines()

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
        origins = Origins({table: entities[entity] for entity, (_, _, table) in shop.ENTITIES.items()}, attributes)
        built = TableBuild(_TABLES, physical.id, self.ids, self.records)
        tables = built.build(origins)
        self._picture(physical.id, "Customers and orders", shop.ORDERS_DIAGRAM, tables)
        self._picture(physical.id, "Catalogue and stock", shop.CATALOGUE_DIAGRAM, tables)
        design = built.constrained(Design(self.records))
        for model, source, options in ((logical.id, conceptual.id, {}), (physical.id, logical.id, {"enums": "type"})):
            design = apply(design, adopt(design, model, source, self.ids, settings=Settings(options)).change)
        return design

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
            made[name] = self._add(traced(entity, origins.get(name)))
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
                pii = _TABLES.pii(table, line.name)
                attribute = Attribute(
                    id=self.ids(), parent=entities[name], name=line.name.replace("_", " "), order=order,
                    type=_TABLES.logical(line.type),
                    domain=domains.get(line.type), optional="null" in line.flags, comment=line.comment,
                    pii=pii, classification="confidential" if pii else "",
                )  # fmt: skip
                made[table, line.name] = self._add(attribute)
            self._identifiers(entities[name], table, facts, made)
        return made

    def _identifiers(self, entity: Id, table: str, facts: list[Line], made: dict[tuple[str, str], Id]) -> None:
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
