"""The records that keep conceptual, logical and physical models in step, and say why one of them deviates."""

from __future__ import annotations

import msgspec

from designer.schema.base import Id, Named, Record


class Arc(Named, frozen=True, kw_only=True, omit_defaults=True, tag="arc", gc=False):
    """Relationships of which an instance of the entity (the parent) takes part in at most one at a time.

    `mandatory`: in exactly one. A payment is for an order or for an invoice, never for both.
    """

    relationships: tuple[Id, ...] = ()
    mandatory: bool = True


class BusinessRule(Named, frozen=True, kw_only=True, omit_defaults=True, tag="business_rule", gc=False):
    """A rule of the business in words; the sentence is the comment. Parent: the model.

    `elements` are what it speaks about, `enforced_by` the checks, triggers and keys that see to it, if any do.
    """

    elements: tuple[Id, ...] = ()
    enforced_by: tuple[Id, ...] = ()


class Derivation(Record, frozen=True, kw_only=True, omit_defaults=True, tag="derivation", gc=False):
    """How a model (the parent) is derived from the model `source` one level up.

    `options` are the settings of `designer.levels.options` that differ from their defaults. `adopted` says which
    records of the model stand for a derived one though they were made by hand: id that the derivation gives -> id
    that the record has.
    """

    source: Id | None = None
    options: dict[str, str] = msgspec.field(default_factory=dict)
    adopted: dict[str, str] = msgspec.field(default_factory=dict)


class Choice(Record, frozen=True, kw_only=True, omit_defaults=True, tag="choice", gc=False):
    """What somebody chose where an element of the source can be derived in several ways. Parent: the derivation.

    `topic` is the question (`subtypes`, `key`), `value` one of its answers; see `designer.levels.choices`.
    """

    element: Id | None = None
    topic: str = ""
    value: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: str = ""  # a date, as ISO 8601 writes it


class Derived(Record, frozen=True, kw_only=True, omit_defaults=True, tag="derived", gc=False):
    """What the last derivation made of one table, entity or other owner: the base of the next three-way merge.

    Parent: the derivation. `about` is the id of the owner, which people may have removed since; `base` has the owner
    and everything that belongs to it as derived: id -> canonical JSON of the record.
    """

    about: str = ""
    base: dict[str, str] = msgspec.field(default_factory=dict)


class Deviation(Record, frozen=True, kw_only=True, omit_defaults=True, tag="deviation", gc=False):
    """A deliberate deviation from the normalised model, with its reason. Parent: what deviates.

    `deviation` is its kind (`counter_cache`, `snapshot_copy`, …), `kept_true_by` says in words what keeps it true,
    `kept_by` are the triggers, views and routines that do, `sources` what it repeats.
    """

    deviation: str = "other"
    reason: str = ""
    kept_true_by: str = ""
    kept_by: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()
    decided_by: str = ""
    decided_on: str = ""  # a date, as ISO 8601 writes it
