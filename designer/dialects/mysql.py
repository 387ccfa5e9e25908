"""MySQL 8.4, and what MariaDB shares with it."""

import re

from designer.dialects import features as can
from designer.dialects.base import Dialect, words
from designer.dialects.types import COMMON

_RESERVED = words("""
accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case
change char character check collate column condition constraint continue convert create cross cube cume_dist
current_date current_time current_timestamp current_user cursor database databases day_hour day_microsecond day_minute
day_second dec decimal declare default delayed delete dense_rank desc describe deterministic distinct distinctrow div
double drop dual each else elseif empty enclosed escaped except exists exit explain false fetch first_value float
float4 float8 for force foreign from fulltext function generated get grant group grouping groups having high_priority
hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive insert int int1 int2 int3
int4 int8 integer intersect interval into io_after_gtids io_before_gtids is iterate join json_table key keys kill lag
last_value lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long longblob
longtext loop low_priority manual master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint
mediumtext middleint minute_microsecond minute_second mod modifies natural not no_write_to_binlog nth_value ntile null
numeric of on optimize optimizer_costs option optionally or order out outer outfile over parallel partition
percent_rank precision primary procedure purge qualify range rank read reads read_write real recursive references
regexp release rename repeat replace require resignal restrict return revoke right rlike row rows row_number schema
schemas second_microsecond select sensitive separator set show signal smallint spatial specific sql sqlexception
sqlstate sqlwarning sql_big_result sql_calc_found_rows sql_small_result ssl starting stored straight_join system table
tablesample terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned
update usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying virtual when
where while window with write xor year_month zerofill
""")
"""The reserved words of the MySQL 8.4 manual, section 11.3."""

TO_LOGICAL = COMMON | {
    "tinyint(1)": "boolean",
    "float": "real",
    "real": "double",
    "serial": "bigserial",
    "timestamp": "timestamp_tz",
    "int1": "smallint",
    "int3": "integer",
}
"""A TIMESTAMP of MySQL is a point in time, kept in UTC; its DATETIME is the one that knows no zone."""

FROM_LOGICAL = {
    "boolean": "tinyint(1)", "smallint": "smallint", "integer": "int", "bigint": "bigint",
    "smallserial": "smallint", "serial": "int", "bigserial": "bigint",
    "decimal": "decimal(65,30)", "decimal()": "decimal({})", "real": "float", "double": "double",
    "money": "decimal(19,2)", "string": "varchar(255)", "string()": "varchar({})", "char": "char(1)",
    "char()": "char({})", "text": "longtext", "binary": "varbinary(255)", "binary()": "varbinary({})",
    "blob": "longblob", "date": "date", "year": "year", "time": "time", "time()": "time({})", "time_tz": "time",
    "time_tz()": "time({})", "timestamp": "datetime(6)", "timestamp()": "datetime({})",
    "timestamp_tz": "datetime(6)", "timestamp_tz()": "datetime({})", "interval": "varchar(64)", "uuid": "char(36)",
    "json": "json", "xml": "longtext", "enum": "varchar(255)", "enum()": "enum({})", "set": "varchar(255)",
    "set()": "set({})", "inet": "varchar(43)", "macaddr": "varchar(23)", "geometry": "geometry", "bits": "bit(1)",
    "bits()": "bit({})", "vector": "json", "tsvector": "longtext",
}  # fmt: skip

LOSSY = {
    "money": "{title} has no money type; it is written as decimal(19,2)",
    "time_tz": "{title} keeps no time zone with a time; store UTC",
    "timestamp_tz": "{title} keeps no time zone with a datetime; store UTC",
    "interval": "{title} has no interval type; it is written as text",
    "uuid": "{title} has no uuid type; it is written as char(36)",
    "xml": "{title} has no xml type; it is written as text",
    "inet": "{title} has no type for network addresses; they are written as text",
    "macaddr": "{title} has no type for hardware addresses; they are written as text",
    "vector": "{title} has vectors from {vectors} on; for older servers it is written as JSON",
    "tsvector": "{title} has no text search type; it is written as text",
}

FEATURES = frozenset({
    can.INLINE_ENUMS, can.PARTITION_CLAUSES, can.ADD_CONSTRAINT, can.PREFIX_LENGTHS, can.FULLTEXT, can.VIRTUAL_COLUMNS,
    can.INLINE_COMMENTS, can.CHARACTER_SETS, can.EXPRESSION_DEFAULTS,
})  # fmt: skip

WORDS = {
    "now": "CURRENT_TIMESTAMP",
    "now()": "CURRENT_TIMESTAMP({})",
    "today": "(CURRENT_DATE)",
    "uuid": "(uuid())",
    "true": "1",
    "false": "0",
    "large": "({})",
}

BARE_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_$]*\Z")

UNNAMEABLE = re.compile(r"[^\u0000-\uffff]|[ \t\n\r\x0b\x0c]\Z")
"""Names hold nothing beyond the basic plane, and no white space at their end."""


def lossy_in(title: str, vectors: str) -> dict[str, str]:
    """Return the notes on types for the database `title` of this family, which has vectors from a version on."""
    return {logical: note.format(title=title, vectors=vectors) for logical, note in LOSSY.items()}


DIALECT = Dialect(
    name="mysql",
    title="MySQL",
    default_version="8.4",
    identifier_limit=64,
    identifier_limit_unit="characters",
    quote_open="`",
    quote_close="`",
    other_quotes=(('"', '"'),),
    folds="keep",
    bare_name=BARE_NAME,
    reserved=_RESERVED,
    unnameable=UNNAMEABLE,
    backslash_escapes=True,
    features=FEATURES | {can.EXPRESSION_INDEXES, can.INLINE_CHECK_ENFORCEMENT},
    words=WORDS,
    to_logical=TO_LOGICAL,
    from_logical=FROM_LOGICAL,
    lossy=lossy_in("MySQL", "9.0"),
)
