"""MariaDB 11, as far as it differs from MySQL."""

from designer.dialects import features as can
from designer.dialects.base import Dialect, words
from designer.dialects.mysql import BARE_NAME, FEATURES, FROM_LOGICAL, TO_LOGICAL, UNNAMEABLE, WORDS, lossy_in

_RESERVED = words("""
accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case
change char character check collate column condition constraint continue convert create cross current_date
current_role current_time current_timestamp current_user cursor databases day_hour day_microsecond day_minute
day_second dec decimal declare default delayed delete delete_domain_id desc describe deterministic distinct
distinctrow div do_domain_ids double drop dual each else elseif enclosed escaped except exists exit explain false
fetch float float4 float8 for force foreign from fulltext general grant group having high_priority hour_microsecond
hour_minute hour_second if ignore ignore_domain_ids ignore_server_ids in index infile inner inout insensitive insert
int int1 int2 int3 int4 int8 integer intersect interval into is iterate join key keys kill leading leave left like
limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority
master_demote_to_replica master_demote_to_slave master_heartbeat_period master_ssl_verify_server_cert match maxvalue
mediumblob mediumint mediumtext middleint minute_microsecond minute_second mod modifies natural no_write_to_binlog not
null numeric offset on optimize optionally or order out outer outfile over page_checksum parse_vcol_expr partition
portion precision primary procedure purge range read read_write reads real recursive ref_system_id references regexp
release rename repeat replace require resignal restrict return returning revoke right rlike row_number rows schemas
second_microsecond select sensitive separator set show signal slow smallint spatial specific sql sql_big_result
sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning ssl starting stats_auto_recalc stats_persistent
stats_sample_pages straight_join table terminated then tinyblob tinyint tinytext to trailing trigger true undo union
unique unlock unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter
varying vector when where while window with write xor year_month zerofill
""")
"""What a MariaDB 10.11 server refuses as the name of a table, column, key or constraint, and words that 11 added."""

_OWN = {"uuid": "uuid", "inet": "inet6"}
_INET = "MariaDB has addresses without a network; what comes after the slash does not fit"

DIALECT = Dialect(
    name="mariadb",
    title="MariaDB",
    default_version="11.4",
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
    features=FEATURES | {can.SEQUENCES},
    words=WORDS,
    to_logical=TO_LOGICAL,
    from_logical=FROM_LOGICAL | _OWN,
    lossy={logical: note for logical, note in lossy_in("MariaDB", "11.7").items() if logical not in _OWN}
    | {"inet": _INET},
)
