"""Enums, domains, composite types, ranges and base types."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, literal, name, qualified

_OF_TYPE = """pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace AND {ours} AND {loose pg_type t.oid}"""
_HEAD = "t.oid::int8, n.nspname AS schema, t.typname AS name, pg_get_userbyid(t.typowner) AS owner"

SECTIONS: Sections = {
    "enums": """
        SELECT HEAD,
            ARRAY(SELECT l.enumlabel FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels
        FROM OF_TYPE WHERE t.typtype = 'e' ORDER BY 2, 3""",
    "domains": """
        SELECT HEAD, format_type(t.typbasetype, t.typtypmod) AS type, nullif(t.typnotnull, false) AS not_null,
            pg_get_expr(t.typdefaultbin, 'pg_type'::regclass) AS "default",
                (SELECT format('%I.%I', ln.nspname, l.collname)
                    FROM pg_namespace ln WHERE ln.oid = l.collnamespace) AS collation
        FROM OF_TYPE
        JOIN pg_type b ON b.oid = t.typbasetype
        LEFT JOIN pg_collation l ON l.oid = t.typcollation AND t.typcollation <> b.typcollation
        WHERE t.typtype = 'd' ORDER BY 2, 3""",
    "composites": """
        SELECT HEAD, t.typrelid::int8 AS relation
        FROM OF_TYPE JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' ORDER BY 2, 3""",
    "ranges": """
        SELECT v.* FROM (SELECT NULL::oid AS rngmultitypid) AS absent CROSS JOIN LATERAL (
            SELECT HEAD, format_type(r.rngsubtype, NULL) AS subtype,
                CASE WHEN NOT q.opcdefault THEN format('%I.%I', qn.nspname, q.opcname) END AS opclass,
                CASE WHEN r.rngcollation <> s.typcollation THEN (SELECT format('%I.%I', ln.nspname, l.collname)
                    FROM pg_collation l JOIN pg_namespace ln ON ln.oid = l.collnamespace
                    WHERE l.oid = r.rngcollation) END AS collation,
                nullif(r.rngcanonical, 0)::regproc::text AS canonical, nullif(r.rngsubdiff, 0)::regproc::text AS diff,
                CASE WHEN rngmultitypid <> 0 THEN format_type(rngmultitypid, NULL) END AS multirange
            FROM OF_TYPE
            JOIN pg_range r ON r.rngtypid = t.oid
            JOIN pg_type s ON s.oid = r.rngsubtype
            JOIN pg_opclass q ON q.oid = r.rngsubopc
            JOIN pg_namespace qn ON qn.oid = q.opcnamespace
            WHERE t.typtype = 'r') v
        ORDER BY 2, 3""",
    "base_types": """
        SELECT v.* FROM (SELECT NULL::oid AS typsubscript) AS absent CROSS JOIN LATERAL (
            SELECT HEAD, t.typisdefined AS defined, t.typlen AS length, t.typinput::regproc::text AS input,
                t.typoutput::regproc::text AS output, nullif(t.typreceive, 0)::regproc::text AS receive,
                nullif(t.typsend, 0)::regproc::text AS send, nullif(t.typmodin, 0)::regproc::text AS typmod_in,
                nullif(t.typmodout, 0)::regproc::text AS typmod_out, nullif(t.typanalyze, 0)::regproc::text AS analyze,
                nullif(typsubscript::oid, 0)::regproc::text AS subscript, t.typcollation <> 0 AS collatable,
                t.typdefault AS "default", CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END AS element,
                t.typcategory AS category, t.typispreferred AS preferred, t.typdelim AS delimiter,
                t.typalign AS alignment, t.typstorage AS storage, t.typbyval AS by_value
            FROM OF_TYPE
            WHERE (t.typtype = 'b' OR NOT t.typisdefined)
                AND NOT EXISTS (SELECT FROM pg_type a WHERE a.typarray = t.oid)) v
        ORDER BY 2, 3""",
}
SECTIONS = {key: text.replace("HEAD", _HEAD).replace("OF_TYPE", _OF_TYPE) for key, text in SECTIONS.items()}

_ALIGNMENT = {"c": "char", "s": "int2", "i": "int4", "d": "double"}
_STORAGE = {"p": "plain", "e": "external", "x": "extended", "m": "main"}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("enums"):
        labels = ",\n".join(f"    {literal(label)}" for label in row["labels"])
        yield _piece(
            catalog, row, f"CREATE TYPE {qualified(row)} AS ENUM (" + (f"\n{labels}" if labels else "") + "\n);\n"
        )
    yield from _composites(catalog)
    for row in catalog.rows("ranges"):
        yield _piece(catalog, row, _range(row))
    yield from _base_types(catalog)
    yield from _domains(catalog)


def _piece(catalog: Catalog, row: Row, text: str, kind: str = "TYPE") -> Piece:
    key = f"t{row['oid']}"
    text += catalog.remarks("t", row, kind, qualified(row))
    return Piece(key, Rank.TYPE, f"{row['schema']}.{row['name']}", text, catalog.needed(key))


