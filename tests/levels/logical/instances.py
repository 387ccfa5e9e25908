"""Instances of entity-relationship models: made at random, carried to the logical form, and back.

An instance has things of each entity, tuples of things for each relationship, and values for attributes. Things are
told apart by a key of the test's own, so that what is proved does not depend on identifiers; those are checked beside.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from designer.schema import Attribute, Design, Entity, Id, Identifier, Relationship
from designer.schema.base import End

Thing = Hashable
Values = dict[Id, object]
"""Attribute -> a text, None, the values of the parts, or a list of either."""


@dataclass
class Instance:
    """What there is: entity -> things, relationship -> tuples, and what has values (a thing, or a tuple) -> values."""

    things: dict[Id, set[Thing]] = field(default_factory=lambda: defaultdict(set))
    tuples: dict[Id, set[tuple[Thing, ...]]] = field(default_factory=lambda: defaultdict(set))
    values: dict[tuple[Id, Thing], Values] = field(default_factory=dict)


def random_instance(design: Design, model: Id, seed: int) -> Instance:
    """Return an instance that may break any rule but one: a reference that takes attributes along is not doubled."""
    dice = random.Random(seed)
    made = Instance()
    for entity in design.of(Entity, model):
        made.things[entity.id] = {f"{entity.id}{number}" for number in range(dice.randint(0, 4))}
        for thing in sorted(made.things[entity.id]):  # type: ignore[type-var]
            made.values[entity.id, thing] = _values(design, entity.id, dice)
    for record in design.of(Relationship, model):
        pools = [sorted(made.things[end.entity]) for end in record.ends]  # type: ignore[type-var]
        if not all(pools):
            continue
        found = {tuple(dice.choice(pool) for pool in pools) for _ in range(dice.randint(0, 5))}
        if design.of(Attribute, record.id):
            found = _without_doubles(record, found)
        made.tuples[record.id] = found
        for each in sorted(found):
            made.values[record.id, each] = _values(design, record.id, dice)
    return made


def _without_doubles(record: Relationship, tuples: set[tuple[Thing, ...]]) -> set[tuple[Thing, ...]]:
    for at, end in enumerate(record.ends):
        if end.max == 1 and len(record.ends) == 2:
            tuples = {each[1 - at]: each for each in sorted(tuples)}.values()  # type: ignore[assignment]
    return set(tuples)


def _values(design: Design, owner: Id, dice: random.Random) -> Values:
    return {each.id: _value(design, each, dice) for each in design.of(Attribute, owner) if not each.derived}


def _value(design: Design, attribute: Attribute, dice: random.Random) -> object:
    if attribute.optional and dice.random() < 0.4:
        return [] if attribute.multivalued else None

    def one() -> object:
        parts = _values(design, attribute.id, dice)
        return parts or dice.choice("ab")

    if not attribute.multivalued:
        return one()
    found = {key(value): value for value in (one() for _ in range(dice.randint(1, 3)))}
    return [found[each] for each in sorted(found)]


def key(value: object) -> str:
    """Return a text that is the same for equal values; the values of a list are a set."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{key(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(sorted(map(key, value))) + "]"
    return repr(value)


def broken(design: Design, model: Id, instance: Instance) -> set[Id]:
    """Return which relationships and identifiers an instance breaks.

    Of relationships of three and more only what is at most one is looked at; no logical form says more.
    """
    found = set()
    for record in design.of(Relationship, model):
        for at, end in enumerate(record.ends):
            if _is_broken(record, at, end, instance):
                found.add(record.id)
    for entity in design.of(Entity, model):
        for identifier in design.of(Identifier, entity.id):
            seen = Counter(
                _identity(design, entity.id, identifier, thing, instance) for thing in instance.things[entity.id]
            )
            if any(count > 1 for identity, count in seen.items() if "None" not in identity):
                found.add(identifier.id)
    return found


def _is_broken(record: Relationship, at: int, end: End, instance: Instance) -> bool:
    counts = Counter(each[:at] + each[at + 1 :] for each in instance.tuples[record.id])
    most = max(counts.values(), default=0)
    if len(record.ends) > 2:
        return end.max == 1 and most > 1
    others = instance.things[record.ends[1 - at].entity]
    least = min((counts[each,] for each in others), default=end.min)
    return least < end.min or (end.max is not None and most > end.max)


