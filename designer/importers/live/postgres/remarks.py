"""Comments and security labels of every kind of object."""

from __future__ import annotations

from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, literal, name

SECTIONS: Sections = {
    "comments": """
        SELECT k.letter AS class, d.objoid::int8 AS oid, d.objsubid AS sub, d.description AS text
        FROM pg_description d
        JOIN (VALUES ('n', 'pg_namespace'::regclass), ('e', 'pg_extension'), ('t', 'pg_type'), ('p', 'pg_proc'),
            ('c', 'pg_class'), ('k', 'pg_constraint'), ('g', 'pg_trigger'), ('r', 'pg_rewrite'), ('y', 'pg_policy'),
            ('o', 'pg_operator'), ('f', 'pg_opfamily'), ('q', 'pg_opclass'), ('x', 'pg_cast'), ('m', 'pg_transform'),
            ('l', 'pg_collation'), ('v', 'pg_conversion'), ('a', 'pg_am'), ('u', 'pg_language'),
            ('s', 'pg_statistic_ext'), ('tp', 'pg_ts_parser'), ('tt', 'pg_ts_template'), ('td', 'pg_ts_dict'),
            ('tc', 'pg_ts_config'),
            ('w', 'pg_foreign_data_wrapper'), ('h', 'pg_foreign_server'), ('b', 'pg_publication'),
            ('z', 'pg_event_trigger')) AS k (letter, catalog) ON k.catalog = d.classoid
        WHERE d.objoid >= 16384 OR d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public')
            AND d.description <> 'standard public schema'
        ORDER BY 1, 2, 3""",
    "labels": """
        SELECT k.letter AS class, d.objoid::int8 AS oid, d.objsubid AS sub, d.provider, d.label AS text
        FROM pg_seclabel d
        JOIN (VALUES ('n', 'pg_namespace'::regclass), ('t', 'pg_type'), ('p', 'pg_proc'), ('c', 'pg_class'))
            AS k (letter, catalog) ON k.catalog = d.classoid
        WHERE d.objoid >= 16384
        ORDER BY 1, 2, 3, 4""",
}

Place = tuple[str, int, int]
"""The letter of a catalog, an oid in it, and the number of a column or 0."""


def remarks(
    comments: dict[Place, str], labels: dict[tuple[str | int, ...], list[Row]], place: Place, kind: str, identity: str
) -> str:
    """Return the statements that say an object's comment and labels; `kind` and `identity` name it there."""
    comment = comments.get(place)
    text = f"COMMENT ON {kind} {identity} IS {literal(comment)};\n" if comment is not None else ""
    for row in labels.get(place, ()):
        text += f"SECURITY LABEL FOR {name(row['provider'])} ON {kind} {identity} IS {literal(row['text'])};\n"
    return text
