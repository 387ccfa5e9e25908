"""Schemas, extensions, languages and access methods."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import name

SECTIONS: Sections = {
    "schemas": """
        SELECT n.oid::int8, n.nspname AS schema, pg_get_userbyid(n.nspowner) AS owner, n.oid >= 16384 AS made
        FROM pg_namespace n
        WHERE {ours} AND {loose pg_namespace n.oid}
        ORDER BY n.nspname""",
    "extensions": """
        SELECT x.oid::int8, x.extname AS name, n.nspname AS home, x.extversion AS version
        FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
        WHERE x.oid >= 16384
        ORDER BY x.extname""",
    "languages": """
        SELECT l.oid::int8, l.lanname AS name, l.lanpltrusted AS trusted, pg_get_userbyid(l.lanowner) AS owner,
            nullif(l.lanplcallfoid, 0)::regproc::text AS handler, nullif(l.laninline, 0)::regproc::text AS inline,
            nullif(l.lanvalidator, 0)::regproc::text AS validator
        FROM pg_language l
        WHERE l.lanispl AND l.oid >= 16384 AND {loose pg_language l.oid}
        ORDER BY l.lanname""",
    "access_methods": """
        SELECT a.oid::int8, a.amname AS name, a.amtype AS kind, a.amhandler::regproc::text AS handler
        FROM pg_am a
        WHERE a.oid >= 16384 AND {loose pg_am a.oid}
        ORDER BY a.amname""",
}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    yield from _schemas(catalog)
    for row in catalog.rows("extensions"):
        text = f"CREATE EXTENSION IF NOT EXISTS {name(row['name'])} WITH SCHEMA {name(row['home'])};\n"
        text += catalog.remarks("e", row, "EXTENSION", name(row["name"]))
        yield Piece(f"e{row['oid']}", Rank.EXTENSION, row["name"], text, catalog.needed(f"e{row['oid']}"))
    yield from _languages(catalog)
    for row in catalog.database_wide("access_methods"):
        kind = "INDEX" if row["kind"] == "i" else "TABLE"
        text = f"CREATE ACCESS METHOD {name(row['name'])} TYPE {kind} HANDLER {row['handler']};\n"
        text += catalog.remarks("a", row, "ACCESS METHOD", name(row["name"]))
        yield Piece(f"a{row['oid']}", Rank.ACCESS_METHOD, row["name"], text, catalog.needed(f"a{row['oid']}"))


def _schemas(catalog: Catalog) -> Iterator[Piece]:
    """`public` is in every new database; what was taken away is said only of a whole database."""
    homes = {row["home"] for row in catalog.rows("extensions")}
    wanted = {*catalog.wanted.schemas, *homes} if catalog.wanted.schemas else homes
    everything = catalog.sections.get("schemas", [])
    rows = [row for row in everything if row["schema"] in wanted] if catalog.wanted.schemas else everything
    for row in rows:
        made = row["schema"] != "public"
        text = f"CREATE SCHEMA {name(row['schema'])};\n" if made else ""
        text += catalog.remarks("n", row, "SCHEMA", name(row["schema"]))
        yield Piece(f"n{row['oid']}", Rank.SCHEMA, row["schema"], text)
    if rows and not catalog.wanted.schemas and all(row["schema"] != "public" for row in rows):
        yield Piece("n", Rank.SCHEMA, "", "DROP SCHEMA IF EXISTS public;\n")


def _languages(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.database_wide("languages"):
        text = "CREATE " + ("TRUSTED " if row["trusted"] else "") + f"PROCEDURAL LANGUAGE {name(row['name'])}"
        for word in ("handler", "inline", "validator"):
            text += f" {word.upper()} {row[word]}" if row.get(word) else ""
        text += ";\n" + catalog.remarks("u", row, "LANGUAGE", name(row["name"]))
        yield Piece(f"u{row['oid']}", Rank.LANGUAGE, row["name"], text, catalog.needed(f"u{row['oid']}"))
