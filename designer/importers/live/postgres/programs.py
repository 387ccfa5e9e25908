"""Triggers, event triggers, rules and policies: what runs or decides when rows are touched."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, literal, name

SECTIONS: Sections = {
    "triggers": """
        SELECT v.* FROM (SELECT 0::oid AS tgparentid) AS absent CROSS JOIN LATERAL (
            SELECT g.oid::int8, n.nspname AS schema, g.tgname AS name, c.relname AS relation_name,
                c.oid::int8 AS relation, c.oid::regclass::text AS table, c.relkind AS table_kind,
                g.tgenabled AS enabled, CASE WHEN tgparentid = 0 THEN pg_get_triggerdef(g.oid) END AS definition,
                u.parent_enabled
            FROM pg_trigger g
            JOIN pg_class c ON c.oid = g.tgrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
            LEFT JOIN (SELECT oid AS parent, tgenabled AS parent_enabled FROM pg_trigger) u ON u.parent = tgparentid
            WHERE (NOT g.tgisinternal OR tgparentid <> 0 AND g.tgenabled <> u.parent_enabled
                AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.oid = g.tgconstraint AND k.contype = 'f'))
                AND {loose pg_trigger g.oid}) v
        ORDER BY 2, 4, 3""",
    "rules": """
        SELECT r.oid::int8, n.nspname AS schema, r.rulename AS name, c.relname AS relation_name,
            c.oid::int8 AS relation, c.oid::regclass::text AS table, r.ev_enabled AS enabled,
            pg_get_ruledef(r.oid) AS definition
        FROM pg_rewrite r
        JOIN pg_class c ON c.oid = r.ev_class
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid} AND {loose pg_rewrite r.oid}
        WHERE r.rulename <> '_RETURN'
        ORDER BY 2, 4, 3""",
    "policies": """
        SELECT p.oid::int8, n.nspname AS schema, p.polname AS name, c.relname AS relation_name, c.oid::int8 AS relation,
            c.oid::regclass::text AS table, p.polcmd AS command, p.polpermissive AS permissive,
            CASE WHEN p.polroles <> '{0}' THEN ARRAY(SELECT r.rolname FROM pg_roles r
                WHERE r.oid = ANY (p.polroles)) END AS roles,
            pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
        FROM pg_policy p
        JOIN pg_class c ON c.oid = p.polrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
        ORDER BY 2, 4, 3""",
    "event_triggers": """
        SELECT z.oid::int8, z.evtname AS name, pg_get_userbyid(z.evtowner) AS owner, z.evtevent AS event,
            z.evtfoid::regproc::text AS function, z.evtenabled AS enabled, z.evttags AS tags
        FROM pg_event_trigger z
        WHERE {loose pg_event_trigger z.oid}
        ORDER BY z.evtname""",
}

_STATES = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}
_COMMANDS = {"r": " FOR SELECT", "a": " FOR INSERT", "w": " FOR UPDATE", "d": " FOR DELETE", "*": ""}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("triggers"):
        yield _trigger(catalog, row)
    for row in catalog.rows("rules"):
        text = row["definition"].rstrip().removesuffix(";") + ";\n" + _state(row, "RULE")
        yield _piece(catalog, row, "r", Rank.RULE, "RULE", text)
    for row in catalog.rows("policies"):
        yield _piece(catalog, row, "y", Rank.POLICY, "POLICY", _policy(row))
    for row in catalog.database_wide("event_triggers"):
        yield _event_trigger(catalog, row)


def _piece(catalog: Catalog, row: Row, letter: str, rank: Rank, kind: str, text: str) -> Piece:
    key = f"{letter}{row['oid']}"
    text += catalog.remarks(letter, row, kind, f"{name(row['name'])} ON {row['table']}")
    sorted_by = f"{row['schema']}.{row['relation_name']}.{row['name']}"
    return Piece(key, rank, sorted_by, text, catalog.needed(key) | {f"c{row['relation']}"})


def _trigger(catalog: Catalog, row: Row) -> Piece:
    """A trigger; or, where a partition has one of its parent, only the state in which it differs."""
    if row.get("definition"):
        piece = _piece(catalog, row, "g", Rank.TRIGGER, "TRIGGER", row["definition"] + ";\n" + _state(row, "TRIGGER"))
    else:
        piece = _piece(
            catalog, row, "g", Rank.POLICY, "TRIGGER", _state(row, "TRIGGER", row.get("parent_enabled", "O"))
        )
    return piece


def _state(row: Row, kind: str, usual: str = "O") -> str:
    if row["enabled"] == usual:
        return ""
    table = "FOREIGN TABLE" if row.get("table_kind") == "f" else "TABLE"
    return f"ALTER {table} {row['table']} {_STATES[row['enabled']]} {kind} {name(row['name'])};\n"


def _policy(row: Row) -> str:
    text = f"CREATE POLICY {name(row['name'])} ON {row['table']}"
    text += "" if row["permissive"] else " AS RESTRICTIVE"
    text += _COMMANDS[row["command"]]
    text += " TO " + ", ".join(map(name, row["roles"])) if row.get("roles") else ""
    text += f" USING ({row['using']})" if row.get("using") is not None else ""
    return text + (f" WITH CHECK ({row['check']})" if row.get("check") is not None else "") + ";\n"


def _event_trigger(catalog: Catalog, row: Row) -> Piece:
    tags = ", ".join(map(literal, row.get("tags") or ()))
    text = f"CREATE EVENT TRIGGER {name(row['name'])} ON {name(row['event'])}"
    text += f"\n         WHEN TAG IN ({tags})" if tags else ""
    text += f"\n   EXECUTE FUNCTION {row['function']}();\n"
    if row["enabled"] != "O":
        text += f"ALTER EVENT TRIGGER {name(row['name'])} {_STATES[row['enabled']]};\n"
    text += catalog.remarks("z", row, "EVENT TRIGGER", name(row["name"]))
    return Piece(f"z{row['oid']}", Rank.EVENT_TRIGGER, row["name"], text)
