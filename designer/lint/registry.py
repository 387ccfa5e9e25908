"""The rules by code. A new rule is one file in `rules/` and one line here; `docs/lint.md` is written from them."""

from __future__ import annotations

from designer.lint.contract import Rule
from designer.rulebook import Rulebook

RULES: dict[str, str] = {
    "WK101": "no_primary_key",
    "WK102": "null_in_unique",
    "WK103": "null_in_primary_key",
    "WK104": "no_columns",
    "WK105": "unused_enum",
    "WK106": "repeating_columns",
    "WK107": "broken_normal_form",
    "WK108": "list_in_one_column",
    "WK201": "refused_types",
    "WK202": "different_types",
    "WK203": "refers_to_no_key",
    "WK204": "missing_table",
    "WK205": "foreign_key_without_index",
    "WK206": "circular_foreign_keys",
    "WK207": "missing_foreign_key",
    "WK208": "set_null_on_not_null",
    "WK209": "duplicate_foreign_key",
    "WK301": "duplicate_index",
    "WK302": "index_like_key",
    "WK303": "prefix_index",
    "WK401": "reserved_word",
    "WK402": "name_too_long",
    "WK403": "clashing_names",
    "WK501": "money_in_float",
    "WK502": "timestamp_without_zone",
    "WK503": "date_as_text",
    "WK504": "default_null_text",
    "WK505": "missing_extension",
    "WK601": "entity_without_identifier",
    "WK602": "relationship_without_name",
    "WK603": "weak_without_owner",
    "WK604": "short_arc",
    "WK605": "term_without_definition",
    "WK606": "supertype_without_identifier",
    "WK701": "deviation_without_reason",
    "WK702": "deviation_not_kept_true",
    "WK703": "deviation_without_source",
}
"""Code -> module in `designer.lint.rules`, which has a `RULE`.

100 are tables, 200 foreign keys, 300 indexes, 400 names, 500 types, 600 entities,
700 deliberate deviations. A code never changes its meaning.
"""

_BOOK: Rulebook[Rule] = Rulebook("designer.lint.rules", RULES)
get = _BOOK.get
all_rules = _BOOK.all_rules
