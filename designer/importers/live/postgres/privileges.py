"""What roles may do, where it is not what an owner and everybody may do anyway; and what they will by default."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.routines import signature
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, name, qualified

_CHANGED = """
    CROSS JOIN LATERAL (SELECT x AS item, place, true AS granted FROM unnest(h.acl) WITH ORDINALITY u (x, place)
            WHERE NOT x = ANY (h.usual)
        UNION ALL SELECT x, place, false FROM unnest(h.usual) WITH ORDINALITY u (x, place) WHERE NOT x = ANY (h.acl)) i
    CROSS JOIN LATERAL aclexplode(ARRAY[i.item]) g
"""
"""An item of an access list as a whole is taken away or given, as pg_dump does it."""

_SAID = """
    i.granted, CASE WHEN g.grantee <> 0 THEN pg_get_userbyid(g.grantee) END AS grantee,
    array_agg(g.privilege_type ORDER BY g.privilege_type) FILTER (WHERE NOT g.is_grantable) AS privileges,
    array_agg(g.privilege_type ORDER BY g.privilege_type) FILTER (WHERE g.is_grantable) AS grantable
"""

SECTIONS: Sections = {
    "privileges": """
        WITH holders AS (
            SELECT 'c' AS class, c.oid, 0 AS sub, c.relacl AS acl,
                acldefault(CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual
            FROM pg_class c WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL SELECT 'c', a.attrelid, a.attnum, a.attacl, '{}'
            FROM pg_attribute a WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
            UNION ALL SELECT 'p', p.oid, 0, p.proacl, acldefault('f', p.proowner)
            FROM pg_proc p WHERE p.proacl IS NOT NULL
            UNION ALL SELECT 't', t.oid, 0, t.typacl, acldefault('T', t.typowner)
            FROM pg_type t WHERE t.typacl IS NOT NULL
            UNION ALL SELECT 'n', n.oid, 0, n.nspacl, acldefault('n', n.nspowner) || CASE WHEN n.nspname = 'public'
                THEN ARRAY[makeaclitem(0, n.nspowner, 'USAGE', false)] END
            FROM pg_namespace n WHERE n.nspacl IS NOT NULL
            UNION ALL SELECT 'u', l.oid, 0, l.lanacl, acldefault('l', l.lanowner)
            FROM pg_language l WHERE l.lanacl IS NOT NULL
            UNION ALL SELECT 'w', w.oid, 0, w.fdwacl, acldefault('F', w.fdwowner)
            FROM pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
            UNION ALL SELECT 'h', s.oid, 0, s.srvacl, acldefault('S', s.srvowner)
            FROM pg_foreign_server s WHERE s.srvacl IS NOT NULL)
        SELECT h.class, h.oid::int8, h.sub, SAID
        FROM holders h CHANGED
        WHERE h.oid >= 16384 OR h.oid = (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND h.class = 'n'
        GROUP BY h.class, h.oid, h.sub, i.granted, g.grantee, g.grantor
        ORDER BY 1, 2, 3, i.granted, min(i.place)""",
    "default_privileges": """
        WITH holders AS (
            SELECT pg_get_userbyid(d.defaclrole) AS role, n.nspname AS home, d.defaclobjtype AS kind,
                d.defaclacl AS acl,
                CASE WHEN n.oid IS NOT NULL THEN '{}' ELSE acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's'
                    ELSE d.defaclobjtype END::"char", d.defaclrole) END AS usual
            FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace)
        SELECT h.role, h.home, h.kind, SAID
        FROM holders h CHANGED
        GROUP BY h.role, h.home, h.kind, i.granted, g.grantee
        ORDER BY 1, 2, 3, i.granted, min(i.place)""",
}
SECTIONS = {key: text.replace("SAID", _SAID).replace("CHANGED", _CHANGED) for key, text in SECTIONS.items()}

_TABLE = ("SELECT", "INSERT", "REFERENCES", "DELETE", "TRIGGER", "TRUNCATE", "MAINTAIN", "UPDATE")
_ALL: dict[str, tuple[str, ...]] = {
    "TABLE": _TABLE, "TABLES": _TABLE,
    "COLUMN": ("SELECT", "INSERT", "REFERENCES", "UPDATE"),
    "SEQUENCE": ("SELECT", "USAGE", "UPDATE"), "SEQUENCES": ("SELECT", "USAGE", "UPDATE"),
    "SCHEMA": ("CREATE", "USAGE"), "SCHEMAS": ("CREATE", "USAGE"),
    "LARGE OBJECTS": ("SELECT", "UPDATE"),
}  # fmt: skip
"""The privileges of a kind in pg_dump's order; other kinds have one."""

_DEFAULTS = {"r": "TABLES", "S": "SEQUENCES", "f": "FUNCTIONS", "T": "TYPES", "n": "SCHEMAS", "L": "LARGE OBJECTS"}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    if not catalog.wanted.privileges:
        return
    newest = _newest(catalog)
    for letter, row, kind, identity in _holders(catalog):
        text = ""
        for each in catalog.privileges.get((letter, row["oid"]), ()):
            column = str(row["columns"].get(each["sub"], "")) if each["sub"] else ""
            text += _said(each, kind, identity, column, newest)
        if text:
            yield Piece(f"privileges {letter}{row['oid']}", Rank.PRIVILEGE, identity, text, {f"{letter}{row['oid']}"})
    for place, row in enumerate(catalog.database_wide("default_privileges")):
        where = f" IN SCHEMA {name(row['home'])}" if row.get("home") else ""
        kind = _DEFAULTS[row["kind"]]
        head = f"ALTER DEFAULT PRIVILEGES FOR ROLE {name(row['role'])}{where} "
        text = "".join(f"{head}{line}\n" for line in _lines(row, kind, kind, "", newest))
        yield Piece(f"default {place}", Rank.PRIVILEGE, f"~{place:06}", text)


def _newest(catalog: Catalog) -> bool:
    """Say whether the server knows MAINTAIN, without which ALL of a table's privileges is one fewer."""
    return catalog.version >= 17


def _holders(catalog: Catalog) -> Iterator[tuple[str, Row, str, str]]:
    """Yield what can have privileges: letter, row, kind and name in a GRANT."""
    columns = catalog.grouped("columns", "relation")
    for section, kind in (("tables", "TABLE"), ("views", "TABLE"), ("sequences", "SEQUENCE")):
        for row in catalog.rows(section):
            own = {each["number"]: each["name"] for each in columns.get((row["oid"],), [])}
            yield "c", {**row, "columns": own}, kind, qualified(row)
    for row in catalog.rows("routines"):
        yield "p", row, "PROCEDURE" if row["kind"] == "p" else "FUNCTION", signature(row)
    for row in catalog.rows("aggregates"):
        yield "p", row, "FUNCTION", signature(row)
    for section in ("enums", "domains", "composites", "ranges", "base_types"):
        for row in catalog.rows(section):
            yield "t", row, "TYPE", qualified(row)
    for row in catalog.rows("schemas"):
        yield "n", row, "SCHEMA", name(row["schema"])
    for section, letter, kind in (
        ("languages", "u", "LANGUAGE"),
        ("wrappers", "w", "FOREIGN DATA WRAPPER"),
        ("servers", "h", "FOREIGN SERVER"),
    ):
        for row in catalog.rows(section):
            yield letter, row, kind, name(row["name"])


def _said(row: Row, kind: str, identity: str, column: str, newest: bool) -> str:
    return "".join(f"{line}\n" for line in _lines(row, kind, f"{kind} {identity}", column, newest))


def _lines(row: Row, kind: str, about: str, column: str, newest: bool) -> Iterator[str]:
    who = name(row["grantee"]) if row.get("grantee") else "PUBLIC"
    plain, grantable = row.get("privileges") or [], row.get("grantable") or []
    if not row["granted"]:
        yield f"REVOKE {_words([*plain, *grantable], kind, column, newest)} ON {about} FROM {who};"
        return
    if plain:
        yield f"GRANT {_words(plain, kind, column, newest)} ON {about} TO {who};"
    if grantable:
        yield f"GRANT {_words(grantable, kind, column, newest)} ON {about} TO {who} WITH GRANT OPTION;"


def _words(privileges: list[str], kind: str, column: str, newest: bool) -> str:
    """Return the privileges, or ALL where these are all that the kind has."""
    known = _ALL["COLUMN"] if column else _ALL.get(kind, ())
    every = {each for each in known if newest or each != "MAINTAIN"}
    suffix = f"({name(column)})" if column else ""
    if set(privileges) >= every:
        return f"ALL{suffix}"
    return ",".join(f"{each}{suffix}" for each in known if each in privileges)
