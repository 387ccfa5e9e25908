"""What information_schema is asked: one table of sections, for the lists of the live way and for the pasted query."""

from __future__ import annotations

from dataclasses import dataclass

OWN_DATABASES = ("information_schema", "mysql", "performance_schema", "sys")

_ENVIRONMENT = {
    "sql_mode": "sql_mode",
    "charset": "character_set_client",
    "collation": "collation_connection",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A table of information_schema: `columns` are key -> expression of what a row holds.

    `listed` are the keys that the live way needs, where SHOW CREATE says the rest.
    """

    table: str
    database: str
    columns: dict[str, str]
    listed: tuple[str, ...] = ()
    order: str = ""
    where: str = ""

    def keys(self) -> tuple[str, ...]:
        """Return the keys of a row in their order."""
        return ("database", *self.columns)


def _section(table: str, database: str, columns: str, **rest: object) -> Section:
    """Read `key` or `key=expression` words; a plain key is the name of the column."""
    pairs = [word.partition("=") for word in columns.split()]
    return Section(table, database, {key: expression or key for key, _, expression in pairs}, **rest)  # type: ignore[arg-type]


_PROGRAM = "sql_mode charset=character_set_client collation=collation_connection"
COMMON: dict[str, Section] = {
    "databases": Section(
        "schemata", "schema_name",
        {"name": "schema_name", "charset": "default_character_set_name", "collation": "default_collation_name"},
        ("name", "charset", "collation"), "schema_name",
    ),
    "tables": _section(
        "tables", "table_schema",
        "name=table_name kind=table_type engine row_format auto_increment collation=table_collation"
        " options=create_options comment=table_comment",
        listed=("name", "kind"), order="table_name", where="table_type <> 'VIEW'",
    ),
    "views": _section(
        "views", "table_schema",
        "name=table_name query=view_definition check=check_option definer security=security_type"
        " charset=character_set_client collation=collation_connection",
        listed=("name",), order="table_name",
    ),
    "triggers": _section(
        "triggers", "trigger_schema",
        f"name=trigger_name table=event_object_table event=event_manipulation timing=action_timing place=action_order"
        f" body=action_statement definer {_PROGRAM}",
        listed=("name",), order="event_object_table, action_timing, event_manipulation, action_order",
    ),
    "routines": _section(
        "routines", "routine_schema",
        "name=routine_name kind=routine_type returns=dtd_identifier body=routine_definition"
        " deterministic=is_deterministic access=sql_data_access security=security_type"
        " comment=routine_comment definer returns_charset=character_set_name"
        f" returns_collation=collation_name {_PROGRAM}",
        listed=("name", "kind"), order="routine_type, routine_name",
    ),
    "events": _section(
        "events", "event_schema",
        "name=event_name body=event_definition type=event_type at=execute_at every=interval_value unit=interval_field"
        f" starts ends status completion=on_completion comment=event_comment definer time_zone {_PROGRAM}",
        listed=("name",), order="event_name",
    ),
    "parameters": _section(
        "parameters", "specific_schema",
        "routine=specific_name kind=routine_type place=ordinal_position mode=parameter_mode name=parameter_name"
        " type=dtd_identifier charset=character_set_name collation=collation_name",
        where="ordinal_position > 0",
    ),
    "columns": _section(
        "columns", "table_schema",
        "table=table_name place=ordinal_position name=column_name type=column_type nullable=is_nullable"
        " default=column_default extra generated=generation_expression charset=character_set_name"
        " collation=collation_name comment=column_comment",
    ),
    "indexes": _section(
        "statistics", "table_schema",
        "table=table_name name=index_name place=seq_in_index shared=non_unique column=column_name"
        " order=collation length=sub_part method=index_type comment=index_comment",
    ),
    "foreign_keys": _section(
        "key_column_usage", "table_schema",
        "table=table_name name=constraint_name place=ordinal_position column=column_name"
        " ref_database=referenced_table_schema ref_table=referenced_table_name ref_column=referenced_column_name",
        where="referenced_table_name IS NOT NULL",
    ),
    "actions": _section(
        "referential_constraints", "constraint_schema",
        "table=table_name name=constraint_name update=update_rule delete=delete_rule match=match_option",
    ),
    "partitions": _section(
        "partitions", "table_schema",
        "table=table_name name=partition_name place=partition_ordinal_position method=partition_method"
        " expression=partition_expression description=partition_description sub=subpartition_name"
        " sub_place=subpartition_ordinal_position sub_method=subpartition_method"
        " sub_expression=subpartition_expression comment=partition_comment",
        where="partition_name IS NOT NULL",
    ),
}  # fmt: skip
"""What both servers say alike."""


GEOMETRIES = (
    "SELECT g_table_name AS `table`, g_geometry_column AS `column`, srid AS srid"
    " FROM information_schema.geometry_columns WHERE g_table_schema = DATABASE() AND srid <> 0"
)
"""MariaDB's SHOW CREATE leaves out REF_SYSTEM_ID."""


def listing(kind: str, database: str) -> str:
    """Return the query for what there is of a kind: names, and what says how to ask for each."""
    section = COMMON[kind]
    listed = ", ".join(f"{section.columns[key]} AS `{key}`" for key in section.listed)
    conditions = [each for each in (section.where, f"{section.database} = DATABASE()" if database else "") if each]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {listed} FROM information_schema.{section.table}{where} ORDER BY {section.order}"  # noqa: S608 - words of this file only
