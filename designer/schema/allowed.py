"""What the fields that only take certain words and records may hold."""

from __future__ import annotations

from designer.schema.base import CLASSIFICATIONS
from designer.schema.kinds import KINDS

_ACTIONS = ("", "no action", "cascade", "restrict", "set null", "set default")
_DETAILS = ("all", "keys", "names")
DEVIATIONS = (
    "counter_cache", "derived_column", "repeated_column", "snapshot_copy", "materialized_view", "json_document",
    "merged_tables", "split_table", "repeating_group", "other",
)  # fmt: skip
"""The kinds of deliberate deviations from a normalised model."""

WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("model", "level"): ("conceptual", "logical", "physical"),
    ("entity", "nature"): ("strong", "weak", "associative"),
    ("dependency", "state"): ("proposed", "confirmed", "refuted", "waived"),
    ("dependency", "source"): ("", "person", "names", "data"),
    ("access_pattern", "operation"): ("read", "insert", "update", "delete"),
    ("deviation", "deviation"): DEVIATIONS,
    ("table", "persistence"): ("", "unlogged", "temporary"),
    ("column", "generated_kind"): ("", "stored", "virtual"),
    ("column", "identity"): ("", "always", "by default", "auto_increment", "autoincrement"),
    ("foreign_key", "on_delete"): _ACTIONS,
    ("foreign_key", "on_update"): _ACTIONS,
    ("foreign_key", "match"): ("", "simple", "full", "partial"),
    ("view", "check_option"): ("", "local", "cascaded"),
    ("trigger", "enabled"): ("", "disabled", "replica", "always"),
    ("table", "replica_identity"): ("", "full", "nothing", "index"),
    ("policy", "command"): ("", "select", "insert", "update", "delete"),
    ("routine", "routine_kind"): ("function", "procedure", "aggregate"),
    ("statement", "phase"): ("before", "after", "never"),
    ("diagram", "notation"): ("crowsfoot", "idef1x", "barker", "uml", "chen", "minmax"),
    ("diagram", "detail"): _DETAILS,
    ("placement", "detail"): ("", *_DETAILS),
    **dict.fromkeys(((kind, "classification") for kind in KINDS), CLASSIFICATIONS),
}
"""(kind, field) -> the words that the field may hold."""

NULLS = ("", "first", "last")
"""What `nulls` of an index part may hold."""

_TYPES = frozenset({"enum_type", "domain_type", "composite_type", "table", "view"})
_COLUMN, _TABLE, _ENTITY, _ATTRIBUTE = (frozenset({kind}) for kind in ("column", "table", "entity", "attribute"))

TARGETS: dict[tuple[str, str], frozenset[str]] = {
    ("table", "inherits"): _TABLE,
    ("table", "partition_of"): _TABLE,
    ("table", "of_type"): frozenset({"composite_type"}),
    ("table", "replica_index"): frozenset({"index", "key"}),
    ("column", "type_ref"): _TYPES,
    ("domain_type", "type_ref"): _TYPES,
    ("key", "columns"): _COLUMN,
    ("key", "include"): _COLUMN,
    ("foreign_key", "columns"): _COLUMN,
    ("foreign_key", "ref_table"): _TABLE,
    ("foreign_key", "ref_columns"): _COLUMN,
    ("foreign_key", "on_delete_columns"): _COLUMN,
    ("exclusion", "include"): _COLUMN,
    ("index", "include"): _COLUMN,
    ("sequence", "owned_by"): _COLUMN,
    ("view", "depends_on"): frozenset({"table", "view", "routine"}),
    ("publication", "tables"): _TABLE,
    ("attribute", "domain"): frozenset({"domain"}),
    ("identifier", "attributes"): _ATTRIBUTE,
    ("identifier", "relationships"): frozenset({"relationship"}),
    ("relationship", "ends"): _ENTITY,
    ("generalization", "supertype"): _ENTITY,
    ("generalization", "subtypes"): _ENTITY,
    ("generalization", "discriminator"): _ATTRIBUTE,
    ("dependency", "determinant"): frozenset({"attribute", "column"}),
    ("dependency", "dependent"): frozenset({"attribute", "column"}),
    ("assessment", "columns"): frozenset({"attribute", "column"}),
    ("arc", "relationships"): frozenset({"relationship"}),
    ("derivation", "source"): frozenset({"model"}),
}
"""(kind, field) -> the kinds of records that the field may name; any kind where it is not listed."""
