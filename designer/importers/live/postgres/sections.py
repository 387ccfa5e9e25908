"""How the catalog queries of all families are written: what they share, and how rows become JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping

Sections = Mapping[str, str]
"""Name of a section -> the SELECT whose rows it holds."""

_OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
_LOOSE = re.compile(r"\{loose (\w+) ([\w.]+)\}")


def expanded(query: str) -> str:
    """Return a query with its short forms written out.

    `{ours}`: the schema `n` is not the server's own. `{loose pg_class c.oid}`: the object belongs to no extension.
    A column that only some versions have is read in a LATERAL subquery without the name of its table before it: where
    the catalog has none, the name means the NULL of an outer `absent`.
    """
    return _LOOSE.sub(
        r"NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '\1'::regclass AND e.objid = \2 AND e.deptype = 'e')",
        query.replace("{ours}", _OURS),
    ).strip()


_ROWS = "(SELECT coalesce(json_strip_nulls(json_agg(s)), '[]') FROM (QUERY) s)"


def as_json(query: str) -> str:
    """Return an expression for the rows of a query as a JSON array, without the keys whose value is null."""
    return _ROWS.replace("QUERY", expanded(query))


SETTINGS: Mapping[str, str] = {
    "search_path": "",
    "datestyle": "ISO",
    "intervalstyle": "postgres",
    "extra_float_digits": "3",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "quote_all_identifiers": "off",
}
"""What the server's deparsers go by, as pg_dump sets it: every name comes out qualified, every value exact."""


def settings() -> str:
    """Return the expressions that set all this for the transaction that they run in."""
    return ", ".join(f"pg_catalog.set_config('{name}', '{value}', true)" for name, value in SETTINGS.items())
