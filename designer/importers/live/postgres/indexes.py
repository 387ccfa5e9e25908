"""Indexes, and the keys and exclusions that stand on one; foreign keys."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, in_parentheses, name, options, qualified

SECTIONS: Sections = {
    "indexes": """
        SELECT i.oid::int8, n.nspname AS schema, i.relname AS name, x.indrelid::int8 AS relation,
            x.indrelid::regclass::text AS table, c.relkind AS table_kind,
            CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.oid) END AS definition,
            i.reloptions AS options, space.spcname AS tablespace,
            CASE WHEN space.spcname IS NOT NULL THEN pg_get_expr(x.indpred, x.indrelid) END AS predicate,
            nullif(x.indisclustered, false) AS clustered, nullif(x.indisreplident, false) AS replica_identity,
            x.indisvalid AS valid, k.oid::int8 AS constraint, h.inhparent::int8 AS parent,
            h.inhparent::regclass::text AS parent_name,
            (SELECT json_agg(json_build_array(a.attnum, a.attstattarget) ORDER BY a.attnum) FROM pg_attribute a
                WHERE a.attrelid = i.oid AND a.attstattarget >= 0) AS statistics
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_class c ON c.oid = x.indrelid AND c.relkind IN ('r', 'p', 'm')
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid} AND {loose pg_class i.oid}
        LEFT JOIN pg_tablespace space ON space.oid = i.reltablespace
        LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
        LEFT JOIN pg_inherits h ON h.inhrelid = i.oid
        ORDER BY 2, 3""",
}

_DEFERRED = (" DEFERRABLE INITIALLY DEFERRED", " DEFERRABLE")


def pieces(catalog: Catalog) -> Iterator[Piece]:
    constraints = {row["oid"]: row for row in catalog.sections.get("constraints", [])}
    for row in catalog.rows("indexes"):
        if not row["valid"] and row["table_kind"] != "p":
            continue
        constraint = constraints.get(row.get("constraint", 0))
        yield _index(catalog, row, constraint)
        if row.get("parent"):
            text = f"ALTER INDEX {row['parent_name']} ATTACH PARTITION {qualified(row)};\n"
            needs = {f"c{row['oid']}", f"c{row['parent']}"}
            yield Piece(f"attach c{row['oid']}", Rank.INDEX_ATTACH, _sorted_by(row), text, needs)
    tables = {row["oid"]: row for row in catalog.rows("tables")}
    first = _own_names(list(constraints.values()))
    for row in constraints.values():
        if row["relation"] in tables:
            yield from _later(catalog, row, tables[row["relation"]], first.get(row["oid"], set()))


def _index(catalog: Catalog, row: Row, constraint: Row | None) -> Piece:
    if constraint is None:
        text, rank = _with_tablespace(row, row["definition"]) + ";\n", Rank.INDEX
    else:
        text, rank = _key(row, constraint), Rank.CONSTRAINT
        text += catalog.remarks("k", constraint, "CONSTRAINT", f"{name(constraint['name'])} ON {row['table']}")
    text += "".join(_states(row)) + catalog.remarks("c", row, "INDEX", qualified(row))
    needs = {f"c{row['relation']}"} | catalog.needed(f"c{row['oid']}")
    if constraint is not None:
        needs |= catalog.needed(f"k{constraint['oid']}")
    needs -= {f"k{row.get('constraint')}", f"c{row['oid']}"}
    return Piece(f"c{row['oid']}", rank, _sorted_by(row), text, needs)


def _sorted_by(row: Row) -> str:
    return f"{row['schema']}.{row['name']}"


def _with_tablespace(row: Row, definition: str) -> str:
    """Return the definition of an index with its tablespace, which stands before the predicate."""
    if not row.get("tablespace"):
        return definition
    where = f" WHERE {row['predicate']}" if row.get("predicate") else ""
    return f"{definition.removesuffix(where)} TABLESPACE {name(row['tablespace'])}{where}"


def _key(row: Row, constraint: Row) -> str:
    definition, end = constraint["definition"], ""
    for each in _DEFERRED:
        if definition.endswith(each):
            definition, end = definition.removesuffix(each), each
            break
    where = ""
    if constraint["kind"] == "x":
        where = f" WHERE ({row['predicate']})" if row.get("predicate") and row.get("tablespace") else ""
        definition = definition.removesuffix(where)
    else:
        definition += in_parentheses(" WITH", options(row.get("options") or ()))
    if row.get("tablespace"):
        definition += f" USING INDEX TABLESPACE {name(row['tablespace'])}"
    return f"ALTER TABLE ONLY {row['table']}\n    ADD CONSTRAINT {name(constraint['name'])} {definition}{where}{end};\n"


def _states(row: Row) -> Iterator[str]:
    for number, target in row.get("statistics") or ():
        yield f"ALTER INDEX {qualified(row)} ALTER COLUMN {number} SET STATISTICS {target};\n"
    if row.get("clustered"):
        yield f"ALTER TABLE {row['table']} CLUSTER ON {name(row['name'])};\n"
    if row.get("replica_identity"):
        yield f"ALTER TABLE ONLY {row['table']} REPLICA IDENTITY USING INDEX {name(row['name'])};\n"


def _own_names(constraints: list[Row]) -> dict[int, set[str]]:
    """Return, by the oid of a foreign key, the keys of those in partitions that go by another name.

    They come first: the foreign key of the whole table takes them for its own where they say the same.
    """
    found: dict[int, set[str]] = {}
    for row in constraints:
        if row.get("parent") and row["kind"] == "f":
            found.setdefault(row["parent"], set()).add(f"k{row['oid']}")
    return found


def _later(catalog: Catalog, row: Row, table: Row, first: set[str]) -> Iterator[Piece]:
    """Foreign keys, and checks that existing rows need not meet; each after those in `first`."""
    if row["kind"] == "f":
        only, rank = "" if table["kind"] == "p" else "ONLY ", Rank.FOREIGN_KEY
    elif row["kind"] == "c" and not row["valid"] and row["local"]:
        only, rank = "", Rank.CONSTRAINT
    else:
        return
    kind = "FOREIGN TABLE" if table["kind"] == "f" else "TABLE"
    identity = qualified(table)
    text = f"ALTER {kind} {only}{identity}\n    ADD CONSTRAINT {name(row['name'])} {row['definition']};\n"
    text += catalog.remarks("k", row, "CONSTRAINT", f"{name(row['name'])} ON {identity}")
    needs = {f"c{row['relation']}"} | first | catalog.needed(f"k{row['oid']}") - {f"k{row.get('parent')}"}
    yield Piece(f"k{row['oid']}", rank, f"{_sorted_by(table)}.{row['name']}", text, needs)
