"""Foreign data wrappers, servers and user mappings. Secrets among their options never leave the server."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import generic_options, literal, name

CONFIDENTIAL = "(pass(word|wd|phrase)?|pwd|secret|token|credentials?|(api|access|private|secret)_?key)$"
"""The names of options that hold secrets, as a regular expression of PostgreSQL."""

_OPEN = """ARRAY(SELECT u.o FROM unnest(OPTIONS) WITH ORDINALITY u (o, place)
                WHERE split_part(u.o, '=', 1) !~* 'CONFIDENTIAL' ORDER BY u.place)""".replace(
    "CONFIDENTIAL", CONFIDENTIAL
)
"""The options that are no secret."""

SECTIONS: Sections = {
    "wrappers": """
        SELECT w.oid::int8, w.fdwname AS name, pg_get_userbyid(w.fdwowner) AS owner,
            nullif(w.fdwhandler, 0)::regproc::text AS handler, nullif(w.fdwvalidator, 0)::regproc::text AS validator,
            {open fdwoptions} AS options
        FROM pg_foreign_data_wrapper w
        WHERE w.oid >= 16384 AND {loose pg_foreign_data_wrapper w.oid}
        ORDER BY 2""".replace("{open fdwoptions}", _OPEN.replace("OPTIONS", "w.fdwoptions")),
    "servers": """
        SELECT h.oid::int8, h.srvname AS name, pg_get_userbyid(h.srvowner) AS owner, w.fdwname AS wrapper,
            h.srvtype AS type, h.srvversion AS version, {open srvoptions} AS options
        FROM pg_foreign_server h
        JOIN pg_foreign_data_wrapper w ON w.oid = h.srvfdw
        WHERE {loose pg_foreign_server h.oid}
        ORDER BY 2""".replace("{open srvoptions}", _OPEN.replace("OPTIONS", "h.srvoptions")),
    "user_mappings": """
        SELECT m.umid::int8 AS oid, m.srvid::int8 AS server_oid, m.srvname AS server,
            CASE WHEN m.umuser <> 0 THEN m.usename END AS "user", {open umoptions} AS options
        FROM pg_user_mappings m
        ORDER BY 3, 4""".replace("{open umoptions}", _OPEN.replace("OPTIONS", "m.umoptions")),
}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("wrappers"):
        text = f"CREATE FOREIGN DATA WRAPPER {name(row['name'])}"
        text += f" HANDLER {row['handler']}" if row.get("handler") else ""
        text += f" VALIDATOR {row['validator']}" if row.get("validator") else ""
        text += generic_options(row.get("options") or ()) + ";\n"
        text += catalog.remarks("w", row, "FOREIGN DATA WRAPPER", name(row["name"]))
        key = f"w{row['oid']}"
        yield Piece(key, Rank.FOREIGN_SERVER, f"1 {row['name']}", text, catalog.needed(key))
    for row in catalog.rows("servers"):
        text = f"CREATE SERVER {name(row['name'])}"
        text += f" TYPE {literal(row['type'])}" if row.get("type") is not None else ""
        text += f" VERSION {literal(row['version'])}" if row.get("version") is not None else ""
        text += f" FOREIGN DATA WRAPPER {name(row['wrapper'])}{generic_options(row.get('options') or ())};\n"
        text += catalog.remarks("h", row, "SERVER", name(row["name"]))
        key = f"h{row['oid']}"
        yield Piece(key, Rank.FOREIGN_SERVER, f"2 {row['name']}", text, catalog.needed(key))
    for row in catalog.database_wide("user_mappings"):
        user = name(row["user"]) if row.get("user") else "public"
        text = (
            f"CREATE USER MAPPING FOR {user} SERVER {name(row['server'])}{generic_options(row.get('options') or ())};\n"
        )
        yield Piece(
            f"um{row['oid']}", Rank.FOREIGN_SERVER, f"3 {row['server']} {user}", text, {f"h{row['server_oid']}"}
        )
