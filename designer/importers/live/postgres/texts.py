"""How text is compared, converted and searched: collations, conversions, text search objects."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, literal, name, qualified

SECTIONS: Sections = {
    "collations": """
        SELECT v.* FROM (
            SELECT NULL::text AS colliculocale, NULL::text AS colllocale, NULL::text AS collicurules) AS absent
        CROSS JOIN LATERAL (
            SELECT l.oid::int8, n.nspname AS schema, l.collname AS name, pg_get_userbyid(l.collowner) AS owner,
                l.collprovider AS provider, nullif(l.collisdeterministic, true) AS deterministic,
                l.collcollate::text AS collate, l.collctype::text AS ctype,
                coalesce(colllocale::text, colliculocale::text) AS locale, collicurules::text AS rules
            FROM pg_collation l
            JOIN pg_namespace n ON n.oid = l.collnamespace AND {ours} AND {loose pg_collation l.oid}) v
        ORDER BY 2, 3""",
    "conversions": """
        SELECT v.oid::int8, n.nspname AS schema, v.conname AS name, pg_get_userbyid(v.conowner) AS owner,
            pg_encoding_to_char(v.conforencoding) AS source, pg_encoding_to_char(v.contoencoding) AS target,
            v.conproc::regproc::text AS function, nullif(v.condefault, false) AS usual
        FROM pg_conversion v
        JOIN pg_namespace n ON n.oid = v.connamespace AND {ours} AND {loose pg_conversion v.oid}
        ORDER BY 2, 3""",
    "text_search_parsers": """
        SELECT p.oid::int8, n.nspname AS schema, p.prsname AS name, p.prsstart::regproc::text AS start,
            p.prstoken::regproc::text AS gettoken, p.prsend::regproc::text AS end,
            nullif(p.prsheadline, 0)::regproc::text AS headline, p.prslextype::regproc::text AS lextypes
        FROM pg_ts_parser p
        JOIN pg_namespace n ON n.oid = p.prsnamespace AND {ours} AND {loose pg_ts_parser p.oid}
        ORDER BY 2, 3""",
    "text_search_templates": """
        SELECT t.oid::int8, n.nspname AS schema, t.tmplname AS name, nullif(t.tmplinit, 0)::regproc::text AS init,
            t.tmpllexize::regproc::text AS lexize
        FROM pg_ts_template t
        JOIN pg_namespace n ON n.oid = t.tmplnamespace AND {ours} AND {loose pg_ts_template t.oid}
        ORDER BY 2, 3""",
    "text_search_dictionaries": """
        SELECT d.oid::int8, n.nspname AS schema, d.dictname AS name, pg_get_userbyid(d.dictowner) AS owner,
            format('%I.%I', tn.nspname, t.tmplname) AS template, d.dictinitoption AS options
        FROM pg_ts_dict d
        JOIN pg_namespace n ON n.oid = d.dictnamespace AND {ours} AND {loose pg_ts_dict d.oid}
        JOIN pg_ts_template t ON t.oid = d.dicttemplate
        JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
        ORDER BY 2, 3""",
    "text_search_configurations": """
        SELECT c.oid::int8, n.nspname AS schema, c.cfgname AS name, pg_get_userbyid(c.cfgowner) AS owner,
            format('%I.%I', pn.nspname, p.prsname) AS parser,
            (SELECT json_agg(json_build_array(m.alias, m.dictionaries) ORDER BY m.maptokentype)
                FROM (SELECT k.maptokentype, (SELECT t.alias FROM ts_token_type(c.cfgparser) t
                        WHERE t.tokid = k.maptokentype) AS alias,
                    string_agg(k.mapdict::regdictionary::text, ', ' ORDER BY k.mapseqno) AS dictionaries
                    FROM pg_ts_config_map k WHERE k.mapcfg = c.oid GROUP BY 1) m) AS mappings
        FROM pg_ts_config c
        JOIN pg_namespace n ON n.oid = c.cfgnamespace AND {ours} AND {loose pg_ts_config c.oid}
        JOIN pg_ts_parser p ON p.oid = c.cfgparser
        JOIN pg_namespace pn ON pn.oid = p.prsnamespace
        ORDER BY 2, 3""",
}

_PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin", "d": "default"}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("collations"):
        yield _piece(catalog, row, "l", Rank.COLLATION, "COLLATION", _collation(row))
    for row in catalog.rows("conversions"):
        word = "DEFAULT CONVERSION" if row.get("usual") else "CONVERSION"
        text = (
            f"CREATE {word} {qualified(row)} FOR {literal(row['source'])} TO {literal(row['target'])} "
            f"FROM {row['function']};\n"
        )
        yield _piece(catalog, row, "v", Rank.CONVERSION, "CONVERSION", text)
    for section, letter, kind, said in _SEARCH:
        for row in catalog.rows(section):
            yield _piece(catalog, row, letter, Rank.TEXT_SEARCH, f"TEXT SEARCH {kind}", said(row))


def _piece(catalog: Catalog, row: Row, letter: str, rank: Rank, kind: str, text: str) -> Piece:
    key = f"{letter}{row['oid']}"
    text += catalog.remarks(letter, row, kind, qualified(row))
    return Piece(key, rank, f"{row['schema']}.{row['name']}", text, catalog.needed(key))


def _collation(row: Row) -> str:
    parts = [f"provider = {_PROVIDERS[row['provider']]}"]
    parts += ["deterministic = false"] if row.get("deterministic") is False else []
    single = row.get("locale") or (row.get("collate") if row.get("collate") == row.get("ctype") else None)
    if single is not None:
        parts.append(f"locale = {literal(single)}")
    else:
        parts += [f"lc_collate = {literal(row['collate'])}", f"lc_ctype = {literal(row['ctype'])}"]
    parts += [f"rules = {literal(row['rules'])}"] if row.get("rules") else []
    return f"CREATE COLLATION {qualified(row)} ({', '.join(parts)});\n"


def _parser(row: Row) -> str:
    words = ("start", "gettoken", "end", "headline", "lextypes")
    parts = [f"    {word.upper()} = {row[word]}" for word in words if row.get(word)]
    return f"CREATE TEXT SEARCH PARSER {qualified(row)} (\n" + ",\n".join(parts) + " );\n"


def _template(row: Row) -> str:
    parts = [f"    {word.upper()} = {row[word]}" for word in ("init", "lexize") if row.get(word)]
    return f"CREATE TEXT SEARCH TEMPLATE {qualified(row)} (\n" + ",\n".join(parts) + " );\n"


def _dictionary(row: Row) -> str:
    options = f",\n    {row['options']}" if row.get("options") else ""
    return f"CREATE TEXT SEARCH DICTIONARY {qualified(row)} (\n    TEMPLATE = {row['template']}{options} );\n"


def _configuration(row: Row) -> str:
    text = f"CREATE TEXT SEARCH CONFIGURATION {qualified(row)} (\n    PARSER = {row['parser']} );\n"
    for alias, dictionaries in row.get("mappings") or ():
        text += f"ALTER TEXT SEARCH CONFIGURATION {qualified(row)}\n"
        text += f"    ADD MAPPING FOR {name(alias)} WITH {dictionaries};\n"
    return text


_SEARCH = (
    ("text_search_parsers", "tp", "PARSER", _parser),
    ("text_search_templates", "tt", "TEMPLATE", _template),
    ("text_search_dictionaries", "td", "DICTIONARY", _dictionary),
    ("text_search_configurations", "tc", "CONFIGURATION", _configuration),
)
