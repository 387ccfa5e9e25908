"""A plan made an edit of an entity: new entities beside it, attributes moved, relationships in place of references.

Entities hold no foreign keys: a fragment that refers to another one is related to it, many to one, and the attributes
of that key belong to the other one alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.commands.carrying import Parts
from designer.commands.contract import Edit, get, replace
from designer.commands.edit import check_name
from designer.commands.moving import suffixed
from designer.commands.names import called, names_in
from designer.commands.tables import last_order
from designer.dependencies.columns import names, parts_of
from designer.dependencies.columns import names_in as columns_in
from designer.dependencies.fixes_known import Known
from designer.dependencies.fixes_places import placed_beside
from designer.dependencies.fixes_plan import Plan, Reference
from designer.dependencies.fixes_tables import names_for
from designer.schema import (
    Attribute,
    Design,
    End,
    Entity,
    Id,
    Identifier,
    IdSource,
    Relationship,
)
from designer.schema.order import after, between, sequence


def take_entity_apart(design: Design, plan: Plan, ids: IdSource) -> Edit:
    """Return the edit that makes a plan true for an entity. Raises Refused where it cannot be."""
    entity = get(design, plan.owner, Entity)
    work = _Taking(design, entity, plan, ids)
    work.entities()
    work.attributes()
    work.relate()
    work.identify()
    owners = [each.id for each in work.made]
    Known(design, plan, owners, work.maps, work.leaving, work.parts, ids, work.wholes).carry()
    fresh = [each for each in work.made[1:] if each.id not in design]
    placed_beside(design, entity.id, [each.id for each in fresh], work.parts, ids)
    moved = names(design, [each for each in columns_in(design, entity.id) if each in work.leaving])
    homes = ", ".join(each.name for each in work.made[1:])
    taken = f"Take {homes} out of {called(design, entity)}"
    return work.parts.edit(design, taken if fresh else f"Move {moved} of {called(design, entity)} to {homes}")


@dataclass(slots=True)
class _Taking:
    """The work on one entity. `made[i]` is the entity of fragment i, the old one first."""

    design: Design
    entity: Entity
    plan: Plan
    ids: IdSource
    made: list[Entity] = field(default_factory=list)
    maps: list[dict[Id, Id]] = field(default_factory=list)
    verbs: dict[Reference, Id] = field(default_factory=dict)
    wholes: dict[Id, frozenset[Id]] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)

    @property
    def references(self) -> list[Reference]:
        """Which fragments refer to which, without what the old entity is related to already."""
        return [each for each in self.plan.references() if not self.is_there(each)]

    def is_there(self, reference: Reference) -> bool:
        """Whether a relationship says it already: the fragment's key is that relationship."""
        return bool(self.plan.fragments[reference.parent].into) and reference.child == 0

    def covered(self, at: int) -> set[Id]:
        """Return the columns of a fragment that a relationship stands for."""
        return {column for each in self.references if each.child == at for column in each.columns}

    def owner_of(self, column: Id) -> int:
        """Return the fragment to which a column belongs: the first in which no relationship stands for it."""
        holding = [at for at, part in enumerate(self.plan.fragments) if column in part.columns]
        own = [at for at in holding if column not in self.covered(at) and not self._is_link(at, column)]
        return (own or holding)[0]

    def _is_link(self, at: int, column: Id) -> bool:
        part = self.plan.fragments[at]
        return bool(part.into) and column in part.keys[0]

    @property
    def leaving(self) -> set[Id]:
        """The columns that do not stay with the old entity."""
        return {each for each in columns_in(self.design, self.entity.id) if self.owner_of(each)}

    def entities(self) -> None:
        """Make an entity for each new fragment."""
        parent = self.entity.parent or ""
        orders = after(last_order(self.design, parent, Entity))
        self.made.append(self.entity)
        for part, name, order in zip(self.plan.parts, names_for(self.design, self.plan), orders, strict=False):
            if part.into:
                self.made.append(get(self.design, part.into, Entity))
                continue
            entity = Entity(id=self.ids(), parent=parent, name=name, order=order)
            check_name(self.design, entity, name)
            self.made.append(entity)
            self.parts.add(entity)

    def attributes(self) -> None:
        """Move attributes to where they belong; one that several fragments hold for themselves is copied."""
        for at, part in enumerate(self.plan.fragments):
            own = [each for each in part.columns if each not in self.covered(at) and not self._is_link(at, each)]
            known: dict[Id, Id] = {}
            turn = sorted(own, key=lambda each: at > 0 and each not in part.keys[0])
            for each, order in zip(turn, self._orders(at, len(turn)), strict=True):
                known[each] = self._placed(at, each, order)
            self.maps.append({each: known[each] for each in own})
        self._without_empty_wholes()

    def _orders(self, at: int, count: int) -> list[str]:
        siblings = self.design.of(Attribute, self.made[at].id)
        if not siblings:
            return sequence(count)
        orders, last = [], siblings[-1].order or None
        for _ in range(count):
            last = between(last, None)
            orders.append(last)
        return orders

    def _placed(self, at: int, column: Id, order: str) -> Id:
        """Put a column into a fragment, and return its id there."""
        if at == 0:
            return column
        record = self.design[column]
        moves = self.owner_of(column) == at
        if isinstance(record, Relationship):
            if moves:
                ends = tuple(
                    replace(end, entity=self.made[at].id) if end.entity == self.entity.id else end
                    for end in record.ends
                )
                self.parts.add(replace(record, ends=ends))
            return column
        attribute = get(self.design, column, Attribute)
        into, in_key = self.plan.fragments[at].into, column in self.plan.fragments[at].keys[0]
        name = suffixed(attribute.name, self.entity.name, names_in(self.design, self.made[at].id, (Attribute,)))
        put = replace(
            attribute, id=column if moves else self.ids(), parent=self.made[at].id, order=order, name=name,
            optional=not in_key and (attribute.optional or bool(into)), origin=attribute.origin if moves else None,
        )  # fmt: skip
        self.parts.add(put)
        return put.id

    def _without_empty_wholes(self) -> None:
        """A composite attribute goes where all that it consists of goes; it falls where that goes to several places."""
        for whole in self.design.of(Attribute, self.entity.id):
            below = list(parts_of(self.design, whole.id, ()))
            moved = [each for one in below if isinstance(each := self.parts.put.get(one), Attribute)]
            if below == [whole.id] or len(moved) < len(below):
                continue
            homes = {each.parent for each in moved}
            if len(homes) > 1:
                self.parts.drop(whole)
                continue
            self.parts.add(replace(whole, parent=homes.pop(), order=moved[0].order))
            self.parts.add(*(replace(each, parent=get(self.design, each.id, Attribute).parent) for each in moved))

    def relate(self) -> None:
        """Relate each fragment to those that it refers to, many to one."""
        for each in self.references:
            child, parent = self.made[each.child], self.made[each.parent]
            inside = set(each.columns) <= set(self.plan.fragments[each.child].keys[0])
            least = 0 if any(self._optional(column) for column in each.columns) else 1
            ends = (
                End(entity=parent.id, min=least, max=1, identifying=inside),
                End(entity=child.id, min=0, max=1 if self._is_key(each) else None),
            )
            order = last_order(self.design, self.entity.parent or "", Relationship)
            verb = Relationship(id=self.ids(), parent=self.entity.parent, order=order, ends=ends)
            self.verbs[each] = verb.id
            self.parts.add(verb)
            self.maps[each.child].update(dict.fromkeys(each.columns, verb.id))
            self.wholes[verb.id] = frozenset(each.columns)

    def _is_key(self, reference: Reference) -> bool:
        keys = self.plan.fragments[reference.child].keys
        return any(set(key) <= set(reference.columns) for key in keys)

    def _optional(self, column: Id) -> bool:
        record = self.design[column]
        return isinstance(record, Attribute) and record.optional

    def identify(self) -> None:
        """Give each new entity its identifiers, and let those of the old one say relationships for what left."""
        for at, part in enumerate(self.plan.parts, 1):
            for number, key in enumerate(() if part.into else part.keys):
                made = Identifier(id=self.ids(), parent=self.made[at].id, primary=number == 0)
                self.parts.add(self._of_columns(at, made, key))
        known = self.design.of(Identifier, self.entity.id)
        for identifier in known:
            self._own(identifier)
        if not known:
            made = Identifier(id=self.ids(), parent=self.entity.id, primary=True)
            self.parts.add(self._of_columns(0, made, self.plan.rest.keys[0]))
        for at, entity in enumerate(self.made):
            primary = (each for each in self.parts.put.values() if isinstance(each, Identifier) and each.primary)
            if any(each.parent == entity.id and each.relationships for each in primary) and entity.nature == "strong":
                self.parts.add(replace(self.parts.put.get(entity.id, self.made[at]), nature="weak"))

    def _of_columns(self, at: int, identifier: Identifier, key: tuple[Id, ...]) -> Identifier:
        """Return an identifier over columns of a fragment, some of which relationships stand for."""
        verbs = [each for each in self.references if each.child == at and set(each.columns) <= set(key)]
        said = {column for each in verbs for column in each.columns}
        there = [self.maps[at].get(each, each) for each in key if each not in said]
        related = [each for each in there if isinstance(self.design.get(each), Relationship)]
        return replace(
            identifier, attributes=tuple(each for each in there if each not in related),
            relationships=(*related, *(self.verbs[each] for each in verbs)),
        )  # fmt: skip

    def _own(self, identifier: Identifier) -> None:
        known = columns_in(self.design, self.entity.id)
        leaves = [leaf for each in identifier.attributes for leaf in parts_of(self.design, each, known)]
        key = (*leaves, *identifier.relationships)
        if not set(key) & (self.leaving | self.covered(0)):
            return
        if set(key) <= set(self.plan.rest.columns):
            self.parts.add(self._of_columns(0, identifier, key))
        elif identifier.primary:
            self.parts.add(self._of_columns(0, identifier, self.plan.rest.keys[0]))
        else:
            self.parts.drop(identifier)
            said = f"({names(self.design, key)}) spans two entities now, so it identifies neither"
            self.parts.note("spans", identifier.id, said)
