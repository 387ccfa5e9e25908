"""Operators, their families and classes, and casts."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, name, qualified

SECTIONS: Sections = {
    "operators": """
        SELECT o.oid::int8, n.nspname AS schema, o.oprname AS name, pg_get_userbyid(o.oprowner) AS owner,
            o.oprcode::regproc::text AS function,
            CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END AS left,
            CASE WHEN o.oprright <> 0 THEN format_type(o.oprright, NULL) END AS right,
            (SELECT format('OPERATOR(%I.%s)', m.nspname, c.oprname) FROM pg_operator c
                JOIN pg_namespace m ON m.oid = c.oprnamespace WHERE c.oid = o.oprcom) AS commutator,
            (SELECT format('OPERATOR(%I.%s)', m.nspname, c.oprname) FROM pg_operator c
                JOIN pg_namespace m ON m.oid = c.oprnamespace WHERE c.oid = o.oprnegate) AS negator,
            nullif(o.oprcanmerge, false) AS merges, nullif(o.oprcanhash, false) AS hashes,
            nullif(o.oprrest, 0)::regproc::text AS restrict, nullif(o.oprjoin, 0)::regproc::text AS join
        FROM pg_operator o
        JOIN pg_namespace n ON n.oid = o.oprnamespace AND {ours} AND {loose pg_operator o.oid}
        WHERE o.oprcode <> 0
        ORDER BY 2, 3, 6, 7""",
    "operator_families": """
        SELECT f.oid::int8, n.nspname AS schema, f.opfname AS name, pg_get_userbyid(f.opfowner) AS owner,
            m.amname AS method
        FROM pg_opfamily f
        JOIN pg_namespace n ON n.oid = f.opfnamespace AND {ours} AND {loose pg_opfamily f.oid}
        JOIN pg_am m ON m.oid = f.opfmethod
        ORDER BY 2, 3, 5""",
    "operator_classes": """
        SELECT q.oid::int8, n.nspname AS schema, q.opcname AS name, pg_get_userbyid(q.opcowner) AS owner,
            m.amname AS method, nullif(q.opcdefault, false) AS usual, format_type(q.opcintype, NULL) AS type,
            CASE WHEN q.opckeytype <> 0 THEN format_type(q.opckeytype, NULL) END AS storage,
            fn.nspname AS family_schema, f.opfname AS family, f.oid::int8 AS family_oid
        FROM pg_opclass q
        JOIN pg_namespace n ON n.oid = q.opcnamespace AND {ours} AND {loose pg_opclass q.oid}
        JOIN pg_am m ON m.oid = q.opcmethod
        JOIN pg_opfamily f ON f.oid = q.opcfamily
        JOIN pg_namespace fn ON fn.oid = f.opfnamespace
        ORDER BY 2, 3, 5""",
    "family_operators": """
        SELECT CASE d.refclassid WHEN 'pg_opclass'::regclass THEN 'q' ELSE 'f' END AS class, d.refobjid::int8 AS oid,
            o.amopstrategy AS number, o.amopopr::regoperator::text AS operator, o.amopopr::int8 AS operator_oid,
            (SELECT format('%I.%I', m.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace m
                ON m.oid = f.opfnamespace WHERE f.oid = o.amopsortfamily) AS sort_family
        FROM pg_amop o
        JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = o.oid
            AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass) AND d.refobjid >= 16384
            AND (d.refclassid = 'pg_opclass'::regclass OR d.refobjid = o.amopfamily)
        ORDER BY 1, 2, 3, 4""",
    "family_functions": """
        SELECT CASE d.refclassid WHEN 'pg_opclass'::regclass THEN 'q' ELSE 'f' END AS class, d.refobjid::int8 AS oid,
            o.amprocnum AS number, o.amproc::regprocedure::text AS function, o.amproc::oid::int8 AS function_oid,
            format_type(o.amproclefttype, NULL) AS left, format_type(o.amprocrighttype, NULL) AS right
        FROM pg_amproc o
        JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = o.oid
            AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass) AND d.refobjid >= 16384
        ORDER BY 1, 2, 3, 4""",
    "casts": """
        SELECT x.oid::int8, format_type(x.castsource, NULL) AS source, format_type(x.casttarget, NULL) AS target,
            nullif(x.castfunc, 0)::regprocedure::text AS function, x.castcontext AS context, x.castmethod AS method
        FROM pg_cast x
        WHERE x.oid >= 16384 AND {loose pg_cast x.oid} AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = 'pg_cast'::regclass AND d.objid = x.oid AND d.deptype = 'i')
        ORDER BY 2, 3""",
    "transforms": """
        SELECT m.oid::int8, format_type(m.trftype, NULL) AS type, l.lanname AS language,
            nullif(m.trffromsql, 0)::regprocedure::text AS from_sql, nullif(m.trftosql, 0)::regprocedure::text AS to_sql
        FROM pg_transform m JOIN pg_language l ON l.oid = m.trflang
        WHERE m.oid >= 16384 AND {loose pg_transform m.oid}
        ORDER BY 2, 3""",
}

_CONTEXTS = {"a": " AS ASSIGNMENT", "i": " AS IMPLICIT", "e": ""}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("operators"):
        arguments = f"{row.get('left', 'NONE')}, {row.get('right', 'NONE')}"
        identity = f"{name(row['schema'])}.{row['name']} ({arguments})"
        text = _operator(row) + catalog.remarks("o", row, "OPERATOR", identity)
        key = f"o{row['oid']}"
        yield Piece(key, Rank.OPERATOR, f"{row['schema']}.{row['name']} {arguments}", text, catalog.needed(key))
    yield from _families(catalog)
    yield from _casts(catalog)


def _operator(row: Row) -> str:
    parts = [f"FUNCTION = {row['function']}"]
    words = {"left": "LEFTARG", "right": "RIGHTARG", "commutator": "COMMUTATOR", "negator": "NEGATOR"}
    parts += [f"{word} = {row[key]}" for key, word in words.items() if row.get(key)]
    parts += [word for key, word in {"merges": "MERGES", "hashes": "HASHES"}.items() if row.get(key)]
    parts += [f"{word} = {row[key]}" for key, word in {"restrict": "RESTRICT", "join": "JOIN"}.items() if row.get(key)]
    return f"CREATE OPERATOR {name(row['schema'])}.{row['name']} (\n    " + ",\n    ".join(parts) + "\n);\n"


def _families(catalog: Catalog) -> Iterator[Piece]:
    operators = catalog.grouped("family_operators", "class", "oid")
    functions = catalog.grouped("family_functions", "class", "oid")
    for row in catalog.rows("operator_families"):
        head = f"{qualified(row)} USING {name(row['method'])}"
        text = f"CREATE OPERATOR FAMILY {head};\n" + catalog.remarks("f", row, "OPERATOR FAMILY", head)
        key, sorted_by = f"f{row['oid']}", f"{row['schema']}.{row['name']}"
        yield Piece(key, Rank.OPERATOR_FAMILY, sorted_by, text, catalog.needed(key))
        place = ("f", row["oid"])
        members = _members(operators.get(place, []), functions.get(place, []))
        if members:
            text = f"ALTER OPERATOR FAMILY {head} ADD\n    " + " ,\n    ".join(members) + ";\n"
            needs = {key} | _needs(operators.get(place, []), functions.get(place, []))
            yield Piece(f"{key} members", Rank.OPERATOR_FAMILY, sorted_by, text, needs)
    for row in catalog.rows("operator_classes"):
        place = ("q", row["oid"])
        members = _members(operators.get(place, []), functions.get(place, []))
        key = f"q{row['oid']}"
        text = _class(row, members)
        text += catalog.remarks("q", row, "OPERATOR CLASS", f"{qualified(row)} USING {name(row['method'])}")
        needs = catalog.needed(key) | {f"f{row['family_oid']}"}
        needs |= _needs(operators.get(place, []), functions.get(place, []))
        yield Piece(key, Rank.OPERATOR_FAMILY, f"{row['schema']}.{row['name']}", text, needs)


def _class(row: Row, members: list[str]) -> str:
    text = f"CREATE OPERATOR CLASS {qualified(row)}\n    " + ("DEFAULT " if row.get("usual") else "")
    text += f"FOR TYPE {row['type']} USING {name(row['method'])}"
    text += f" FAMILY {name(row['family_schema'])}.{name(row['family'])}"
    storage = [f"STORAGE {row['storage']}"] if row.get("storage") else []
    inside = storage + members or [f"STORAGE {row['type']}"]
    return text + " AS\n    " + " ,\n    ".join(inside) + ";\n"


def _members(operators: list[Row], functions: list[Row]) -> list[str]:
    lines = []
    for row in operators:
        ordering = f" FOR ORDER BY {row['sort_family']}" if row.get("sort_family") else ""
        lines.append(f"OPERATOR {row['number']} {row['operator']}{ordering}")
    return lines + [f"FUNCTION {row['number']} ({row['left']}, {row['right']}) {row['function']}" for row in functions]


def _needs(operators: list[Row], functions: list[Row]) -> set[str]:
    return {f"o{row['operator_oid']}" for row in operators} | {f"p{row['function_oid']}" for row in functions}


def _casts(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.database_wide("casts"):
        identity = f"({row['source']} AS {row['target']})"
        how = {"b": "WITHOUT FUNCTION", "i": "WITH INOUT"}.get(row["method"]) or f"WITH FUNCTION {row['function']}"
        text = f"CREATE CAST {identity} {how}{_CONTEXTS[row['context']]};\n"
        key = f"x{row['oid']}"
        text += catalog.remarks("x", row, "CAST", identity)
        yield Piece(key, Rank.CAST, identity, text, catalog.needed(key))
    for row in catalog.database_wide("transforms"):
        identity = f"FOR {row['type']} LANGUAGE {name(row['language'])}"
        ways = [
            f"{way.upper().replace('_', ' ')} WITH FUNCTION {row[way]}"
            for way in ("from_sql", "to_sql")
            if row.get(way)
        ]
        text = f"CREATE TRANSFORM {identity} ({', '.join(ways)});\n" + catalog.remarks("m", row, "TRANSFORM", identity)
        yield Piece(f"m{row['oid']}", Rank.CAST, identity, text, catalog.needed(f"m{row['oid']}"))