def _identity(design: Design, entity: Id, identifier: Identifier, thing: Thing, instance: Instance) -> str:
    values = instance.values.get((entity, thing), {})
    own = [key(values.get(each)) for each in identifier.attributes]
    owners = [sorted(map(repr, _owners(design[each], entity, thing, instance))) for each in identifier.relationships]  # type: ignore[arg-type]
    return repr((own, owners))


def _owners(record: Relationship, entity: Id, thing: Thing, instance: Instance) -> list[Thing]:
    """Return what a thing is related to in a relationship, at the ends that are not its own."""
    at = next(number for number, end in enumerate(record.ends) if end.entity == entity and _is_child(record, number))
    return [each for one in instance.tuples[record.id] if one[at] == thing for n, each in enumerate(one) if n != at]


def _is_child(record: Relationship, at: int) -> bool:
    """Whether an end of a relationship of an entity with itself is the one that is identified."""
    return len(record.ends) > 2 or record.ends[1 - at].identifying or record.ends[0].entity != record.ends[1].entity


class Carrying:
    """Carries instances between a conceptual model and its logical form, by the origins of the latter alone."""

    def __init__(self, above: Design, upper: Id, below: Design, lower: Id):
        self.above, self.below, self.lower, self.upper = above, below, lower, upper
        self.entity = {each.origin: each for each in below.of(Entity, lower)}
        self.links: dict[Id, list[Relationship]] = defaultdict(list)
        for each in below.of(Relationship, lower):
            self.links[each.origin or ""].append(each)
        self.attribute = {each.origin: each for each in below.of(Attribute) if not self._counts(each)}

    def _counts(self, attribute: Attribute) -> bool:
        """Return whether an attribute numbers the values of a composite one."""
        origin = attribute.origin or ""
        return origin in self.entity and bool(self.above.of(Attribute, origin))

    def down(self, instance: Instance) -> Instance:
        """Return the logical form of an instance."""
        made = Instance()
        for entity, things in instance.things.items():
            made.things[self.entity[entity].id] = set(things)
            for thing in things:
                self._values_down(instance.values[entity, thing], self.entity[entity].id, thing, made)
        for record, tuples in instance.tuples.items():
            for each in tuples:
                self._tuple_down(self.above[record], each, instance, made)  # type: ignore[arg-type]
        return made

    def _tuple_down(self, record: Relationship, each: tuple[Thing, ...], instance: Instance, made: Instance) -> None:
        values = instance.values[record.id, each]
        node = self.entity.get(record.id)
        if node is None:
            (link,) = self.links[record.id]
            made.tuples[link.id].add(each)
            home = self._home(record, link, values)
            if home is not None:
                self._values_down(values, link.ends[home].entity, each[home], made)
            return
        made.things[node.id].add(each)
        for link, thing in zip(self.links[record.id], each, strict=True):
            made.tuples[link.id].add((thing, each))
        self._values_down(values, node.id, each, made)

    def _home(self, record: Relationship, link: Relationship, values: Values) -> int | None:
        """Return the end of a link whose entity has the attributes of its relationship."""
        for each in values:
            below = self.attribute.get(each)
            entity = self._entity_of(below) if below else self._owner(each)
            able = [at for at in (0, 1) if link.ends[at].entity == entity and link.ends[1 - at].max == 1]
            return able[-1]
        return None

    def _entity_of(self, attribute: Attribute) -> Id:
        parent = self.below[attribute.parent or ""]
        owner = parent.id if isinstance(parent, Entity) else self._entity_of(parent)  # type: ignore[arg-type]
        origin = self.below[owner].origin
        return self._owner(origin) if isinstance(self.above.get(origin or ""), Attribute) else owner

    def _owner(self, attribute: Id | None) -> Id:
        """Return the entity that has the values of an attribute which became an entity."""
        (link,) = self.links[attribute or ""]
        owner = link.ends[0].entity
        origin = self.below[owner].origin
        return self._owner(origin) if isinstance(self.above.get(origin or ""), Attribute) else owner

    def _values_down(self, values: Values, owner: Id, thing: Thing, made: Instance) -> None:
        for attribute, value in values.items():
            node = self.entity.get(attribute)
            if node is None:
                self._plain_down(self.attribute[attribute], value, owner, thing, made)
            else:
                for number, each in enumerate(value or ()):  # type: ignore[arg-type, var-annotated]
                    child = (thing, attribute, number)
                    made.things[node.id].add(child)
                    made.tuples[self.links[attribute][0].id].add((thing, child))
                    inner = each if isinstance(each, dict) else {attribute: each}
                    self._parts_down(inner, node.id, child, made, number)

    def _parts_down(self, inner: Values, node: Id, child: Thing, made: Instance, number: int) -> None:
        made.values.setdefault((node, child), {})
        for attribute, value in inner.items():
            if attribute in self.attribute and self.attribute[attribute].parent == node:
                self._plain_down(self.attribute[attribute], value, node, child, made)
            else:
                self._values_down({attribute: value}, node, child, made)
        for each in self.below.of(Attribute, node):
            if self._counts(each):
                made.values[node, child][each.id] = number

    def _plain_down(self, attribute: Attribute, value: object, owner: Id, thing: Thing, made: Instance) -> None:
        """Store a value; parts that are entities of their own hang on what owns the whole."""
        place = made.values.setdefault((owner, thing), {})
        if not isinstance(value, dict):
            place[attribute.id] = value
            return
        kept: Values = {}
        for part, inner in value.items():
            if part in self.entity:
                self._values_down({part: inner}, owner, thing, made)
            else:
                nested = Instance()
                nested.values[owner, thing] = kept
                self._plain_down(self.attribute[part], inner, owner, thing, nested)
                for name in ("things", "tuples"):
                    for each, more in getattr(nested, name).items():
                        getattr(made, name)[each] |= more
                made.values.update({k: v for k, v in nested.values.items() if k != (owner, thing)})
        place[attribute.id] = kept

    def up(self, instance: Instance) -> Instance:
        """Return the conceptual instance that a logical one stands for."""
        made = Instance()
        for entity in self.above.of(Entity, self.upper):
            node = self.entity[entity.id].id
            made.things[entity.id] = set(instance.things[node])
            for thing in made.things[entity.id]:
                made.values[entity.id, thing] = self._values_up(entity.id, node, thing, instance)
        for record in self.above.of(Relationship, self.upper):
            for each, node, thing in self._tuples_up(record, instance):
                made.tuples[record.id].add(each)
                made.values[record.id, each] = self._values_up(record.id, node, thing, instance)
        return made

    def _tuples_up(self, record: Relationship, instance: Instance) -> Iterator[tuple[tuple[Thing, ...], Id, Thing]]:
        node = self.entity.get(record.id)
        if node is None:
            (link,) = self.links[record.id]
            home = (
                self._home(
                    record, link, {each.id: None for each in self.above.of(Attribute, record.id) if not each.derived}
                )
                or 0
            )
            for each in instance.tuples[link.id]:
                yield each, link.ends[home].entity, each[home]
            return
        owners = [{pair[1]: pair[0] for pair in instance.tuples[link.id]} for link in self.links[record.id]]
        for thing in instance.things[node.id]:
            yield tuple(each[thing] for each in owners), node.id, thing

    def _values_up(self, owner: Id, node: Id, thing: Thing, instance: Instance) -> Values:
        stored = instance.values.get((node, thing), {})
        return {
            each.id: self._value_up(each, stored, node, thing, instance)
            for each in self.above.of(Attribute, owner)
            if not each.derived
        }

    def _value_up(self, attribute: Attribute, stored: Values, node: Id, thing: Thing, instance: Instance) -> object:
        child = self.entity.get(attribute.id)
        if child is not None:
            link = self.links[attribute.id][0]
            found = [
                self._one_up(attribute, child.id, pair[1], instance)
                for pair in instance.tuples[link.id]
                if pair[0] == thing
            ]
            return sorted(found, key=key)
        value = stored.get(self.attribute[attribute.id].id)
        if not isinstance(value, dict):
            return value
        return {
            part.id: self._value_up(part, value, node, thing, instance)
            for part in self.above.of(Attribute, attribute.id)
            if not part.derived
        }

    def _one_up(self, attribute: Attribute, node: Id, thing: Thing, instance: Instance) -> object:
        parts = self._values_up(attribute.id, node, thing, instance)
        return parts or instance.values[node, thing][self.attribute[attribute.id].id]


Check = Callable[[Instance], Sequence[str]]


def same(one: Instance, other: Instance) -> bool:
    """Return whether two instances hold the same, whatever the order of several values."""

    def plain(each: Instance) -> object:
        return (
            {name: things for name, things in each.things.items() if things},
            {name: tuples for name, tuples in each.tuples.items() if tuples},
            {name: key(values) for name, values in each.values.items() if values},
        )

    return plain(one) == plain(other)
