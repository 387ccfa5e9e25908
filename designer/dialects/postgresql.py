"""PostgreSQL 18."""

from designer.dialects import features as can
from designer.dialects.base import Dialect, words
from designer.dialects.types import COMMON

_RESERVED = words("""
all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc distinct
do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit
localtime localtimestamp not null offset on only or order placing primary references returning select session_user
some symmetric system_user table then to trailing true union unique user using variadic when where window with
authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like
natural notnull outer overlaps right similar tablesample verbose
""")
"""Key words of pg_get_keywords() with catcode R and T: the server refuses them as a column or table name."""

_TYPE_NAMES = words("""
between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int
integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out overlay
position precision real row setof smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat
xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
""")
"""Key words with catcode C: free for columns and tables, but not for types."""

DIALECT = Dialect(
    name="postgresql",
    title="PostgreSQL",
    default_version="18",
    default_schema="public",
    reserved=_RESERVED,
    reserved_types=_TYPE_NAMES,
    features=frozenset({
        can.SCHEMAS, can.ENUM_TYPES, can.DOMAINS, can.COMPOSITE_TYPES, can.ARRAYS, can.SEQUENCES, can.EXTENSIONS,
        can.PUBLICATIONS, can.INHERITANCE, can.PARTITION_TABLES, can.UNLOGGED, can.EMPTY_TABLES, can.ROW_SECURITY,
        can.EXCLUSIONS, can.DEFERRABLE_KEYS, can.DEFERRABLE_FOREIGN_KEYS, can.NULLS_NOT_DISTINCT, can.COVERING,
        can.ADD_CONSTRAINT, can.PARTIAL_INDEXES, can.EXPRESSION_INDEXES, can.INDEX_METHODS, can.INDEX_NULLS_ORDER,
        can.MATERIALIZED_VIEWS, can.VIRTUAL_COLUMNS, can.COMMENT_STATEMENTS, can.SET_DEFAULT, can.EXPRESSION_DEFAULTS,
        can.SET_NULL_COLUMNS,
    }),
    words={
        "now": "CURRENT_TIMESTAMP", "now()": "CURRENT_TIMESTAMP", "today": "CURRENT_DATE", "uuid": "gen_random_uuid()",
        "true": "true", "false": "false", "large": "{}",
    },
    to_logical=COMMON,
    from_logical={
        "boolean": "boolean", "smallint": "smallint", "integer": "integer", "bigint": "bigint",
        "smallserial": "smallserial", "serial": "serial", "bigserial": "bigserial",
        "decimal": "numeric", "decimal()": "numeric({})", "real": "real", "double": "double precision",
        "money": "money", "string": "varchar", "string()": "varchar({})", "char": "char", "char()": "char({})",
        "text": "text", "binary": "bytea", "blob": "bytea", "date": "date", "year": "smallint",
        "time": "time", "time()": "time({})", "time_tz": "timetz", "time_tz()": "timetz({})",
        "timestamp": "timestamp", "timestamp()": "timestamp({})",
        "timestamp_tz": "timestamptz", "timestamp_tz()": "timestamptz({})", "interval": "interval",
        "uuid": "uuid", "json": "jsonb", "xml": "xml", "enum": "text", "set": "text[]",
        "inet": "inet", "macaddr": "macaddr", "geometry": "bytea", "bits": "bit", "bits()": "bit({})",
        "vector": "vector", "vector()": "vector({})", "tsvector": "tsvector",
    },
    lossy={
        "binary()": "PostgreSQL has bytes of any length only; the length is left out",
        "set": "PostgreSQL has no SET type; it is written as an array of text",
        "geometry": "PostgreSQL knows geometry only through the extension postgis; it is written as bytea",
    },
)  # fmt: skip
