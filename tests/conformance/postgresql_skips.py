"""What PostgreSQL has no such thing for."""

from __future__ import annotations

SKIPS: dict[str, str] = {
    "table_without_rowid": "every table has a hidden row address; there is nothing to choose",
    "strict_table": "every column takes values of its type only",
    "temporal_table": "system versioning is no part of PostgreSQL; keys WITHOUT OVERLAPS are proven on their own",
    "engine_and_row_format": "a table has an access method, and heap is the only one of the server itself",
    "types_spatial": "types of the earth come with PostGIS, which is not in the server of the tests",
    "types_contrib": "citext, hstore and their like are not in the server of the tests; vector is proven on its own",
    "types_unsigned_zerofill": "numbers are signed, and how they are shown is the program's affair",
    "display_width": "numbers have no display width",
    "year_and_set": "there is neither a type for years nor one for sets of words",
    "on_update_now": "a trigger does that",
    "auto_increment": "identity columns and serial are proven on their own",
    "column_charset": "the whole database has one encoding",
    "invisible_column": "every column is seen",
    "key_prefix": "a key holds whole values; an index on an expression holds parts",
    "key_descending": "a constraint has no order; an index has",
    "index_prefix": "an index on an expression holds parts of a value",
    "index_invisible": "an index cannot be hidden from the planner",
    "enum_inline": "an enum is a type of its own",
    "view_definer": "a view runs with the rights of its owner, which are proven under ownership",
    "event": "there is no scheduler in the server",
    "virtual_table": "foreign tables are proven on their own",
    "virtual_table_content": "foreign tables are proven on their own",
}
