"""Reads everything that makes up a PostgreSQL schema from the server's catalogs, for comparing two databases.

Each object becomes (kind, name) -> definition, in the server's own words (pg_get_constraintdef and its like), read
with an empty search path so that every name comes out qualified. What belongs to an extension is left out. Two
databases hold the same schema where both readings are equal.
"""

from __future__ import annotations

import re
from typing import Any

import psycopg

Reading = dict[tuple[str, str], str]

OURS = "n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'"
RELATION = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)"


def _not_of_extension(catalog: str, oid: str) -> str:
    return (
        f"NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{catalog}'::regclass AND e.objid = {oid}"
        " AND e.deptype = 'e')"
    )


IN_CLASS = (
    f"pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND {OURS} AND {_not_of_extension('pg_class', 'c.oid')}"
)
IN_TYPE = (
    f"pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace AND {OURS} AND {_not_of_extension('pg_type', 't.oid')}"
)
TYPE = "quote_ident(n.nspname) || '.' || quote_ident(t.typname)"
COLLATION = "(SELECT quote_ident(collname) FROM pg_collation WHERE oid = %s)"

QUERIES: dict[str, str] = {
    "schema": f"SELECT quote_ident(n.nspname), '' FROM pg_namespace n WHERE {OURS}",
    "extension": "SELECT extname, extnamespace::regnamespace::text FROM pg_extension",
    "enum": f"""SELECT {TYPE}, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
        FROM pg_enum WHERE enumtypid = t.oid) FROM {IN_TYPE} WHERE t.typtype = 'e'""",
    "domain": f"""SELECT {TYPE}, concat_ws(' ', format_type(t.typbasetype, t.typtypmod), {COLLATION % "t.typcollation"},
        CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault,
        (SELECT string_agg(quote_ident(conname) || ' ' || pg_get_constraintdef(k.oid), '; ' ORDER BY conname)
         FROM pg_constraint k WHERE k.contypid = t.oid)) FROM {IN_TYPE} WHERE t.typtype = 'd'""",
    "composite": f"""SELECT {TYPE}, (SELECT string_agg(concat_ws(' ', quote_ident(attname),
        format_type(atttypid, atttypmod), {COLLATION % "a.attcollation"}), ', ' ORDER BY attnum) FROM pg_attribute a
        WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped)
        FROM {IN_TYPE} JOIN pg_class k ON k.oid = t.typrelid AND k.relkind = 'c'""",
    "range": f"SELECT {TYPE}, r.rngsubtype::regtype::text FROM {IN_TYPE} JOIN pg_range r ON r.rngtypid = t.oid",
    "sequence": f"""SELECT {RELATION}, concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
        s.seqcache, s.seqcycle, (SELECT d.deptype::text || d.refobjid::regclass || '.' || a.attname FROM pg_depend d
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))
        FROM {IN_CLASS} JOIN pg_sequence s ON s.seqrelid = c.oid""",
    "table": f"""SELECT {RELATION}, concat_ws(' ', c.relkind, c.relpersistence, pg_get_partkeydef(c.oid),
        pg_get_expr(c.relpartbound, c.oid), (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
        FROM pg_inherits WHERE inhrelid = c.oid), c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
        c.relreplident, (SELECT amname FROM pg_am WHERE oid = c.relam), nullif(c.reloftype, 0)::regtype)
        FROM {IN_CLASS} WHERE c.relkind IN ('r', 'p', 'f')""",
    "column": f"""SELECT {RELATION} || '.' || quote_ident(a.attname), concat_ws(' ', a.place,
        format_type(a.atttypid, a.atttypmod), {COLLATION % "a.attcollation"}, CASE WHEN a.attnotnull THEN 'not null' END,
        'default ' || pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity, ''), nullif(a.attgenerated, ''),
        a.attstorage, nullif(a.attcompression, ''))
        FROM {IN_CLASS} JOIN (SELECT *, row_number() OVER (PARTITION BY attrelid ORDER BY attnum) AS place
        FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped) a ON a.attrelid = c.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')""",
    "constraint": f"""SELECT {RELATION} || '.' || quote_ident(k.conname), concat_ws(' ', k.contype,
        pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN 'not validated' END,
        CASE WHEN k.coninhcount > 0 THEN 'inherited' END)
        FROM {IN_CLASS} JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype <> 't'""",
    "index": f"""SELECT {RELATION}, concat_ws(' ', pg_get_indexdef(c.oid), CASE WHEN NOT x.indisvalid THEN 'invalid' END,
        CASE WHEN x.indisprimary THEN 'primary' END, CASE WHEN x.indisclustered THEN 'clustered' END,
        (SELECT 'of ' || inhparent::regclass FROM pg_inherits WHERE inhrelid = c.oid))
        FROM {IN_CLASS} JOIN pg_index x ON x.indexrelid = c.oid JOIN pg_class o ON o.oid = x.indrelid
        WHERE o.relkind <> 't'""",
    "view": f"""SELECT {RELATION}, concat_ws(' ', c.relkind, c.reloptions, pg_get_viewdef(c.oid))
        FROM {IN_CLASS} WHERE c.relkind IN ('v', 'm')""",
    "rule": f"""SELECT {RELATION} || '.' || quote_ident(r.rulename), pg_get_ruledef(r.oid) FROM {IN_CLASS}
        JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'""",
    "trigger": f"""SELECT {RELATION} || '.' || quote_ident(g.tgname), g.tgenabled::text || ' ' || pg_get_triggerdef(g.oid)
        FROM {IN_CLASS} JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal""",
    "policy": f"""SELECT {RELATION} || '.' || quote_ident(p.polname), concat_ws(' ', p.polcmd, p.polpermissive,
        (SELECT string_agg(coalesce(r.rolname, 'public'), ', ' ORDER BY 1) FROM unnest(p.polroles) u(o)
        LEFT JOIN pg_roles r ON r.oid = u.o), pg_get_expr(p.polqual, p.polrelid), '/',
        pg_get_expr(p.polwithcheck, p.polrelid)) FROM {IN_CLASS} JOIN pg_policy p ON p.polrelid = c.oid""",
    "function": f"""SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace AND {OURS} AND {_not_of_extension("pg_proc", "p.oid")}
        WHERE p.prokind IN ('f', 'p', 'w')""",
    "aggregate": f"""SELECT p.oid::regprocedure::text, concat_ws(' ', g.aggtransfn, g.aggtranstype::regtype, g.agginitval,
        g.aggfinalfn) FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid
        JOIN pg_namespace n ON n.oid = p.pronamespace AND {OURS} AND {_not_of_extension("pg_proc", "p.oid")}""",
    "operator": f"""SELECT o.oid::regoperator::text, o.oprcode::text FROM pg_operator o
        JOIN pg_namespace n ON n.oid = o.oprnamespace AND {OURS} AND {_not_of_extension("pg_operator", "o.oid")}""",
    "cast": """SELECT castsource::regtype || ' as ' || casttarget::regtype, castfunc::regproc || castcontext::text
        FROM pg_cast WHERE oid >= 16384""",
    "statistics": f"""SELECT quote_ident(n.nspname) || '.' || quote_ident(s.stxname), pg_get_statisticsobjdef(s.oid)
        FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace AND {OURS}""",
    "collation": f"""SELECT quote_ident(n.nspname) || '.' || quote_ident(k.collname),
        concat_ws(' ', k.collprovider, k.collisdeterministic, k.collcollate, k.colllocale)
        FROM pg_collation k JOIN pg_namespace n ON n.oid = k.collnamespace AND {OURS}""",
    "text search": f"""SELECT quote_ident(n.nspname) || '.' || quote_ident(k.cfgname), '' FROM pg_ts_config k
        JOIN pg_namespace n ON n.oid = k.cfgnamespace AND {OURS}""",
    "event trigger": "SELECT evtname, concat_ws(' ', evtevent, evtfoid::regproc, evtenabled, evttags) FROM pg_event_trigger",
    "publication": """SELECT pubname, concat_ws(' ', puballtables, pubinsert, pubupdate, pubdelete, pubtruncate,
        (SELECT string_agg(concat_ws(' ', prrelid::regclass, prattrs, pg_get_expr(prqual, prrelid)), ', '
        ORDER BY prrelid::regclass::text) FROM pg_publication_rel WHERE prpubid = p.oid)) FROM pg_publication p""",
    "comment": """SELECT i.type || ' ' || i.identity, d.description FROM pg_description d,
        pg_identify_object(d.classoid, d.objoid, d.objsubid) i WHERE d.objoid >= 16384 AND i.type <> 'extension'
        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')""",
    "privilege": f"""SELECT {RELATION}, (SELECT string_agg(concat_ws(' ', g.grantee::regrole, g.privilege_type), ', '
        ORDER BY 1) FROM aclexplode(c.relacl) g WHERE g.grantee <> c.relowner) FROM {IN_CLASS} WHERE c.relacl IS NOT NULL""",
}  # fmt: skip

