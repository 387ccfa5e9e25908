"""What a database has and a script cannot or must not say: told to whoever imports it."""

from __future__ import annotations

from designer.importers.live.postgres.foreign import CONFIDENTIAL
from designer.importers.live.postgres.sections import Sections

SECTIONS: Sections = {
    "notes": """
        SELECT format('index %s', x.indexrelid::regclass) AS what,
            'left out: it is not valid, as building it has failed; build it again or drop it' AS message
        FROM pg_index x
        JOIN pg_class c ON c.oid = x.indrelid AND c.relkind IN ('r', 'm')
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
        WHERE NOT x.indisvalid
        UNION ALL
        SELECT format('subscription %I', b.subname), 'left out: its connection holds a secret'
        FROM pg_subscription b
        WHERE b.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        UNION ALL
        SELECT format('user mapping for %s on server %I',
            CASE WHEN m.umuser = 0 THEN 'public' ELSE m.usename::text END, m.srvname),
            'its secrets were left out; set them again with ALTER USER MAPPING'
        FROM pg_user_mappings m
        WHERE EXISTS (SELECT FROM unnest(m.umoptions) u (o) WHERE split_part(u.o, '=', 1) ~* 'CONFIDENTIAL')
        ORDER BY 1""".replace("CONFIDENTIAL", CONFIDENTIAL),
}