def _composites(catalog: Catalog) -> Iterator[Piece]:
    columns = catalog.grouped("columns", "relation")
    for row in catalog.rows("composites"):
        own = columns.get((row["relation"],), [])
        fields = ",\n\t".join(
            f"{name(column['name'])} {column['type']}"
            + (f" COLLATE {column['collation']}" if column.get("collation") else "")
            for column in own
        )
        text = f"CREATE TYPE {qualified(row)} AS (" + (f"\n\t{fields}" if fields else "") + "\n);\n"
        piece = _piece(catalog, row, text)
        piece.needs |= catalog.needed(f"c{row['relation']}")
        about = {"oid": row["relation"]}
        numbered = [(column["number"], column["name"]) for column in own]
        piece.text += catalog.remarks("c", about, "TYPE", qualified(row), numbered)
        yield piece


def _range(row: Row) -> str:
    words = {
        "subtype": "subtype", "multirange": "multirange_type_name", "opclass": "subtype_opclass",
        "collation": "collation", "canonical": "canonical", "diff": "subtype_diff",
    }  # fmt: skip
    parts = [f"\n    {word} = {row[key]}" for key, word in words.items() if row.get(key)]
    return f"CREATE TYPE {qualified(row)} AS RANGE (" + ",".join(parts) + "\n);\n"


def _base_types(catalog: Catalog) -> Iterator[Piece]:
    """A base type first is a shell, so that its functions can be written, which the whole type then names."""
    for row in catalog.rows("base_types"):
        key, sorted_by = f"t{row['oid']}", f"{row['schema']}.{row['name']}"
        shell = f"CREATE TYPE {qualified(row)};\n"
        if not row["defined"]:
            yield _piece(catalog, row, shell)
            continue
        yield Piece(f"shell {key}", Rank.TYPE, sorted_by, shell)
        piece = _piece(catalog, row, _base(row))
        piece.needs.add(f"shell {key}")
        yield piece


def _base(row: Row) -> str:
    parts = [f"INTERNALLENGTH = {'variable' if row['length'] < 0 else row['length']}"]
    for word in ("input", "output", "receive", "send", "typmod_in", "typmod_out", "analyze", "subscript"):
        parts += [f"{word.upper()} = {row[word]}"] if row.get(word) else []
    parts += ["COLLATABLE = true"] if row["collatable"] else []
    parts += [f"DEFAULT = {literal(row['default'])}"] if row.get("default") is not None else []
    parts += [f"ELEMENT = {row['element']}"] if row.get("element") else []
    parts += [f"CATEGORY = {literal(row['category'])}"] if row["category"] != "U" else []
    parts += ["PREFERRED = true"] if row["preferred"] else []
    parts += [f"DELIMITER = {literal(row['delimiter'])}"] if row["delimiter"] != "," else []
    parts += [f"ALIGNMENT = {_ALIGNMENT[row['alignment']]}", f"STORAGE = {_STORAGE[row['storage']]}"]
    parts += ["PASSEDBYVALUE"] if row["by_value"] else []
    return f"CREATE TYPE {qualified(row)} (\n    " + ",\n    ".join(parts) + "\n);\n"


def _domains(catalog: Catalog) -> Iterator[Piece]:
    constraints = catalog.grouped("domain_constraints", "domain")
    for row in catalog.rows("domains"):
        own = constraints.get((row["oid"],), [])
        inside = [each for each in own if each["valid"] and each["kind"] == "c"]
        text = f"CREATE DOMAIN {qualified(row)} AS {row['type']}"
        text += f" COLLATE {row['collation']}" if row.get("collation") else ""
        text += _not_null(row, own) if row.get("not_null") else ""
        text += f" DEFAULT {row['default']}" if row.get("default") is not None else ""
        text += "".join(f"\n\tCONSTRAINT {name(each['name'])} {each['definition']}" for each in inside)
        piece = _piece(catalog, row, text + ";\n", "DOMAIN")
        piece.text += "".join(_remark(catalog, row, each) for each in inside)
        yield piece
        for each in own:
            if not each["valid"]:
                yield _later(catalog, row, each)


def _not_null(row: Row, constraints: list[Row]) -> str:
    named = next((each["name"] for each in constraints if each["kind"] == "n"), "")
    shown = f" CONSTRAINT {name(named)}" if named and named != f"{row['name']}_not_null" else ""
    return f"{shown} NOT NULL"


def _remark(catalog: Catalog, domain: Row, constraint: Row) -> str:
    return catalog.remarks("k", constraint, "CONSTRAINT", f"{name(constraint['name'])} ON DOMAIN {qualified(domain)}")


def _later(catalog: Catalog, domain: Row, constraint: Row) -> Piece:
    """A check that existing values need not meet can only be added to the domain."""
    text = (
        f"ALTER DOMAIN {qualified(domain)}\n    ADD CONSTRAINT {name(constraint['name'])} {constraint['definition']};\n"
    )
    return Piece(
        f"k{constraint['oid']}", Rank.CONSTRAINT, f"{domain['schema']}.{domain['name']}",
        text + _remark(catalog, domain, constraint), {f"t{domain['oid']}"},
    )  # fmt: skip
