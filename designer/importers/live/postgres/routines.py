"""Functions, procedures, window functions and aggregates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, dollar_quoted, literal, name, qualified

SECTIONS: Sections = {
    "routines": r"""
        SELECT v.* FROM (SELECT NULL::text AS prosqlbody) AS absent CROSS JOIN LATERAL (
            SELECT p.oid::int8, n.nspname AS schema, p.proname AS name, pg_get_userbyid(p.proowner) AS owner,
                p.prokind AS kind, pg_get_function_arguments(p.oid) AS arguments,
                pg_get_function_identity_arguments(p.oid) AS identity, pg_get_function_result(p.oid) AS result,
                l.lanname AS language, nullif(p.provolatile, 'v') AS volatility, nullif(p.proisstrict, false) AS strict,
                nullif(p.prosecdef, false) AS definer, nullif(p.proleakproof, false) AS leakproof, p.procost AS cost,
                p.proretset AS many, p.prorows AS rows, nullif(p.prosupport, 0)::regproc::text AS support,
                nullif(p.proparallel, 'u') AS parallel, p.proconfig AS settings, p.prosrc AS source,
                p.probin AS library,
                (SELECT array_agg(format_type(k.type, NULL) ORDER BY k.place)
                    FROM unnest(p.protrftypes) WITH ORDINALITY k (type, place)) AS transforms,
                CASE WHEN prosqlbody IS NOT NULL
                    THEN substring(pg_get_functiondef(p.oid) from '\n((?:BEGIN ATOMIC\n|RETURN ).*)$') END AS body
            FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace AND {ours} AND {loose pg_proc p.oid}
            JOIN pg_language l ON l.oid = p.prolang
            WHERE p.prokind <> 'a') v
        WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = v.oid::oid
            AND d.deptype = 'i')
        ORDER BY 2, 3, 7""",
    "aggregates": """
        SELECT p.oid::int8, n.nspname AS schema, p.proname AS name, pg_get_userbyid(p.proowner) AS owner,
            pg_get_function_arguments(p.oid) AS arguments, pg_get_function_identity_arguments(p.oid) AS identity,
            nullif(p.proparallel, 'u') AS parallel, a.aggkind AS kind, a.aggtransfn::regproc::text AS transition,
            format_type(a.aggtranstype, NULL) AS state, nullif(a.aggtransspace, 0) AS space, a.agginitval AS initial,
            nullif(a.aggfinalfn, 0)::regproc::text AS final, nullif(a.aggfinalextra, false) AS final_extra,
            a.aggfinalmodify AS final_modify, nullif(a.aggcombinefn, 0)::regproc::text AS combine,
            nullif(a.aggserialfn, 0)::regproc::text AS serial, nullif(a.aggdeserialfn, 0)::regproc::text AS deserial,
            nullif(a.aggmtransfn, 0)::regproc::text AS moving_transition,
            nullif(a.aggminvtransfn, 0)::regproc::text AS moving_inverse,
            CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END AS moving_state,
            nullif(a.aggmtransspace, 0) AS moving_space, nullif(a.aggmfinalfn, 0)::regproc::text AS moving_final,
            nullif(a.aggmfinalextra, false) AS moving_final_extra, a.aggmfinalmodify AS moving_final_modify,
            a.aggminitval AS moving_initial,
            CASE WHEN a.aggsortop <> 0 THEN format('OPERATOR(%I.%s)', onn.nspname, o.oprname) END AS sort_operator
        FROM pg_aggregate a
        JOIN pg_proc p ON p.oid = a.aggfnoid
        JOIN pg_namespace n ON n.oid = p.pronamespace AND {ours} AND {loose pg_proc p.oid}
        LEFT JOIN pg_operator o ON o.oid = a.aggsortop
        LEFT JOIN pg_namespace onn ON onn.oid = o.oprnamespace
        ORDER BY 2, 3, 6""",
}

_VOLATILITY = {"i": " IMMUTABLE", "s": " STABLE"}
_PARALLEL = {"s": "SAFE", "r": "RESTRICTED"}
_LISTS = ("local_preload_libraries", "search_path", "session_preload_libraries", "shared_preload_libraries",
          "temp_tablespaces", "unix_socket_directories")  # fmt: skip
"""Settings whose value is a list of names, each to be quoted for itself."""


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("routines"):
        kind = "PROCEDURE" if row["kind"] == "p" else "FUNCTION"
        text = routine(row, kind) + catalog.remarks("p", row, kind, signature(row))
        yield Piece(f"p{row['oid']}", Rank.ROUTINE, _sorted_by(row), text, _needs(catalog, row))
    for row in catalog.rows("aggregates"):
        text = _aggregate(row) + catalog.remarks("p", row, "AGGREGATE", _aggregate_signature(row))
        yield Piece(f"p{row['oid']}", Rank.AGGREGATE, _sorted_by(row), text, _needs(catalog, row))


def signature(row: Row) -> str:
    """Return a routine's name with the arguments that tell it from others of that name."""
    return f"{qualified(row)}({row['identity']})"


def _sorted_by(row: Row) -> str:
    return f"{row['schema']}.{row['name']}({row['identity']})"


