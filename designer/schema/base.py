"""What every record has in common, and the values that records are made of."""

from __future__ import annotations

import msgspec

Id = str
"""The id of a record; see `designer.schema.ids`."""


class Use(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One mention of a record inside an expression: the characters `text[start:end]` name the record `id`.

    Offsets count Unicode code points, so that they are the same number in every language.
    """

    start: int
    end: int
    id: Id


class Expr(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An SQL expression or body, verbatim, with the records it names.

    The text is what a person or a dump wrote. `uses` says which characters are names of which records; a renamed
    column is written with its new name wherever it is used, and nothing else of the text is touched.
    """

    text: str
    uses: tuple[Use, ...] = ()


class IndexPart(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """One element of an index, an exclusion constraint or a partition key: a column or an expression."""

    column: Id | None = None
    expr: Expr | None = None
    desc: bool = False
    nulls: str = ""  # "first" or "last"; empty is the server's default for the direction
    opclass: str = ""  # verbatim, with parameters: `gin_trgm_ops`, `vector_l2_ops`
    collation: str = ""  # verbatim
    length: int | None = None  # MySQL prefix length, in characters
    operator: str = ""  # exclusion constraints only: `&&`, `=`


class CompositeField(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """One field of a composite type; `type` is raw text of the target."""

    name: str
    type: str
    collation: str = ""
    comment: str = ""


class End(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """One end of a relationship: how many of `entity` take part, from `min` to `max` (None is many)."""

    entity: Id
    role: str = ""
    min: int = 0
    max: int | None = None
    identifying: bool = False


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", gc=False):
    """What every record carries: identity, place, trace and governance.

    `parent` is the record that this one belongs to and falls with; `order` is its fractional place among its
    siblings; `origin` is the record one level up that it was derived from.
    """

    id: Id
    parent: Id | None = None
    order: str = ""
    origin: Id | None = None
    comment: str = ""
    owner: str = ""
    classification: str = ""  # public, internal, confidential, restricted; empty is "not said"
    pii: str = ""  # kind of personal data: email, name, address, …
    retention: str = ""
    tags: tuple[str, ...] = ()
    extra: dict[str, str] = {}  # dialect options kept verbatim, for example {"engine": "InnoDB"}


class Named(Record, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A record that people know by a name."""

    name: str = ""


CLASSIFICATIONS = ("", "public", "internal", "confidential", "restricted")
