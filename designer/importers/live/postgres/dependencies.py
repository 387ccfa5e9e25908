"""What needs what, from pg_depend."""

from __future__ import annotations

from designer.importers.live.postgres.sections import Sections

SECTIONS: Sections = {
    "dependencies": """
        WITH letters (letter, catalog) AS (VALUES ('t', 'pg_type'::regclass::oid), ('p', 'pg_proc'::regclass),
            ('c', 'pg_class'::regclass), ('k', 'pg_constraint'::regclass), ('o', 'pg_operator'::regclass),
            ('f', 'pg_opfamily'::regclass), ('q', 'pg_opclass'::regclass), ('x', 'pg_cast'::regclass),
            ('m', 'pg_transform'::regclass), ('l', 'pg_collation'::regclass), ('v', 'pg_conversion'::regclass),
            ('a', 'pg_am'::regclass), ('u', 'pg_language'::regclass), ('s', 'pg_statistic_ext'::regclass),
            ('tp', 'pg_ts_parser'::regclass), ('tt', 'pg_ts_template'::regclass), ('td', 'pg_ts_dict'::regclass),
            ('tc', 'pg_ts_config'::regclass), ('w', 'pg_foreign_data_wrapper'::regclass),
            ('h', 'pg_foreign_server'::regclass), ('b', 'pg_publication'::regclass), ('g', 'pg_trigger'::regclass),
            ('y', 'pg_policy'::regclass), ('r', 'pg_rewrite'::regclass), ('d', 'pg_attrdef'::regclass),
            ('n', 'pg_namespace'::regclass), ('e', 'pg_extension'::regclass)),
        edges AS (
            SELECT CASE WHEN d.classid = 'pg_attrdef'::regclass THEN 'c' || ad.adrelid
                    WHEN r.rulename = '_RETURN' THEN 'c' || r.ev_class
                    WHEN k.contype = 'c' AND k.conrelid <> 0 THEN 'c' || k.conrelid
                    WHEN k.contypid <> 0 AND k.convalidated THEN 't' || k.contypid
                    ELSE l.letter || d.objid END AS of,
                CASE WHEN d.classid = 'pg_attrdef'::regclass THEN 'd' || ad.adnum
                    WHEN k.contype = 'c' AND k.conrelid <> 0 THEN 'k' || k.oid ELSE '' END AS part,
                CASE WHEN t.typrelid <> 0 AND rc.relkind <> 'c' THEN 'c' || t.typrelid
                    WHEN el.typarray = t.oid THEN CASE WHEN el.typrelid <> 0 AND ec.relkind <> 'c'
                        THEN 'c' || el.typrelid ELSE 't' || el.oid END
                    WHEN rk.conindid <> 0 THEN 'c' || rk.conindid
                    WHEN rr.rulename = '_RETURN' THEN 'c' || rr.ev_class
                    ELSE rl.letter || d.refobjid END AS on
            FROM pg_depend d
            JOIN letters l ON l.catalog = d.classid
            JOIN letters rl ON rl.catalog = d.refclassid AND rl.letter NOT IN ('n', 'e', 'd')
            LEFT JOIN pg_attrdef ad ON d.classid = 'pg_attrdef'::regclass AND ad.oid = d.objid
            LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
            LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
            LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
            LEFT JOIN pg_class rc ON rc.oid = t.typrelid
            LEFT JOIN pg_type el ON el.oid = t.typelem
            LEFT JOIN pg_class ec ON ec.oid = el.typrelid
            LEFT JOIN pg_constraint rk ON d.refclassid = 'pg_constraint'::regclass AND rk.oid = d.refobjid
                AND rk.contype IN ('p', 'u', 'x')
            LEFT JOIN pg_rewrite rr ON d.refclassid = 'pg_rewrite'::regclass AND rr.oid = d.refobjid
            WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'P', 'S')
                AND NOT (d.deptype = 'a' AND d.classid = 'pg_class'::regclass
                    AND d.objid IN (SELECT seqrelid FROM pg_sequence))
                AND NOT (d.classid IN ('pg_class'::regclass, 'pg_constraint'::regclass)
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0))
        SELECT of, "on", array_agg(part ORDER BY part) AS parts
        FROM (SELECT DISTINCT of, "on", part FROM edges WHERE of <> "on") e
        GROUP BY of, "on"
        ORDER BY of, "on"
        """,
}