def _needs(catalog: Catalog, row: Row) -> set[str]:
    """Return what a routine needs: of a base type that it is a function of, no more than the shell."""
    own = f"p{row['oid']}"
    found = catalog.needed(own)
    made = {key for key in found & catalog.shells if own in catalog.needed(key)}
    return found - made | {f"shell {key}" for key in made}


def routine(row: Row, kind: str) -> str:
    """Return the CREATE of a function or procedure, clause by clause in pg_dump's order."""
    text = f"CREATE {kind} {qualified(row)}({row['arguments']})"
    text += f" RETURNS {row['result']}" if kind == "FUNCTION" else ""
    text += f"\n    LANGUAGE {name(row['language'])}"
    if row.get("transforms"):
        text += "\n    TRANSFORM " + ", ".join(f"FOR TYPE {each}" for each in row["transforms"])
    text += " WINDOW" if row["kind"] == "w" else ""
    text += _VOLATILITY.get(row.get("volatility", ""), "")
    text += " STRICT" if row.get("strict") else ""
    text += " SECURITY DEFINER" if row.get("definer") else ""
    text += " LEAKPROOF" if row.get("leakproof") else ""
    text += _cost(row)
    text += f" SUPPORT {row['support']}" if row.get("support") else ""
    text += f" PARALLEL {_PARALLEL[row['parallel']]}" if row.get("parallel") else ""
    text += "".join(_setting(each) for each in row.get("settings") or ())
    return f"{text}\n    {_body(row)};\n"


def _cost(row: Row) -> str:
    usual = 1 if row["language"] in ("c", "internal") else 100
    text = f" COST {row['cost']:g}" if row["cost"] not in (0, usual) else ""
    return text + (f" ROWS {row['rows']:g}" if row["many"] and row["rows"] not in (0, 1000) else "")


def _setting(pair: str) -> str:
    key, _, value = pair.partition("=")
    shown = ", ".join(map(literal, _list_items(value))) or "''" if key.lower() in _LISTS else literal(value)
    return f"\n    SET {name(key) if '.' not in key else key} TO {shown}"


_ITEM = re.compile(r'"((?:[^"]|"")*)"|([^,\s]+)')


def _list_items(value: str) -> list[str]:
    """Return the names of a list such as `pg_catalog, "$user", ""`."""
    return [bare or quoted.replace('""', '"') for quoted, bare in _ITEM.findall(value)]


def _body(row: Row) -> str:
    if row.get("body"):
        return str(row["body"]).rstrip()
    if row.get("library"):
        return f"AS {literal(row['library'])}, {literal(row['source'])}"
    return f"AS {dollar_quoted(row['source'])}"


_MODIFIES = {"r": "READ_ONLY", "s": "SHAREABLE", "w": "READ_WRITE"}


def _aggregate_signature(row: Row) -> str:
    return f"{qualified(row)}({row['identity'] or '*'})"


def _aggregate(row: Row) -> str:
    usual = "r" if row["kind"] == "n" else "w"
    parts = [f"SFUNC = {row['transition']}", f"STYPE = {row['state']}"]
    parts += _given(row, "SSPACE", "space")
    parts += [f"INITCOND = {literal(row['initial'])}"] if row.get("initial") is not None else []
    parts += _given(row, "FINALFUNC", "final")
    if row.get("final"):
        parts += ["FINALFUNC_EXTRA"] if row.get("final_extra") else []
        parts += [f"FINALFUNC_MODIFY = {_MODIFIES[row['final_modify']]}"] if row["final_modify"] != usual else []
    parts += _given(row, "COMBINEFUNC", "combine") + _given(row, "SERIALFUNC", "serial")
    parts += _given(row, "DESERIALFUNC", "deserial") + _moving(row, usual) + _given(row, "SORTOP", "sort_operator")
    parts += ["HYPOTHETICAL"] if row["kind"] == "h" else []
    parts += [f"PARALLEL = {_PARALLEL[row['parallel']].lower()}"] if row.get("parallel") else []
    arguments = row["arguments"] or "*"
    return f"CREATE AGGREGATE {qualified(row)}({arguments}) (\n    " + ",\n    ".join(parts) + "\n);\n"


def _given(row: Row, word: str, key: str) -> list[str]:
    return [f"{word} = {row[key]}"] if row.get(key) is not None else []


def _moving(row: Row, usual: str) -> list[str]:
    if not row.get("moving_transition"):
        return []
    parts = [f"MSFUNC = {row['moving_transition']}", f"MINVFUNC = {row['moving_inverse']}"]
    parts += [f"MSTYPE = {row['moving_state']}", *_given(row, "MSSPACE", "moving_space")]
    parts += [f"MINITCOND = {literal(row['moving_initial'])}"] if row.get("moving_initial") is not None else []
    parts += _given(row, "MFINALFUNC", "moving_final")
    if row.get("moving_final"):
        modify = row["moving_final_modify"]
        parts += ["MFINALFUNC_EXTRA"] if row.get("moving_final_extra") else []
        parts += [f"MFINALFUNC_MODIFY = {_MODIFIES[modify]}"] if modify != usual else []
    return parts
