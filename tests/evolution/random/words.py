"""What the random edits know of a database: types, what fits into what, and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The types of one database, each with a default, and wider types for those that can be widened with their rows."""

    dialect: str
    types: Mapping[str, str]
    wider: Mapping[str, tuple[str, ...]]
    numbers: frozenset[str]
    texts: frozenset[str]


POSTGRES = Words(
    "postgresql",
    {"integer": "4", "text": "'a'", "varchar(40)": "'b'", "numeric(8,2)": "1.5", "boolean": "false", "date": "'2024-01-01'",
     "timestamp with time zone": "now()", "uuid": "gen_random_uuid()", "jsonb": "'[]'::jsonb", "text[]": "'{x}'::text[]"},
    {"integer": ("bigint", "numeric(20,0)"), "smallint": ("integer", "bigint"), "varchar(40)": ("varchar(80)", "text"),
     "numeric(8,2)": ("numeric(12,2)", "numeric(14,4)", "numeric"), "text": ("varchar(300)",), "date": ("timestamp without time zone",)},
    frozenset({"integer", "bigint", "smallint", "numeric(8,2)", "double precision"}), frozenset({"text", "varchar(40)"}),
)  # fmt: skip
MARIADB = Words(
    "mariadb",
    {"int": "4", "varchar(40)": "'b'", "decimal(8,2)": "1.50", "date": "'2024-01-01'", "datetime": "current_timestamp()",
     "bigint": "9", "enum('x','y')": "'x'", "tinyint(1)": "0"},
    {"int": ("bigint",), "smallint": ("int", "bigint"), "varchar(40)": ("varchar(80)", "varchar(200)"),
     "decimal(8,2)": ("decimal(12,2)", "decimal(14,4)"), "date": ("datetime",)},
    frozenset({"int", "bigint", "smallint", "decimal(8,2)", "double"}), frozenset({"varchar(40)"}),
)  # fmt: skip
SQLITE = Words(
    "sqlite",
    {"INTEGER": "4", "TEXT": "'a'", "VARCHAR(40)": "'b'", "NUMERIC(8,2)": "1.5", "DATE": "'2024-01-01'", "BLOB": "x'00'"},
    {"INTEGER": ("BIGINT", "NUMERIC"), "VARCHAR(40)": ("TEXT", "VARCHAR(80)"), "NUMERIC(8,2)": ("NUMERIC(12,4)",)},
    frozenset({"INTEGER", "NUMERIC(8,2)", "REAL"}), frozenset({"TEXT", "VARCHAR(40)"}),
)  # fmt: skip
