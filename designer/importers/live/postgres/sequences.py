"""Sequences: free ones, those that a column owns, and those of identity columns."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, name, qualified

SECTIONS: Sections = {
    "sequences": """
        SELECT c.oid::int8, n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
            nullif(c.relpersistence, 'p') AS persistence, format_type(s.seqtypid, NULL) AS type,
            s.seqstart::text AS start,
            s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum,
            s.seqcache::text AS cache, nullif(s.seqcycle, false) AS cycle, d.deptype AS owned,
            d.refobjid::int8 AS table, d.refobjid::regclass::text AS table_name, t.relpersistence AS table_persistence,
            t.relkind AS table_kind, a.attname AS column, a.attidentity AS identity
        FROM pg_sequence s
        JOIN pg_class c ON c.oid = s.seqrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
        LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
            AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        LEFT JOIN pg_class t ON t.oid = d.refobjid
        LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        ORDER BY 2, 3""",
}

_SPAN = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("sequences"):
        key, sorted_by = f"c{row['oid']}", f"{row['schema']}.{row['name']}"
        said = {**row, "owner": None} if row.get("owned") == "i" else row  # the owner is the table's
        remarks = catalog.remarks("c", said, "SEQUENCE", qualified(row))
        if row.get("owned") == "i":
            text = _identity(row) + _persistence(row) + remarks
            yield Piece(key, Rank.ATTACH, sorted_by, text, {f"c{row['table']}"})
            continue
        word = "UNLOGGED SEQUENCE" if row.get("persistence") == "u" else "SEQUENCE"
        text = f"CREATE {word} {qualified(row)}\n" + "\n".join(_options(row)) + ";\n" + remarks
        yield Piece(key, Rank.TABLE, sorted_by, text)
        if row.get("owned"):
            text = f"ALTER SEQUENCE {qualified(row)} OWNED BY {row['table_name']}.{name(row['column'])};\n"
            yield Piece(f"{key} owned", Rank.ATTACH, sorted_by, text, {key, f"c{row['table']}"})


def _options(row: Row) -> list[str]:
    """Return the options, one a line; a bound that the type and direction bring is not said."""
    span, up = _SPAN.get(row["type"], 2**63), int(row["increment"]) > 0
    usual_minimum, usual_maximum = (1, span - 1) if up else (-span, -1)
    lines = [f"    AS {row['type']}"] if row["type"] != "bigint" and row.get("owned") != "i" else []
    lines += [f"    START WITH {row['start']}", f"    INCREMENT BY {row['increment']}"]
    minimum, maximum = int(row["minimum"]), int(row["maximum"])
    lines.append("    NO MINVALUE" if minimum == usual_minimum else f"    MINVALUE {minimum}")
    lines.append("    NO MAXVALUE" if maximum == usual_maximum else f"    MAXVALUE {maximum}")
    lines.append(f"    CACHE {row['cache']}")
    return lines + (["    CYCLE"] if row.get("cycle") else [])


def _identity(row: Row) -> str:
    kind = "FOREIGN TABLE" if row.get("table_kind") == "f" else "TABLE"
    when = "ALWAYS" if row["identity"] == "a" else "BY DEFAULT"
    options = "\n".join([f"    SEQUENCE NAME {qualified(row)}", *_options(row)])
    return (
        f"ALTER {kind} {row['table_name']} ALTER COLUMN {name(row['column'])} "
        f"ADD GENERATED {when} AS IDENTITY (\n{options}\n);\n"
    )


def _persistence(row: Row) -> str:
    own, table = row.get("persistence", "p"), row["table_persistence"]
    if own == table or "t" in (own, table):
        return ""
    return f"ALTER SEQUENCE {qualified(row)} SET {'UNLOGGED' if own == 'u' else 'LOGGED'};\n"
