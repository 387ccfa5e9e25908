"""The queries about tables, their columns and their constraints."""

from __future__ import annotations

from designer.importers.live.postgres.sections import Sections

SECTIONS: Sections = {
    "tables": """
        SELECT c.oid::int8, n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
            c.relkind AS kind, nullif(c.relpersistence, 'p') AS persistence, c.reloptions AS options,
            toast.reloptions AS toast_options, space.spcname AS tablespace, nullif(m.amname, 'heap') AS method,
            nullif(c.relrowsecurity, false) AS row_security, nullif(c.relforcerowsecurity, false) AS force_row_security,
            c.relreplident AS replica_identity, nullif(c.reloftype, 0)::regtype::text AS of_type,
            nullif(c.relispartition, false) AS partition, pg_get_expr(c.relpartbound, c.oid) AS bound,
            CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
            h.parents, h.parent_oids, server.srvname AS server, f.ftoptions AS foreign_options
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
        LEFT JOIN (SELECT i.inhrelid, array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno) AS parents,
                array_agg(i.inhparent::int8 ORDER BY i.inhseqno) AS parent_oids
            FROM pg_inherits i GROUP BY 1) h ON h.inhrelid = c.oid
        LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
        LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
        LEFT JOIN pg_am m ON m.oid = c.relam
        LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid
        LEFT JOIN pg_foreign_server server ON server.oid = f.ftserver
        WHERE c.relkind IN ('r', 'p', 'f')
        ORDER BY 2, 3""",
    "columns": """
        SELECT v.* FROM (SELECT NULL::text AS attcompression) AS absent CROSS JOIN LATERAL (
            SELECT a.attrelid::int8 AS relation, a.attnum AS number, a.attname AS name,
                format_type(a.atttypid, a.atttypmod) AS type, (SELECT format('%I.%I', ln.nspname, l.collname)
                    FROM pg_namespace ln WHERE ln.oid = l.collnamespace) AS collation,
                nullif(a.attnotnull, false) AS not_null, nullif(a.attislocal, true) AS local,
                nullif(a.attinhcount, 0) AS inherited, nullif(a.attidentity, '') AS identity,
                nullif(a.attgenerated, '') AS generated, pg_get_expr(d.adbin, d.adrelid) AS "default",
                CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END AS storage,
                nullif(attcompression::text, '') AS compression,
                CASE WHEN a.attstattarget >= 0 AND c.relkind <> 'c' THEN a.attstattarget END AS statistics,
                a.attoptions AS options, a.attfdwoptions AS foreign_options
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
            JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours}
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_collation l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
            WHERE a.attnum > 0 AND NOT a.attisdropped) v
        ORDER BY 1, 2""",
    "not_nulls": """
        SELECT k.conrelid::int8 AS relation, a.attnum AS number, k.oid::int8, k.conname AS name,
            k.convalidated AS valid, nullif(k.connoinherit, false) AS no_inherit, k.conislocal AS local
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours}
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'n' AND (k.conname <> c.relname || '_' || a.attname || '_not_null' OR k.connoinherit
            OR NOT k.convalidated OR a.attinhcount > 0
            OR EXISTS (SELECT FROM pg_description d WHERE d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid))
        ORDER BY 1, 2""",
    "constraints": """
        SELECT k.oid::int8, k.conrelid::int8 AS relation, k.conname AS name, k.contype AS kind,
            pg_get_constraintdef(k.oid) AS definition, k.convalidated AS valid, k.conislocal AS local,
            nullif(k.conparentid, 0)::int8 AS parent, nullif(k.coninhcount, 0) AS inherited
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
        LEFT JOIN pg_constraint u ON u.oid = k.conparentid
        WHERE k.contype IN ('c', 'p', 'u', 'x') OR k.contype = 'f' AND (k.conparentid = 0
            OR u.conrelid <> k.conrelid AND u.conname <> k.conname)
        ORDER BY k.conrelid, k.conname""",
    "domain_constraints": """
        SELECT k.oid::int8, k.contypid::int8 AS domain, k.conname AS name, k.contype AS kind,
            pg_get_constraintdef(k.oid) AS definition, k.convalidated AS valid
        FROM pg_constraint k
        WHERE k.contypid <> 0 AND k.oid >= 16384
        ORDER BY k.contypid, k.conname""",
}
