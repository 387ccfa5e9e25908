"""What information_schema is asked: one table of sections, for the lists of the live way and for the pasted query."""

from __future__ import annotations

from dataclasses import dataclass, replace

OWN_DATABASES = ("information_schema", "mysql", "performance_schema", "sys")


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

    def conditions(self) -> str:
        """Return the condition for the rows of the present database."""
        own = f"{self.database} = DATABASE()"
        return f"{own} AND {self.where}" if self.where else own

    def also(self, columns: str) -> Section:
        """Return the section with more columns."""
        return replace(self, columns={**self.columns, **_columns(columns)})


def _columns(words: str) -> dict[str, str]:
    """Read `key=expression` words; a plain key is the name of the column."""
    pairs = [word.partition("=") for word in words.split()]
    return {key: expression or key for key, _, expression in pairs}


def _section(
    table: str, database: str, columns: str, listed: tuple[str, ...] = (), order: str = "", where: str = ""
) -> Section:
    return Section(table, database, _columns(columns), listed, order, where)


_PROGRAM = "definer sql_mode charset=character_set_client collation=collation_connection"
COMMON: dict[str, Section] = {
    "databases": _section(
        "schemata", "schema_name",
        "name=schema_name charset=default_character_set_name collation=default_collation_name",
        listed=("name", "charset", "collation"), order="schema_name",
    ),
    "tables": _section(
        "tables", "table_schema",
        "name=table_name kind=table_type engine auto_increment collation=table_collation options=create_options"
        " comment=table_comment",
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
        "name=trigger_name table=event_object_table event=event_manipulation timing=action_timing place=action_order"
        f" body=action_statement {_PROGRAM}",
        listed=("name",), order="event_object_table, action_timing, event_manipulation, action_order",
    ),
    "routines": _section(
        "routines", "routine_schema",
        "name=routine_name kind=routine_type returns=dtd_identifier body=routine_definition"
        " deterministic=is_deterministic access=sql_data_access security=security_type comment=routine_comment"
        f" returns_charset=character_set_name returns_collation=collation_name {_PROGRAM}",
        listed=("name", "kind"), order="routine_type, routine_name",
    ),
    "events": _section(
        "events", "event_schema",
        "name=event_name body=event_definition at=CAST(execute_at/**/AS/**/CHAR) every=interval_value"
        " unit=interval_field starts=CAST(starts/**/AS/**/CHAR) ends=CAST(ends/**/AS/**/CHAR) status"
        f" completion=on_completion comment=event_comment time_zone {_PROGRAM}",
        listed=("name",), order="event_name",
    ),
    "parameters": _section(
        "parameters", "specific_schema",
        "routine=specific_name kind=routine_type place=ordinal_position mode=parameter_mode name=parameter_name"
        " type=dtd_identifier collation=collation_name",
        where="ordinal_position > 0",
    ),
    "columns": _section(
        "columns", "table_schema",
        "table=table_name place=ordinal_position name=column_name type=column_type nullable=is_nullable"
        " default=column_default extra generated=generation_expression collation=collation_name"
        " comment=column_comment",
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
        "table=table_name name=constraint_name update=update_rule delete=delete_rule",
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

MARIADB = COMMON | {
    "views": COMMON["views"].also("algorithm"),
    "indexes": COMMON["indexes"].also("hidden=ignored"),
    "checks": _section(
        "check_constraints", "constraint_schema",
        "table=table_name name=constraint_name level condition=check_clause",
    ),
    "geometries": _section(
        "geometry_columns", "g_table_schema", "table=g_table_name column=g_geometry_column srid", where="srid <> 0"
    ),
}  # fmt: skip
MYSQL = COMMON | {
    "columns": COMMON["columns"].also("srid=srs_id"),
    "indexes": COMMON["indexes"].also("visible=is_visible expression"),
    "checks": _section(
        "check_constraints JOIN information_schema.table_constraints USING (constraint_schema, constraint_name)",
        "constraint_schema", "table=table_name name=constraint_name condition=check_clause enforced",
        where="constraint_type = 'CHECK'",
    ),
}  # fmt: skip
SECTIONS = {"mariadb": MARIADB, "mysql": MYSQL}


def listing(kind: str, database: str) -> str:
    """Return the query for what there is of a kind: names, and what says how to ask for each."""
    section = MARIADB[kind]
    keys = section.listed or tuple(section.columns)
    listed = ", ".join(f"{section.columns[key]} AS `{key}`" for key in keys)
    where = f" WHERE {section.conditions()}" if database else ""
    order = f" ORDER BY {section.order}" if section.order else ""
    return f"SELECT {listed} FROM information_schema.{section.table}{where}{order}"  # noqa: S608 - words of this file
