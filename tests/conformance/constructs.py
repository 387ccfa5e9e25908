"""What a database can be made of, in words that hold for every dialect: one line a construct.

Each dialect answers every line with SQL that makes it (`postgresql.py`, `mariadb.py`, `sqlite.py`), or with the reason
why there is no such thing in that database.
"""

from __future__ import annotations

from designer.dialects.base import words

CONSTRUCTS: tuple[str, ...] = tuple(
    sorted(
        words("""
        schema table table_comment unlogged_table inheritance options tablespace
        table_without_columns table_without_rowid strict_table temporal_table engine_and_row_format
        types_numeric types_text types_binary types_temporal types_json types_uuid types_bit types_boolean types_array
        types_range types_network types_geometric types_search types_money types_xml types_spatial types_vector
        types_contrib types_unsigned_zerofill types_as_written display_width year_and_set
        column_comment not_null named_not_null default_literal default_expression default_null_and_empty
        on_update_now generated_stored generated_virtual identity_always identity_options auto_increment serial
        owned_sequence column_collation column_charset column_storage column_compression column_statistics
        invisible_column
        primary_key composite_primary_key named_primary_key deferrable_key unique_key nulls_not_distinct key_include
        key_without_overlaps key_prefix key_descending key_options
        foreign_key composite_foreign_key self_reference cycle_of_references foreign_key_actions
        foreign_key_match_full foreign_key_deferrable foreign_key_not_valid foreign_key_set_columns
        foreign_key_across_schemas foreign_key_period foreign_key_to_partitioned
        check_column check_table check_no_inherit check_not_valid check_not_enforced exclusion exclusion_predicate
        constraint_trigger constraint_comment
        index unique_index index_method index_opclass index_partial index_expression index_include index_descending
        index_nulls_order index_options index_collation index_prefix index_fulltext index_spatial index_on_only
        index_statistics index_comment index_invisible index_cluster index_vector
        enum enum_order enum_inline domain domain_checks domain_of_domain composite_type range_type base_cast
        collation_object sequence sequence_options sequence_cycle
        view view_columns view_options view_check_option view_of_view recursive_view view_definer view_rule
        materialized_view materialized_view_index materialized_view_no_data
        function function_overloads function_sql_body function_returns_table function_uses_table_type procedure
        aggregate operator operator_class trigger trigger_when trigger_columns trigger_transition trigger_states
        instead_of_trigger event_trigger event rule rule_instead
        row_security row_security_forced policy policy_roles
        partition_range partition_list partition_hash partition_default sub_partition partition_own_index
        partition_attached partition_key partition_expression
        extension publication publication_columns publication_schema statistics text_search virtual_table
        virtual_table_content
        replica_identity grants column_grants default_privileges ownership comments_everywhere
        fillfactor autovacuum_options toast_options
        foreign_table search_path typed_table row_type_column inherited_default view_column_default guarded_block
        names_nasty values_nasty long_names reserved_words
        """)
    )
)
