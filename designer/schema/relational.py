"""The relational records of a physical model: what a database catalog holds."""

from __future__ import annotations

from designer.schema.base import CompositeField, Expr, Id, IndexPart, Named, Record


class Schema(Named, frozen=True, kw_only=True, omit_defaults=True, tag="schema", gc=False):
    """A namespace. Parent: the model. The target's default schema (`public`) is a record like any other."""


class Table(Named, frozen=True, kw_only=True, omit_defaults=True, tag="table", gc=False):
    """A table. Parent: its schema, or the model where the target has no schemas or none was said."""

    persistence: str = ""  # "", "unlogged", "temporary"
    inherits: tuple[Id, ...] = ()
    partition_of: Id | None = None
    partition_bound: str = ""  # verbatim: `FOR VALUES FROM (..) TO (..)` or `DEFAULT`
    row_security: bool = False
    force_row_security: bool = False
    options: str = ""  # verbatim storage options: `fillfactor=70`
    access_method: str = ""
    tablespace: str = ""
    of_type: Id | None = None  # PostgreSQL: the composite type that gives the columns, CREATE TABLE … OF
    replica_identity: str = ""  # PostgreSQL: "full", "nothing", "index"; empty is the primary key
    replica_index: Id | None = None  # the index or key, where `replica_identity` is "index"


class Column(Named, frozen=True, kw_only=True, omit_defaults=True, tag="column", gc=False):
    """A column. Parent: its table.

    `type` is the raw text of the target, array brackets included (`numeric(10,2)`, `text[]`); `logical` is the same
    meaning in dialect-free words (`decimal(10,2)`, `text[]`); `type_ref` is the enum, domain or composite type it has.
    """

    type: str = ""
    logical: str = ""
    type_ref: Id | None = None
    nullable: bool = True
    default: Expr | None = None
    generated: Expr | None = None
    generated_kind: str = ""  # "stored" or "virtual", where `generated` is given
    identity: str = ""  # "always", "by default" (PostgreSQL), "auto_increment" (MySQL), "autoincrement" (SQLite)
    identity_options: str = ""  # verbatim: `START WITH 1000 INCREMENT BY 10`
    not_null_name: str = ""  # a name someone gave the NOT NULL constraint
    collation: str = ""  # verbatim, quoted where it was
    on_update: str = ""  # MySQL: `CURRENT_TIMESTAMP(3)`
    storage: str = ""
    compression: str = ""
    statistics: int | None = None  # PostgreSQL: the statistics target, 0 to 10,000; None is the server's setting


class Key(Named, frozen=True, kw_only=True, omit_defaults=True, tag="key", gc=False):
    """A primary or unique key. Parent: its table. `columns` are in key order."""

    primary: bool = False
    columns: tuple[Id, ...] = ()
    include: tuple[Id, ...] = ()
    parts: tuple[IndexPart, ...] = ()  # only where a key needs more than columns: MySQL prefix lengths, DESC
    nulls_not_distinct: bool = False
    without_overlaps: bool = False
    deferrable: bool = False
    deferred: bool = False
    options: str = ""


class ForeignKey(Named, frozen=True, kw_only=True, omit_defaults=True, tag="foreign_key", gc=False):
    """A foreign key. Parent: the referencing table. `columns[i]` refers to `ref_columns[i]` of `ref_table`.

    Where the referenced table is not in the design, `ref_table` is None and `missing_table` / `missing_columns`
    keep what was written, so that nothing is lost.
    """

    columns: tuple[Id, ...] = ()
    ref_table: Id | None = None
    ref_columns: tuple[Id, ...] = ()
    missing_table: str = ""
    missing_columns: tuple[str, ...] = ()
    on_delete: str = ""  # "cascade", "restrict", "set null", "set default"; empty is "no action"
    on_update: str = ""
    on_delete_columns: tuple[Id, ...] = ()  # PostgreSQL 15: SET NULL (a, b)
    match: str = ""  # "full"; empty is "simple"
    period: bool = False  # PostgreSQL 18: the last column pair is PERIOD
    deferrable: bool = False
    deferred: bool = False
    not_valid: bool = False
    not_enforced: bool = False


class Check(Named, frozen=True, kw_only=True, omit_defaults=True, tag="check", gc=False):
    """A check constraint. Parent: a table or a domain type. `expr` is the condition without outer parentheses."""

    expr: Expr = Expr("")
    no_inherit: bool = False
    not_valid: bool = False
    not_enforced: bool = False


class Exclusion(Named, frozen=True, kw_only=True, omit_defaults=True, tag="exclusion", gc=False):
    """An exclusion constraint. Parent: its table. Every part has an operator."""

    method: str = ""
    parts: tuple[IndexPart, ...] = ()
    include: tuple[Id, ...] = ()
    where: Expr | None = None
    deferrable: bool = False
    deferred: bool = False
    options: str = ""


