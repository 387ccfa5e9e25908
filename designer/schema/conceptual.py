"""The entity-relationship records of conceptual and logical models (Chen 1976, and what textbooks added since)."""

from __future__ import annotations

from designer.schema.base import End, Id, Named, Record


class Entity(Named, frozen=True, kw_only=True, omit_defaults=True, tag="entity", gc=False):
    """An entity type. Parent: the model. `nature`: strong, weak or associative."""

    nature: str = "strong"


class Attribute(Named, frozen=True, kw_only=True, omit_defaults=True, tag="attribute", gc=False):
    """An attribute. Parent: an entity, a relationship, or (in a composite) another attribute."""

    type: str = ""  # a logical type: `string(255)`, `decimal(10,2)`
    domain: Id | None = None
    optional: bool = False
    multivalued: bool = False
    derived: bool = False
    sample: str = ""


class Identifier(Named, frozen=True, kw_only=True, omit_defaults=True, tag="identifier", gc=False):
    """A candidate key. Parent: its entity. Exactly one identifier of an entity may be primary."""

    primary: bool = False
    attributes: tuple[Id, ...] = ()
    relationships: tuple[Id, ...] = ()  # identifying relationships whose other end's key takes part


class Relationship(Named, frozen=True, kw_only=True, omit_defaults=True, tag="relationship", gc=False):
    """A relationship of any degree. Parent: the model. The name is the verb."""

    ends: tuple[End, ...] = ()


class Generalization(Named, frozen=True, kw_only=True, omit_defaults=True, tag="generalization", gc=False):
    """A supertype and its subtypes. Parent: the model."""

    supertype: Id | None = None
    subtypes: tuple[Id, ...] = ()
    disjoint: bool = True
    total: bool = False
    discriminator: Id | None = None


class Dependency(Record, frozen=True, kw_only=True, omit_defaults=True, tag="dependency", gc=False):
    """A functional (or multivalued) dependency between attributes or columns. Parent: an entity or a table.

    A refuted one is kept with its `counterexample`, so that nobody proposes it again; a waived one holds and is left
    as it is for a `reason`. `checked_rows`, `groups` and `exceptions` say what data said: rows looked at, distinct
    values of the determinant, and how many rows would have to change for it to hold.
    """

    multivalued: bool = False
    determinant: tuple[Id, ...] = ()
    dependent: tuple[Id, ...] = ()
    state: str = "confirmed"  # proposed, confirmed, refuted, waived
    source: str = ""  # person, names, data; empty is "not said"
    reason: str = ""
    decided_by: str = ""
    decided_on: str = ""  # a date, as ISO 8601 writes it
    counterexample: tuple[tuple[str | None, ...], ...] = ()  # two rows: determinant, then dependent; None is NULL
    checked_rows: int = 0
    groups: int = 0
    exceptions: int = 0


class Assessment(Record, frozen=True, kw_only=True, omit_defaults=True, tag="assessment", gc=False):
    """Somebody's word that the dependencies of an entity or a table (its parent) are all known.

    `columns` are the attributes or columns that the person saw; one added later is not covered by the word.
    """

    columns: tuple[Id, ...] = ()
    decided_by: str = ""
    decided_on: str = ""  # a date, as ISO 8601 writes it


class Domain(Named, frozen=True, kw_only=True, omit_defaults=True, tag="domain", gc=False):
    """A named set of values for attributes, free of any database. Parent: the model."""

    type: str = ""
    values: tuple[str, ...] = ()
    rule: str = ""


class Term(Named, frozen=True, kw_only=True, omit_defaults=True, tag="term", gc=False):
    """A glossary entry; the definition is the comment. Parent: the model."""

    synonyms: tuple[str, ...] = ()
    elements: tuple[Id, ...] = ()


class AccessPattern(Named, frozen=True, kw_only=True, omit_defaults=True, tag="access_pattern", gc=False):
    """Who reads or writes what, by which keys, how often. Parent: the model."""

    actor: str = ""
    operation: str = "read"  # read, insert, update, delete
    frequency: str = ""
    reads: tuple[Id, ...] = ()
    by: tuple[Id, ...] = ()
