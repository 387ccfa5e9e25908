"""Why SQLite has no such construct."""

from __future__ import annotations

_NO_COMMENTS = "SQLite keeps no comments on objects"
_NO_TYPES = "SQLite has no types of one's own; a column takes any words for a type (types_as_written)"
_NO_ROUTINES = "SQLite has no stored routines; functions come from the program that opens the file"
_NO_PARTITIONS = "SQLite does not partition tables"
_NO_RIGHTS = "SQLite has no users and no privileges; the file system has"
_NO_STORAGE = "SQLite has no storage options for a table or a column"
_NO_SEQUENCES = "SQLite has no sequences; AUTOINCREMENT counts (auto_increment)"
_NO_SUCH_INDEX = "SQLite has one kind of index, a B-tree of columns and expressions"
_NO_MATERIALIZED = "SQLite has no materialized views"
_NO_EXCLUSION = "SQLite has no exclusion constraints"
_NO_RULES = "SQLite has no rules"
_NO_REPLICATION = "SQLite has no logical replication"
_AS_WRITTEN = "SQLite gives such a type no meaning; it is kept as written (types_as_written)"

_BY_REASON = {
    _NO_COMMENTS: "table_comment column_comment constraint_comment index_comment comments_everywhere",
    _NO_TYPES: "enum enum_order enum_inline domain domain_checks domain_of_domain composite_type range_type base_cast",
    _NO_ROUTINES: (
        "function function_overloads function_sql_body function_returns_table function_uses_table_type procedure"
        " aggregate operator operator_class"
    ),
    _NO_PARTITIONS: (
        "partition_range partition_list partition_hash partition_default sub_partition partition_own_index"
        " partition_attached partition_key partition_expression foreign_key_to_partitioned index_on_only"
    ),
    _NO_RIGHTS: (
        "grants column_grants default_privileges ownership row_security row_security_forced policy policy_roles"
        " view_definer"
    ),
    _NO_STORAGE: (
        "unlogged_table tablespace engine_and_row_format column_storage column_compression column_statistics fillfactor"
        " autovacuum_options toast_options"
    ),
    _NO_SEQUENCES: ("sequence sequence_options sequence_cycle owned_sequence serial identity_always identity_options"),
    _NO_SUCH_INDEX: (
        "index_method index_opclass index_include index_nulls_order index_options index_prefix index_invisible"
        " index_cluster index_vector key_include key_prefix"
    ),
    _NO_MATERIALIZED: "materialized_view materialized_view_index materialized_view_no_data",
    _NO_EXCLUSION: "exclusion exclusion_predicate",
    _NO_RULES: "view_rule rule rule_instead",
    _NO_REPLICATION: "publication publication_columns publication_schema replica_identity",
    _AS_WRITTEN: (
        "types_array types_range types_network types_geometric types_search types_money types_xml types_spatial"
        " types_vector types_contrib types_unsigned_zerofill display_width year_and_set"
    ),
}

SKIPS: dict[str, str] = {name: reason for reason, names in _BY_REASON.items() for name in names.split()} | {
    "schema": "an SQLite file is one schema; what is attached is another file",
    "inheritance": "SQLite tables do not inherit",
    "table_without_columns": "an SQLite table has at least one column",
    "temporal_table": "SQLite has no system-versioned tables",
    "on_update_now": "SQLite has no ON UPDATE for a column; triggers do that (trigger)",
    "column_charset": "a file has one encoding; PRAGMA encoding is kept",
    "invisible_column": "only virtual tables have hidden columns in SQLite, and they are kept verbatim",
    "deferrable_key": "SQLite checks keys at once; only foreign keys can be deferred",
    "nulls_not_distinct": "nulls are always distinct in SQLite's unique keys",
    "key_without_overlaps": "SQLite has no periods",
    "foreign_key_period": "SQLite has no periods",
    "foreign_key_not_valid": "SQLite never checks the rows that are there when a table is made",
    "foreign_key_set_columns": "SET NULL empties all columns of the foreign key in SQLite",
    "foreign_key_across_schemas": "a foreign key of SQLite stays in its file",
    "check_no_inherit": "SQLite tables do not inherit",
    "check_not_valid": "SQLite has no ALTER TABLE ADD CHECK, so no check is ever not valid",
    "check_not_enforced": "SQLite enforces every check",
    "constraint_trigger": "SQLite triggers run at once",
    "trigger_transition": "SQLite triggers run for each row; there are no transition tables",
    "trigger_states": "SQLite triggers cannot be disabled",
    "event_trigger": "SQLite triggers are on tables and views only",
    "event": "SQLite runs nothing by itself",
    "collation_object": "collations of SQLite come from the program that opens the file",
    "view_options": "SQLite views have no options",
    "view_check_option": "SQLite views cannot be written to without INSTEAD OF triggers",
    "extension": "extensions of SQLite are loaded by the program that opens the file",
    "statistics": "SQLite has no statistics objects; ANALYZE counts indexes (index_statistics)",
    "foreign_table": "SQLite reads other sources by virtual tables only (virtual_table)",
    "search_path": "an SQLite file is one schema, so there is no path to look along",
    "typed_table": "SQLite has no composite types that a table could be of",
    "row_type_column": "SQLite has no types made of rows",
    "inherited_default": "SQLite tables do not inherit",
    "view_column_default": "SQLite views are not written to, so their columns have no defaults",
    "guarded_block": "SQLite scripts have no blocks with conditions",
    "text_search": "full text search of SQLite is a virtual table (index_fulltext)",
}
