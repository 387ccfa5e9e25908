"""Random entity-relationship models, the same for the same seed: all that the records can say, as people would draw it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from designer.schema import (
    AccessPattern,
    Arc,
    Attribute,
    Dependency,
    Design,
    Domain,
    End,
    Entity,
    Generalization,
    Id,
    Identifier,
    Model,
    Record,
    Relationship,
    seeded_ids,
)
from designer.schema.order import after

_NOUNS = """
    customer order invoice product supplier warehouse employee department project course student lecturer room building
    patient ward doctor drug visit payment account branch vehicle driver route stop ticket event venue artist album track
    author book publisher copy loan member contract policy claim machine part batch shipment parcel address country city
    device sensor reading alarm user group role permission document page tag comment
"""
_THINGS = """
    code title amount price quantity status colour weight height rate note label score budget rank level start end count
    name number date summary reference
"""
_VERBS = (
    "owns, manages, offers, contains, belongs to, works for, is part of, uses, reports to, supplies, treats, has, pays"
)
NOUNS, THINGS, VERBS = tuple(_NOUNS.split()), tuple(_THINGS.split()), tuple(_VERBS.split(", "))
TYPES = (
    "string(40)", "string(120)", "string", "text", "integer", "bigint", "smallint", "decimal(10,2)", "boolean", "date",
    "timestamp", "timestamp_tz", "time", "double", "uuid", "json", "binary(16)", "blob", "year", "",
)  # fmt: skip
KEY_TYPES = ("string(20)", "string(8)", "integer", "bigint", "date", "char(3)", "uuid")


@dataclass
class Wishes:
    """What may be in a model, each with the chance that it is where it can be."""

    entities: int = 8
    attributes: int = 5
    relationships: float = 1.5  # for each entity
    weak: float = 0.2
    associative: float = 0.1
    many_to_many: float = 0.25
    n_ary: float = 0.1
    one_to_one: float = 0.15
    selves: float = 0.1
    with_attributes: float = 0.2  # of relationships
    composites: float = 0.15
    multivalued: float = 0.1
    derived: float = 0.05
    domains: float = 0.15
    kinds: float = 0.3  # for each five entities
    arcs: float = 0.3
    patterns: float = 0.5
    dependencies: float = 0.2
    names: Sequence[str] = ()
    """Names that are mixed in: those of `tests.nasty`, say."""


PLAIN = Wishes(weak=0, associative=0, many_to_many=0, n_ary=0, composites=0, multivalued=0, kinds=0, arcs=0, derived=0)
LOGICAL = Wishes(many_to_many=0, n_ary=0, multivalued=0, with_attributes=0)


def er_model(seed: int, wishes: Wishes | None = None, *, level: str = "conceptual") -> Design:
    """Return a design of one model. It holds nothing that a person could not draw, and nothing broken."""
    return _Maker(seed, wishes or (LOGICAL if level == "logical" else Wishes()), level).design()


def shuffled(design: Design, seed: int) -> Design:
    """Return the same design with its records given in another order."""
    records = list(design.records())
    random.Random(seed).shuffle(records)
    return Design(records)


@dataclass
class _Maker:
    seed: int
    wishes: Wishes
    level: str
    records: dict[Id, Record] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.ids = seeded_ids(f"random model {self.seed}")
        self.model = Model(id=self.ids(), name=f"Random {self.seed}", level=self.level, order="a")
        self.order = after(None)
        self.through: dict[Id, list[Id]] = {}
        self.own: dict[Id, list[Attribute]] = {}
        self.links: dict[Id, list[Id]] = {}
        self.with_parts: set[Id] = set()

    def design(self) -> Design:
        self._put(self.model)
        domains = [self._domain() for _ in range(1 + self.wishes.entities // 6)]
        self.domains = domains
        entities = [self._entity() for _ in range(self.wishes.entities)]
        for entity in entities:
            self._attributes(entity.id, self.random.randint(1, 2 * self.wishes.attributes - 1))
        self._dependence(entities)
        for _ in range(int(self.wishes.relationships * len(entities))):
            self._relationship(entities)
        subtypes = self._kinds(entities)
        for entity in entities:
            self._identifiers(entity, entity.id in subtypes)
            self._arc(entity)
            self._pattern(entity)
            self._dependency(entity)
        return Design(self.records.values())

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _put(self, record: Record) -> Id:
        self.records[record.id] = record
        self.with_parts.add(record.parent or "")
        return record.id

    def _name(self, words: Sequence[str]) -> str:
        if self.wishes.names and self._chance(0.5):
            return self.random.choice(self.wishes.names)
        return self.random.choice(words)

    def _fresh(self, words: Sequence[str]) -> str:
        """Return a name that the model does not have yet."""
        name = self._name(words)
        number = 2
        while name.lower() in self.names:
            name = f"{name.rstrip('0123456789 ')} {number}"
            number += 1
        self.names.add(name.lower())
        return name

    def _domain(self) -> Id:
        values = tuple(self.random.sample(("open", "closed", "it's", "in progress", "new", "Ünïcode"), 3))
        listed = self._chance(0.6)
        return self._put(
            Domain(
                id=self.ids(), parent=self.model.id, name=self._fresh(("state", "grade", "percentage", "email", "phase")),
                type="string(20)" if listed else "integer", values=values if listed else (),
                rule="" if listed else "value >= 0", order=next(self.order),
            )
        )  # fmt: skip

    def _entity(self) -> Entity:
        nature = "weak" if self._chance(self.wishes.weak) else "strong"
        nature = "associative" if nature == "strong" and self._chance(self.wishes.associative) else nature
        entity = Entity(
            id=self.ids(), parent=self.model.id, name=self._fresh(NOUNS), nature=nature, order=next(self.order),
            comment=self.random.choice(("", "What it is.", "It's -- \\ odd\nin two lines")),
            classification=self.random.choice(("", "internal", "confidential")), owner=self.random.choice(("", "sales")),
            tags=self.random.choice(((), ("core",))),
        )  # fmt: skip
        self._put(entity)
        return entity

    def _attributes(self, owner: Id, count: int, depth: int = 0) -> None:
        names = [self._name(THINGS) for _ in range(count)]
        for name in dict.fromkeys(each.lower() for each in names):
            kind = self.random.random()
            composite = depth < 2 and self._chance(self.wishes.composites)
            attribute = Attribute(
                id=self.ids(), parent=owner, name=name, order=next(self.order), optional=self._chance(0.3),
                type="" if composite else self.random.choice(TYPES),
                domain=self.random.choice(self.domains) if not composite and kind < self.wishes.domains else None,
                multivalued=depth == 0 and self._chance(self.wishes.multivalued),
                derived=depth == 0 and not composite and self._chance(self.wishes.derived),
                pii=self.random.choice(("", "", "", "email")), comment=self.random.choice(("", "What it says.")),
            )  # fmt: skip
            self._put(attribute)
            if depth == 0:
                self.own.setdefault(owner, []).append(attribute)
            if composite:
                self._attributes(attribute.id, self.random.randint(2, 3), depth + 1)

    def _dependence(self, entities: Sequence[Entity]) -> None:
        """Give weak entities an owner and associative ones two, always earlier ones: no circles."""
        for at, entity in enumerate(entities):
            before = entities[:at]
            wanted = {"weak": 1, "associative": 2}.get(entity.nature, 0)
            for owner in self.random.sample(before, min(wanted, len(before))):
                made = self._related(
                    End(entity=owner.id, min=1, max=1, identifying=True), End(entity=entity.id, min=0, max=None)
                )
                self.through.setdefault(entity.id, []).append(made.id)

    def _related(self, *ends: End) -> Relationship:
        made = Relationship(
            id=self.ids(), parent=self.model.id, name=self._name(VERBS), ends=ends, order=next(self.order),
            comment=self.random.choice(("", "Why they are related.")),
        )  # fmt: skip
        self._put(made)
        if self._chance(self.wishes.with_attributes):
            self._attributes(made.id, self.random.randint(1, 2), depth=2)
        return made

    def _relationship(self, entities: Sequence[Entity]) -> None:
        first = self.random.choice(entities)
        second = first if self._chance(self.wishes.selves) else self.random.choice(entities)
        role = self.random.choice(("", "", "manager", "billing", "parent"))
        if self._chance(self.wishes.n_ary):
            ends = [
                End(
                    entity=each.id,
                    role=f"side {number}" if self._chance(0.3) else "",
                    max=self.random.choice((None, None, 1)),
                )
                for number, each in enumerate([first, second, self.random.choice(entities)])
            ]
            self._related(*ends)
        elif self._chance(self.wishes.many_to_many):
            other = "other" if first.id == second.id else ""
            self._related(
                End(entity=first.id, role=role, min=self.random.choice((0, 1))), End(entity=second.id, role=other)
            )
        else:
            single = self._chance(self.wishes.one_to_one)
            least = 0 if first.id == second.id else self.random.choice((0, 1))
            made = self._related(
                End(entity=first.id, role=role, min=least, max=1),
                End(entity=second.id, min=0 if first.id == second.id else self.random.choice((0, 0, 1)),
                    max=1 if single else None),
            )  # fmt: skip
            if not single and first.id != second.id:
                self.links.setdefault(second.id, []).append(made.id)

    def _kinds(self, entities: Sequence[Entity]) -> set[Id]:
        """Add generalizations; subtypes are strong entities after their supertype, so there are no circles."""
        taken: set[Id] = set()
        free = [each for each in entities if each.nature == "strong"]
        for _ in range(max(1, len(entities) // 5)):
            if not self._chance(self.wishes.kinds) or len(free) < 3:
                continue
            at = self.random.randrange(len(free) - 2)
            below = [each for each in free[at + 1 :] if each.id not in taken][:3]
            if len(below) < 2:
                continue
            taken |= {each.id for each in below}
            self._put(
                Generalization(
                    id=self.ids(), parent=self.model.id, supertype=free[at].id, subtypes=tuple(each.id for each in below),
                    disjoint=self._chance(0.5), total=self._chance(0.5), order=next(self.order),
                    name=self.random.choice(("", "kinds")),
                )
            )  # fmt: skip
        return taken

    def _identifiers(self, entity: Entity, is_subtype: bool) -> None:
        able = [each for each in self.own.get(entity.id, ()) if not each.multivalued and not each.derived]
        if is_subtype or self._chance(0.1):
            return
        through = tuple(self.through.get(entity.id, ()))
        chosen = self._as_keys(self.random.sample(able, min(len(able), self.random.choice((1, 1, 2)))))
        if entity.nature == "associative" and len(through) == 2 and self._chance(0.7):
            chosen = []
        if not chosen and (not through or entity.nature == "weak"):
            return
        self._put(
            Identifier(
                id=self.ids(), parent=entity.id, primary=True, attributes=tuple(each.id for each in chosen),
                relationships=through, order=next(self.order),
            )
        )  # fmt: skip
        rest = self._as_keys([each for each in able if each.id not in {one.id for one in chosen} and self._chance(0.2)])
        for each in rest[:2]:
            self._put(
                Identifier(id=self.ids(), parent=entity.id, name="also", attributes=(each.id,), order=next(self.order))
            )

    def _as_keys(self, attributes: Sequence[Attribute]) -> list[Attribute]:
        """Give attributes types that keys can have; composites are left as they are."""
        kept = []
        for each in attributes:
            if each.id in self.with_parts:
                continue
            changed = Attribute(
                id=each.id, parent=each.parent, name=each.name, order=each.order, type=self.random.choice(KEY_TYPES)
            )
            self.records[each.id] = changed
            self.own[each.parent or ""] = [changed if old.id == each.id else old for old in self.own[each.parent or ""]]
            kept.append(changed)
        return kept

    def _arc(self, entity: Entity) -> None:
        links = self.links.get(entity.id, [])
        if len(links) > 1 and self._chance(self.wishes.arcs):
            self._put(
                Arc(
                    id=self.ids(), parent=entity.id, name=self.random.choice(("", "payer")), relationships=tuple(links[:3]),
                    mandatory=self._chance(0.5), order=next(self.order),
                )
            )  # fmt: skip

    def _pattern(self, entity: Entity) -> None:
        able = [each for each in self.own.get(entity.id, ()) if not each.derived]
        if able and self._chance(self.wishes.patterns):
            by = self.random.sample(able, min(len(able), 2))
            self._put(
                AccessPattern(
                    id=self.ids(), parent=self.model.id, name="find it", actor="clerk", frequency="1000 a day",
                    reads=(entity.id,), by=tuple(each.id for each in by), order=next(self.order),
                )
            )  # fmt: skip

    def _dependency(self, entity: Entity) -> None:
        able = self.own.get(entity.id, ())
        if len(able) > 2 and self._chance(self.wishes.dependencies):
            first, second = self.random.sample(able, 2)
            self._put(Dependency(id=self.ids(), parent=entity.id, determinant=(first.id,), dependent=(second.id,)))
