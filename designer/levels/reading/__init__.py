"""Reading a model: its entities become things, its attributes fields, its relationships links from child to parent."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Link, Need, Rule, Thing
from designer.levels.reading import lately
from designer.levels.reading.arcs import arc_rules
from designer.levels.reading.keys import keyed
from designer.levels.reading.links import links_of
from designer.levels.reading.merging import merged
from designer.levels.reading.needs import needs_of
from designer.levels.reading.source import Source, is_left_out, left_out, source_of
from designer.schema import Attribute, Design, Domain, Entity, Generalization, Id, Identifier, Model

Fields = dict[Id, tuple[Field, ...]]


def read(design: Design, model: Model, settings: Settings) -> Er:
    """Return the entity-relationship model of a conceptual or logical model, ready for subtypes to be folded."""
    what = lately.asked(design, model, settings)
    return lately.known(what) or lately.keep(what, _read(design, model, settings))


def _read(design: Design, model: Model, settings: Settings) -> Er:
    source = source_of(design, model, settings)
    return _Reading(source, settings, [*source.notes, *left_out(design, model, settings)]).er()


class _Reading:
    def __init__(self, source: Source, settings: Settings, notes: list[Note]):
        self.source = source
        self.settings = settings
        self.notes = notes
        self.where: dict[Id, tuple[tuple[str, str], ...]] = {}

    def er(self) -> Er:
        design = self.source.design
        entities = self._derived(design.of(Entity, self.source.model))
        kinds = self._kinds(entities)
        fields = {each.id: self._fields(each.id, each) for each in entities.values()}
        linked = links_of(self.source, self.settings, entities, self.notes)
        under = {subtype for kind in kinds for subtype in kind.subtypes}
        through = _through(linked)
        things: dict[str, Thing] = {}
        for entity in entities.values():
            thing = self._thing(entity, fields[entity.id])
            idents = design.of(Identifier, entity.id)
            thing = keyed(
                self.source, self.settings, thing, entity, idents, through[thing.mark], thing.mark in under, self.notes
            )
            things[thing.mark] = thing
        links = {each.mark: each for each in linked}
        rules: tuple[Rule, ...]
        links, rules = arc_rules(self.source, entities, links, self.notes)
        needs: tuple[Need, ...] = needs_of(self.source, self.where)
        er = Er(things, links, rules, needs, kinds, tuple(self.notes), self._domains(), self.where)
        return merged(er, self.settings)

    def _derived(self, entities: list[Entity]) -> dict[Id, Entity]:
        """Return the entities that are to have tables."""
        return {each.id: each for each in entities if not is_left_out(self.settings, self.source.true(each.id))}

    def _domains(self) -> dict[Id, Domain]:
        found = {self.source.true(each.id): each for each in self.source.design.of(Domain, self.source.model)}
        return {true: each for true, each in found.items() if true is not None}

    def _kinds(self, entities: dict[Id, Entity]) -> tuple[Generalization, ...]:
        found = self.source.design.of(Generalization, self.source.model)
        return tuple(self._kind(each, entities) for each in found if each.supertype in entities)

    def _kind(self, kind: Generalization, entities: dict[Id, Entity]) -> Generalization:
        """Return a generalization that speaks of marks."""
        return msgspec.structs.replace(
            kind, id=self.source.mark(kind.id), supertype=self.source.mark(kind.supertype or ""),
            subtypes=tuple(self.source.mark(each) for each in kind.subtypes if each in entities),
            discriminator=self.source.true(kind.discriminator) if kind.discriminator else None,
        )  # fmt: skip

    def _thing(self, entity: Entity, fields: tuple[Field, ...]) -> Thing:
        return Thing(
            mark=self.source.mark(entity.id), words=entity.name, origin=self.source.true(entity.id),
            nature=entity.nature, fields=fields, order=entity.order, source=entity,
        )  # fmt: skip

    def _fields(self, owner: Id, entity: Entity) -> tuple[Field, ...]:
        return tuple(self._field(each, entity) for each in self.source.design.of(Attribute, owner))

    def _parts(self, attribute: Attribute, entity: Entity) -> tuple[Field, ...]:
        return self._fields(attribute.id, entity) if self.source.design.children(attribute.id) else ()

    def _field(self, attribute: Attribute, entity: Entity) -> Field:
        mark, true = self.source.mark(attribute.id), self.source.true(attribute.id)
        if true is not None:
            self.where[true] = (*self.where.get(true, ()), (self.source.mark(entity.id), mark))
        return Field(
            mark=mark, words=attribute.name, origin=true, type=attribute.type,
            domain=self.source.true(attribute.domain) if attribute.domain else None,
            optional=attribute.optional, derived=attribute.derived, order=attribute.order,
            source=attribute, parts=self._parts(attribute, entity),
        )  # fmt: skip


def _through(links: list[Link]) -> dict[str, list[Link]]:
    """Return the links of each child."""
    found: dict[str, list[Link]] = defaultdict(list)
    for each in links:
        found[each.child].append(each)
    return found