_CAST_LIST = re.compile(r"\(\(?ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]\)")
_CAST_ITEM = re.compile(r"'(?:[^']|'')*'::character varying")


def read(dsn: str) -> Reading:
    """Return the schema of a database, object by object."""
    found: Reading = {}
    with psycopg.connect(dsn) as connection:
        connection.execute("SET search_path = ''")
        for kind, query in QUERIES.items():
            for name, definition in connection.execute(query.replace("%%", "%").encode()).fetchall():
                found[kind, name] = _settled(str(definition or ""))
    return found


def _settled(definition: str) -> str:
    """Return one spelling for `x IN ('a', 'b')` on varchar, which changes once when its own deparsed text is read."""
    return _CAST_LIST.sub(
        lambda found: "(ARRAY[" + ", ".join(f"({item})::text" for item in _CAST_ITEM.findall(found.group(1))) + "])",
        definition,
    )


def differences(one: Reading, other: Reading, ignore: tuple[str, ...] = ()) -> list[str]:
    """Return a line for each object that is not the same in both."""
    lines = []
    for key in sorted(one.keys() | other.keys()):
        if key[0] not in ignore and one.get(key) != other.get(key):
            lines.append(f"{key[0]} {key[1]}:\n  first:  {_shown(one.get(key))}\n  second: {_shown(other.get(key))}")
    return lines


def _shown(definition: Any) -> str:
    return "is not there" if definition is None else str(definition)
