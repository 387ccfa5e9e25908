"""An entity-relationship model made ready for tables: things, their fields and keys, and who refers to whom.

It stands between the records of a model and its tables. `reading.read` makes it: relationships of any degree have
become things, multivalued attributes too, and each relationship that is left is a `Link` from a child to a parent.
`folding.fold` takes the subtypes out of it. After both, tables can be written down without further decisions.

Each part has a `mark`, a text that is unique among its kind and follows from the elements it comes from. Ids of
derived records are made of marks (`marks.derived_id`). A field keeps its mark when a strategy moves it to another
thing, and so its column keeps its id: the rows can move along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.levels.contract import Note
from designer.schema import Domain, Generalization, Id, Record

PRIMARY = "*"
"""In `Ident.fields`: all columns of the primary key of the thing, whatever they are."""


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute that becomes a column; one with `parts` is composite.

    `mark` is the id of the attribute, or more where an attribute becomes several columns. `words` is its name as
    people say it. `source` gives comment and governance; `origin` is the trace. `fixed` is the literal that the
    column always holds (the type column of a subtype), `default` the literal it has unless told otherwise.
    `order` sorts fields of the same `band`; the bands of a table are key, references, own fields, of subtypes, audit.
    `generated` are parts as those of a Rule, from which a stored column is computed.
    """

    mark: str
    words: str
    origin: Id | None
    type: str = ""
    domain: Id | None = None
    optional: bool = False
    derived: bool = False
    order: str = ""
    band: str = "own"  # key, reference, own, subtype, audit
    fixed: str | None = None
    default: str | None = None
    source: Record | None = None
    parts: tuple[Field, ...] = ()
    generated: tuple[str | Ref | Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Ident:
    """A candidate key: marks of own fields, and marks of links whose parent's key takes part. The first is primary."""

    mark: str
    origin: Id | None
    fields: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """What becomes a table. `surrogate`: `identity` or `uuid7` where it gets a key of its own, empty where not.

    A thing whose primary key is that of another thing (a subtype in a table of its own) has an Ident with only that
    link in `through`.
    """

    mark: str
    words: str
    origin: Id | None
    nature: str = "strong"  # strong, weak, associative, lookup
    fields: tuple[Field, ...] = ()
    idents: tuple[Ident, ...] = ()
    surrogate: str = ""
    order: str = ""
    source: Record | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Each `child` refers to one `parent`, or to none where `optional`; a `single` one to a parent of its own.

    Becomes a foreign key with one column for each column of the parent's primary key, or of its ident `to`.
    `words` is the verb, `role` what the parent is called in it (`manager`), which names the columns. `with_fields`
    are marks of fields of the child that stand for the last columns of that ident instead of new ones (a type column).
    `by_key`: no new columns for the rest either, the child's own primary key refers (to the primary key of the parent).
    `total`: each parent has a child at least. `deferred`: checked at commit, where the target can. For `Ident.through`
    only the columns that stand for the primary key of the parent count, never those of `with_fields`.
    """

    mark: str
    child: str
    parent: str
    origin: Id | None
    words: str = ""
    role: str = ""
    optional: bool = False
    single: bool = False
    identifying: bool = False
    total: bool = False
    on_delete: str = ""
    to: str = ""
    with_fields: tuple[str, ...] = ()
    by_key: bool = False
    deferred: bool = False
    order: str = ""
    source: Record | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """The column of a field, or the first column of a link, in a condition."""

    field: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value in a condition; written as the target writes text."""

    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that every row of a thing keeps; it becomes a check.

    `parts` are SQL that all targets understand, with the columns and values in between: `("(", Ref("a"), " IS NULL)")`.
    `words` names it: `kind`, `one parent`.
    """

    mark: str
    thing: str
    words: str
    parts: tuple[str | Ref | Literal, ...]
    origin: Id | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """An index that somebody needs: the columns of an access pattern, beyond those of keys and references."""

    mark: str
    thing: str
    fields: tuple[str, ...]
    origin: Id | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Er:
    """The whole of it. `kinds` are the generalizations that are not folded yet."""

    things: Mapping[str, Thing]
    links: Mapping[str, Link]
    rules: tuple[Rule, ...] = ()
    needs: tuple[Need, ...] = ()
    kinds: tuple[Generalization, ...] = ()
    notes: tuple[Note, ...] = ()
    domains: Mapping[Id, Domain] = field(default_factory=dict)
    """The domains of fields: the values of a discriminator are those of its domain."""
    where: Mapping[Id, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Attribute -> (thing, mark of the field) of each column it became; kept in step by `fold`."""
