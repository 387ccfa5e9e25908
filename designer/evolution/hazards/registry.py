"""The rules by code. A new rule is one file in `rules/` and one line here; `docs/hazards.md` is written from them."""

from __future__ import annotations

from designer.evolution.hazards.contract import Rule
from designer.rulebook import Rulebook

RULES: dict[str, str] = {
    "WM101": "table_dropped",
    "WM102": "column_dropped",
    "WM103": "schema_dropped",
    "WM104": "narrower_type",
    "WM105": "enum_value_removed",
    "WM106": "mysql_enum_value_removed",
    "WM107": "sequence_dropped",
    "WM201": "type_change_rewrites",
    "WM202": "index_blocks_writes",
    "WM203": "index_dropped_with_lock",
    "WM204": "foreign_key_scans",
    "WM205": "check_scans",
    "WM206": "not_null_scans",
    "WM207": "unique_builds_index",
    "WM208": "primary_key_builds_index",
    "WM209": "exclusion_builds_index",
    "WM210": "volatile_default",
    "WM211": "stored_column_rewrites",
    "WM212": "numbered_column_rewrites",
    "WM213": "table_rewritten",
    "WM214": "partitioning_copies",
    "WM215": "detach_locks",
    "WM216": "attach_scans",
    "WM217": "no_lock_timeout",
    "WM218": "mysql_primary_key_rebuilds",
    "WM219": "view_read_again",
    "WM220": "domain_check_scans",
    "WM221": "column_in_the_middle",
    "WM222": "enum_in_the_middle",
    "WM223": "members_outgrow",
    "WM224": "sqlite_rebuilds",
    "WM225": "table_made_anew",
    "WM226": "mysql_key_copies",
    "WM301": "required_column",
    "WM302": "nulls_there",
    "WM303": "duplicates_there",
    "WM304": "orphans_there",
    "WM305": "violations_there",
    "WM306": "key_over_nulls",
    "WM307": "cast_may_fail",
    "WM308": "statement_by_statement",
    "WM309": "outside_transaction",
    "WM401": "table_renamed",
    "WM402": "column_renamed",
    "WM403": "moved_away",
    "WM404": "schema_renamed",
    "WM405": "enum_value_renamed",
    "WM406": "constraint_dropped",
    "WM407": "default_dropped",
    "WM408": "nulls_allowed",
    "WM409": "object_dropped",
    "WM410": "object_missing_meanwhile",
    "WM411": "row_security",
    "WM412": "privilege_revoked",
    "WM413": "new_restriction",
    "WM414": "type_seen_by_programs",
    "WM415": "generated_changed",
    "WM416": "trigger_changed",
    "WM417": "view_column_gone",
    "WM501": "char_type",
    "WM502": "json_column",
    "WM503": "small_key",
    "WM504": "serial_column",
    "WM505": "moment_without_zone",
    "WM506": "limited_text",
    "WM508": "wide_index",
    "WM509": "padding",
    "WM510": "value_at_the_end",
    "WM511": "backfill_in_one",
}
"""Code -> module in `designer.evolution.hazards.rules`, which has a `RULE`.

100 lose data, 200 lock or take long, 300 may fail on rows that are there, 400 break programs, 500 are practice. A code
never changes its meaning.
"""

_BOOK: Rulebook[Rule] = Rulebook("designer.evolution.hazards.rules", RULES)
get = _BOOK.get
all_rules = _BOOK.all_rules
