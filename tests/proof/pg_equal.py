"""Two PostgreSQL databases compared from their catalogs: no code of ours that reads or writes schemas, no pg_dump; 12-18.

Every object becomes (kind, identity) -> definition, built by the server's own deparsers (pg_get_*def) under
`search_path = pg_catalog`, so that every name is qualified. Members of extensions are left out. A catalog query that
fails raises: two databases are never equal because neither could be read.
Not compared unless asked for: the order of columns (`order=True`). Never compared: owners, names of NOT NULL constraints.

As a program: `pg_equal.py DSN_A DSN_B [--order] [--ignore kind,kind] [--max N]`; exit status 0 equal, 1 different.
"""

from __future__ import annotations

import argparse
import re
import sys

import psycopg

Reading = dict[tuple[str, str], str]
Difference = tuple[str, str, "str | None", "str | None"]

USER_NS = "(n.nspname !~ '^pg_' and n.nspname <> 'information_schema')"


def noext(cls, oid):
    return (
        f"not exists (select 1 from pg_depend d where d.classid='{cls}'::regclass and d.objid={oid} and d.deptype='e')"
    )


Q = [
    (
        "schema",
        "select quote_ident(nspname), '' from pg_namespace n where "
        + USER_NS
        + " and "
        + noext("pg_namespace", "n.oid"),
    ),
    (
        "extension",
        "select extname, quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid=extnamespace where extname<>'plpgsql'",
    ),
    (
        "enum",
        f"""select quote_ident(nspname)||'.'||quote_ident(typname), (select string_agg(quote_literal(enumlabel), ',' order by enumsortorder) from pg_enum where enumtypid=t.oid)
    from pg_type t join pg_namespace n on n.oid=typnamespace where typtype='e' and {USER_NS} and {noext("pg_type", "t.oid")}""",
    ),
    (
        "domain",
        f"""select quote_ident(nspname)||'.'||quote_ident(typname), format_type(typbasetype,typtypmod)||coalesce(' collate '||(select quote_ident(cn.nspname)||'.'||quote_ident(collname) from pg_collation c join pg_namespace cn on cn.oid=collnamespace where c.oid=t.typcollation and t.typcollation<>(select typcollation from pg_type b where b.oid=t.typbasetype)),'')
    ||case when typnotnull then ' not null' else '' end||coalesce(' default '||typdefault,'')||coalesce((select string_agg(' constraint '||quote_ident(conname)||' '||pg_get_constraintdef(c.oid), '' order by conname) from pg_constraint c where contypid=t.oid and contype='c'),'')
    from pg_type t join pg_namespace n on n.oid=typnamespace where typtype='d' and {USER_NS} and {noext("pg_type", "t.oid")}""",
    ),
    (
        "composite",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname), (select string_agg(quote_ident(attname)||' '||format_type(atttypid,atttypmod), ', ' order by attnum) from pg_attribute where attrelid=c.oid and attnum>0 and not attisdropped)
    from pg_class c join pg_namespace n on n.oid=relnamespace where relkind='c' and {USER_NS} and {noext("pg_type", "c.reltype")}""",
    ),
    (
        "range",
        f"select quote_ident(nspname)||'.'||quote_ident(typname), format_type(rngsubtype,null)||' '||rngsubdiff::text from pg_range r join pg_type t on t.oid=rngtypid join pg_namespace n on n.oid=typnamespace where {USER_NS} and {noext('pg_type', 't.oid')}",
    ),
    (
        "sequence",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname), format('%s start %s inc %s min %s max %s cache %s cycle %s owned %s', format_type(seqtypid,null), seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle,
    (select d.deptype::text||' '||d.refobjid::regclass||'.'||quote_ident(attname) from pg_depend d join pg_attribute a on a.attrelid=d.refobjid and a.attnum=d.refobjsubid where d.classid='pg_class'::regclass and d.objid=c.oid and d.refclassid='pg_class'::regclass and d.deptype in ('a','i') limit 1))
    from pg_sequence s join pg_class c on c.oid=seqrelid join pg_namespace n on n.oid=relnamespace where {USER_NS} and {noext("pg_class", "c.oid")}""",
    ),
    (
        "table",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname), format('kind %s persistence %s partkey %s bound %s parents %s options %s rls %s/%s replident %s of %s am %s', relkind, relpersistence, pg_get_partkeydef(c.oid), pg_get_expr(relpartbound,c.oid),
    (select string_agg(inhparent::regclass::text, ',' order by inhseqno) from pg_inherits where inhrelid=c.oid), reloptions, relrowsecurity, relforcerowsecurity, relreplident, case when reloftype<>0 then reloftype::regtype::text end, (select amname from pg_am where oid=relam))
    from pg_class c join pg_namespace n on n.oid=relnamespace where relkind in ('r','p','f') and {USER_NS} and {noext("pg_class", "c.oid")}""",
    ),
    (
        "column",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(attname), format('%s%s%s%s%s%s', format_type(atttypid,atttypmod),
    case when attcollation<>0 and attcollation<>(select typcollation from pg_type where oid=atttypid) then ' collate '||(select quote_ident(cn.nspname)||'.'||quote_ident(collname) from pg_collation k join pg_namespace cn on cn.oid=collnamespace where k.oid=attcollation) end,
    case when attnotnull then ' not null' end, case attgenerated when '' then case when atthasdef then ' default ' end when 's' then ' generated stored ' else ' generated virtual ' end||(select pg_get_expr(adbin,adrelid) from pg_attrdef where adrelid=attrelid and adnum=attnum),
    case attidentity when 'a' then ' identity always' when 'd' then ' identity by default' end,
    case when attstorage<>(select typstorage from pg_type where oid=atttypid) then ' storage '||attstorage::text end||'')||coalesce(' stats '||nullif(nullif(to_jsonb(a)->>'attstattarget','-1'),'0'),'')||coalesce(' compression '||nullif(to_jsonb(a)->>'attcompression',''),'')
    from pg_attribute a join pg_class c on c.oid=attrelid join pg_namespace n on n.oid=relnamespace where relkind in ('r','p','f') and attnum>0 and not attisdropped and {USER_NS} and {noext("pg_class", "c.oid")}""",
    ),
    (
        "column_order",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname), (select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute where attrelid=c.oid and attnum>0 and not attisdropped)
    from pg_class c join pg_namespace n on n.oid=relnamespace where relkind in ('r','p','f') and {USER_NS} and {noext("pg_class", "c.oid")}""",
    ),
    (
        "constraint",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(conname), contype::text||' '||pg_get_constraintdef(k.oid)||case when convalidated then '' else ' [not valid]' end||case when coninhcount>0 then ' [inherited]' else '' end||case when connoinherit and contype='c' then ' [no inherit]' else '' end
    from pg_constraint k join pg_class c on c.oid=conrelid join pg_namespace n on n.oid=relnamespace where contype not in ('t','n') and {USER_NS} and {noext("pg_class", "c.oid")}""",
    ),
    (
        "index",
        f"""select quote_ident(n.nspname)||'.'||quote_ident(i.relname), pg_get_indexdef(i.oid)||case when indisvalid then '' else ' [invalid]' end||case when indisclustered then ' [clustered]' else '' end||case when indisreplident then ' [replica identity]' else '' end||case when indisprimary then ' [pk]' else '' end
    ||coalesce((select ' [constraint '||quote_ident(conname)||']' from pg_constraint where conindid=i.oid and contype in ('p','u','x') limit 1),'')||coalesce((select ' [of '||inhparent::regclass||']' from pg_inherits where inhrelid=i.oid),'')
    from pg_index x join pg_class i on i.oid=indexrelid join pg_class c on c.oid=indrelid join pg_namespace n on n.oid=c.relnamespace where {USER_NS} and {noext("pg_class", "c.oid")} and c.relkind in ('r','p','m','f')""",
    ),
    (
        "view",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname), relkind::text||' '||coalesce(array_to_string(reloptions,',')||' ','')||'('||(select string_agg(quote_ident(attname)||' '||format_type(atttypid,atttypmod), ', ' order by attnum) from pg_attribute where attrelid=c.oid and attnum>0)||') '||pg_get_viewdef(c.oid)
    from pg_class c join pg_namespace n on n.oid=relnamespace where relkind in ('v','m') and {USER_NS} and {noext("pg_class", "c.oid")}""",
    ),
    (
        "view_default",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(attname), pg_get_expr(adbin,adrelid) from pg_attrdef join pg_class c on c.oid=adrelid join pg_attribute a on attrelid=c.oid and attnum=adnum join pg_namespace n on n.oid=relnamespace where relkind='v' and {USER_NS}""",
    ),
    (
        "function",
        f"""select p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid=pronamespace where prokind in ('f','p','w') and {USER_NS} and {noext("pg_proc", "p.oid")}""",
    ),
    (
        "aggregate",
        f"""select p.oid::regprocedure::text, format('sfunc %s stype %s final %s comb %s init %s sort %s kind %s', aggtransfn, format_type(aggtranstype,null), aggfinalfn, aggcombinefn, agginitval, aggsortop, aggkind) from pg_aggregate a join pg_proc p on p.oid=aggfnoid join pg_namespace n on n.oid=pronamespace where {USER_NS} and {noext("pg_proc", "p.oid")}""",
    ),
    (
        "trigger",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(tgname), pg_get_triggerdef(t.oid)||' ['||tgenabled::text||']'||case when coalesce((to_jsonb(t)->>'tgparentid')::oid,0)<>0 then ' [of parent]' else '' end from pg_trigger t join pg_class c on c.oid=tgrelid join pg_namespace n on n.oid=relnamespace where not tgisinternal and {USER_NS} and {noext("pg_trigger", "t.oid")}""",
    ),
    (
        "rule",
        f"select quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(rulename), pg_get_ruledef(r.oid)||' ['||ev_enabled::text||']' from pg_rewrite r join pg_class c on c.oid=ev_class join pg_namespace n on n.oid=relnamespace where rulename<>'_RETURN' and {USER_NS} and {noext('pg_rewrite', 'r.oid')}",
    ),
    (
        "policy",
        f"""select quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(polname), format('%s %s to %s using %s check %s', polcmd, polpermissive, (select string_agg(coalesce(rolname,'public'), ',' order by rolname) from unnest(polroles) u left join pg_roles r on r.oid=u), pg_get_expr(polqual,polrelid), pg_get_expr(polwithcheck,polrelid))
    from pg_policy join pg_class c on c.oid=polrelid join pg_namespace n on n.oid=relnamespace where {USER_NS}""",
    ),
    (
        "statistics",
        f"select quote_ident(nspname)||'.'||quote_ident(stxname), pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s join pg_namespace n on n.oid=stxnamespace where {USER_NS}",
    ),
    (
        "collation",
        f"select quote_ident(nspname)||'.'||quote_ident(collname), format('%s %s %s %s', collprovider, collisdeterministic, collcollate, coalesce(to_jsonb(k)->>'colliculocale', to_jsonb(k)->>'colllocale')) from pg_collation k join pg_namespace n on n.oid=collnamespace where {USER_NS} and {noext('pg_collation', 'k.oid')}",
    ),
    (
        "operator",
        f"select o.oid::regoperator::text, format('%s %s %s', oprcode, oprcom::regoperator, oprnegate::regoperator) from pg_operator o join pg_namespace n on n.oid=oprnamespace where {USER_NS} and {noext('pg_operator', 'o.oid')}",
    ),
    (
        "cast",
        "select format('%s as %s', format_type(castsource,null), format_type(casttarget,null)), format('%s %s %s', case when castfunc<>0 then castfunc::regprocedure end, castcontext, castmethod) from pg_cast c where c.oid>=16384 and "
        + noext("pg_cast", "c.oid"),
    ),
    (
        "tsconfig",
        f"""select quote_ident(nspname)||'.'||quote_ident(cfgname), (select string_agg(maptokentype||':'||mapdict::regdictionary, ',' order by maptokentype, mapseqno) from pg_ts_config_map where mapcfg=t.oid) from pg_ts_config t join pg_namespace n on n.oid=cfgnamespace where {USER_NS} and {noext("pg_ts_config", "t.oid")}""",
    ),
    (
        "tsdict",
        f"select quote_ident(nspname)||'.'||quote_ident(dictname), dictinitoption from pg_ts_dict t join pg_namespace n on n.oid=dictnamespace where {USER_NS} and {noext('pg_ts_dict', 't.oid')}",
    ),
    (
        "event_trigger",
        "select evtname, format('%s %s %s %s', evtevent, evtfoid::regproc, evtenabled, evttags) from pg_event_trigger e where "
        + noext("pg_event_trigger", "e.oid"),
    ),
    (
        "publication",
        "select pubname, format('%s %s %s %s %s %s', puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, (select string_agg(prrelid::regclass::text, ',' order by 1) from pg_publication_rel where prpubid=p.oid)) from pg_publication p",
    ),
    (
        "foreign_server",
        "select srvname, format('%s %s', (select fdwname from pg_foreign_data_wrapper where oid=srvfdw), srvoptions) from pg_foreign_server",
    ),
    (
        "comment",
        """select i.type||' '||i.identity, description from pg_description d, pg_identify_object(d.classoid,d.objoid,d.objsubid) i where d.objoid>=16384 and coalesce(i.schema,'')!~'^pg_' and not exists (select 1 from pg_depend e where e.classid=d.classoid and e.objid=d.objoid and e.deptype='e') and i.type not in ('extension')""",
    ),
    (
        "default_privilege",
        """select format('%s in %s for %s', defaclrole::regrole, coalesce((select quote_ident(nspname) from pg_namespace where oid=defaclnamespace),'*'), defaclobjtype), (select string_agg(coalesce(r.rolname,'public')||'='||privilege_type||case when is_grantable then '*' else '' end, ',' order by 1) from aclexplode(defaclacl) x left join pg_roles r on r.oid=x.grantee) from pg_default_acl""",
    ),
    (
        "foreign_table",
        "select ftrelid::regclass::text, (select srvname from pg_foreign_server where oid=ftserver)||' '||coalesce(ftoptions::text,'') from pg_foreign_table",
    ),
    (
        "privilege",
        f"""select 'relation '||quote_ident(nspname)||'.'||quote_ident(relname), (select string_agg(coalesce(r.rolname,'public')||'='||privilege_type||case when is_grantable then '*' else '' end, ',' order by 1) from (select grantee, privilege_type, is_grantable from aclexplode(relacl)) x left join pg_roles r on r.oid=grantee where grantee<>relowner)
    from pg_class c join pg_namespace n on n.oid=relnamespace where relacl is not null and relkind in ('r','p','v','m','S','f') and {USER_NS} and {noext("pg_class", "c.oid")}
    union all select 'function '||p.oid::regprocedure::text, nullif(coalesce((select string_agg(coalesce(r.rolname,'public')||'='||privilege_type, ',' order by 1) from (select grantee, privilege_type from aclexplode(proacl)) x left join pg_roles r on r.oid=grantee where grantee<>proowner), '(none)'), 'public=EXECUTE') from pg_proc p join pg_namespace n on n.oid=pronamespace where proacl is not null and {USER_NS} and {noext("pg_proc", "p.oid")}
    union all select 'column '||quote_ident(nspname)||'.'||quote_ident(relname)||'.'||quote_ident(attname), (select string_agg(coalesce(r.rolname,'public')||'='||privilege_type, ',' order by 1) from (select grantee, privilege_type from aclexplode(attacl)) x left join pg_roles r on r.oid=grantee) from pg_attribute a join pg_class c on c.oid=attrelid join pg_namespace n on n.oid=relnamespace where attacl is not null and {USER_NS}
    union all select 'schema '||quote_ident(nspname), (select string_agg(coalesce(r.rolname,'public')||'='||privilege_type, ',' order by 1) from (select grantee, privilege_type from aclexplode(nspacl)) x left join pg_roles r on r.oid=grantee where grantee<>nspowner) from pg_namespace n where nspacl is not null and {USER_NS} and nspname<>'public'""",
    ),
]

_ANY = re.compile(r"\(\(?ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]\)")
_ITEM = re.compile(r"'(?:[^']|'')*'::character varying")
_CANONICAL = ("constraint", "index", "view", "policy", "domain", "rule")


def canonical(definition: str) -> str:
    """Return one spelling for `x IN ('a', 'b')` on varchar.

    PostgreSQL prints it as ANY ((ARRAY['a'::character varying, ..])::text[]) but, when that text is fed back, as
    ANY (ARRAY[('a'::character varying)::text, ..]). Both are brought to the second form.
    """
    return _ANY.sub(
        lambda found: "(ARRAY[" + ", ".join(f"({item})::text" for item in _ITEM.findall(found[1])) + "])", definition
    )


def snapshot(dsn: str) -> Reading:
    """Return every object of a database with its definition. Raises RuntimeError where a catalog cannot be read."""
    found: Reading = {}
    with psycopg.connect(dsn) as connection:
        connection.execute("set search_path = pg_catalog")
        for kind, query in Q:
            try:
                rows = connection.execute(query.encode()).fetchall()
            except psycopg.Error as error:
                raise RuntimeError(f"catalog query for {kind} failed: {error}") from error
            for name, definition in rows:
                if kind != "privilege" or definition:
                    found[kind, name] = canonical(definition or "") if kind in _CANONICAL else definition or ""
    return found


def compare(a: Reading, b: Reading, order: bool = False, ignore: tuple[str, ...] = ()) -> list[Difference]:
    """Return (kind, identity, definition in a, definition in b) of each object that differs; None where it is not."""
    left_out = set(ignore) | (set() if order else {"column_order"})
    return [
        (*key, a.get(key), b.get(key))
        for key in sorted(set(a) | set(b))
        if key[0] not in left_out and a.get(key) != b.get(key)
    ]


def sentence(difference: Difference) -> str:
    """Return a difference in words."""
    kind, name, a, b = difference
    if a is None or b is None:
        return f"{kind} {name}: only in {'B' if a is None else 'A'}"
    return f"{kind} {name}: differs\n   A: {a[:400]}\n   B: {b[:400]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("a")
    parser.add_argument("b")
    parser.add_argument("--order", action="store_true")
    parser.add_argument("--ignore", default="")
    parser.add_argument("--max", type=int, default=200)
    asked = parser.parse_args()
    found = compare(snapshot(asked.a), snapshot(asked.b), asked.order, tuple(asked.ignore.split(",")))
    print(*map(sentence, found[: asked.max]), f"{len(found)} differences", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