class Index(Named, frozen=True, kw_only=True, omit_defaults=True, tag="index", gc=False):
    """An index that is not a key. Parent: a table or a materialized view.

    `method` is the access method (`gin`, `brin`, `hnsw`) or, for MySQL, `fulltext` or `spatial`; empty is the default.
    """

    unique: bool = False
    method: str = ""
    parts: tuple[IndexPart, ...] = ()
    include: tuple[Id, ...] = ()
    where: Expr | None = None
    nulls_not_distinct: bool = False
    only: bool = False  # CREATE INDEX … ON ONLY
    options: str = ""  # verbatim: `m = 16, ef_construction = 64`
    tablespace: str = ""


class EnumType(Named, frozen=True, kw_only=True, omit_defaults=True, tag="enum_type", gc=False):
    """An enumerated type; the order of `values` is their sort order. Parent: schema or model."""

    values: tuple[str, ...] = ()


class DomainType(Named, frozen=True, kw_only=True, omit_defaults=True, tag="domain_type", gc=False):
    """A domain over `type` (raw text). Its checks are Check records with this record as parent."""

    type: str = ""
    type_ref: Id | None = None
    nullable: bool = True
    default: Expr | None = None
    collation: str = ""


class CompositeType(Named, frozen=True, kw_only=True, omit_defaults=True, tag="composite_type", gc=False):
    """A row type. Parent: schema or model."""

    fields: tuple[CompositeField, ...] = ()


class Sequence(Named, frozen=True, kw_only=True, omit_defaults=True, tag="sequence", gc=False):
    """A sequence; numbers are None where the server's default holds. Parent: schema or model."""

    type: str = ""
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False
    owned_by: Id | None = None  # a column


class View(Named, frozen=True, kw_only=True, omit_defaults=True, tag="view", gc=False):
    """A view. Parent: schema or model. `query` is the text after AS, verbatim.

    `depends_on` are the tables, views and routines it reads, for the order of creation.
    """

    materialized: bool = False
    recursive: bool = False
    columns: tuple[str, ...] = ()  # explicit column list, if one was written
    query: Expr = Expr("")
    options: str = ""  # verbatim WITH (...) content: `security_barrier=true`
    check_option: str = ""  # "local" or "cascaded"
    with_data: bool = True
    tablespace: str = ""
    depends_on: tuple[Id, ...] = ()


class Routine(Named, frozen=True, kw_only=True, omit_defaults=True, tag="routine", gc=False):
    """A function, procedure or aggregate, verbatim: `text` is the whole statement, CREATE included."""

    routine_kind: str = "function"
    signature: str = ""  # argument types as written, for COMMENT ON and DROP: `(integer, text)`
    text: Expr = Expr("")


class Trigger(Named, frozen=True, kw_only=True, omit_defaults=True, tag="trigger", gc=False):
    """A trigger. Parent: its table or view. `text` is the whole statement, CREATE included."""

    text: Expr = Expr("")
    enabled: str = ""  # "", "disabled", "replica", "always"


class Policy(Named, frozen=True, kw_only=True, omit_defaults=True, tag="policy", gc=False):
    """A row security policy. Parent: its table."""

    restrictive: bool = False
    command: str = ""  # "select", "insert", "update", "delete"; empty is all
    roles: tuple[str, ...] = ()  # verbatim, empty is PUBLIC
    using: Expr | None = None
    with_check: Expr | None = None


class Partitioning(Record, frozen=True, kw_only=True, omit_defaults=True, tag="partitioning", gc=False):
    """How a table is partitioned. Parent: the partitioned table. `strategy`: range, list, hash, key, …

    `text` holds what has no structure here, verbatim: the partition definitions of MySQL.
    """

    strategy: str = ""
    parts: tuple[IndexPart, ...] = ()
    text: str = ""


class Extension(Named, frozen=True, kw_only=True, omit_defaults=True, tag="extension", gc=False):
    """An installed extension. Parent: the model."""

    schema: str = ""
    version: str = ""


class Publication(Named, frozen=True, kw_only=True, omit_defaults=True, tag="publication", gc=False):
    """A publication for logical replication. `text` is the whole statement, `tables` what it publishes."""

    text: Expr = Expr("")
    tables: tuple[Id, ...] = ()


class Statement(Record, frozen=True, kw_only=True, omit_defaults=True, tag="statement", gc=False):
    """A statement that is kept verbatim because nothing here models it. Parent: the model or what it is about.

    It is exported again to the same `dialect`, in source order. `phase` says where: "before" everything else
    (CREATE ROLE), "after" it (GRANT), or "never", where a server would refuse it (the same table a second time).
    `reason` says in words why it was kept.
    """

    text: Expr = Expr("")
    dialect: str = ""
    phase: str = "after"
    reason: str = ""
    line: int = 0
