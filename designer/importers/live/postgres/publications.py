"""Publications, and statistics objects."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, name, names, qualified

SECTIONS: Sections = {
    "publications": """
        SELECT v.* FROM (SELECT false AS pubviaroot, NULL::text AS pubgencols) AS absent CROSS JOIN LATERAL (
            SELECT b.oid::int8, b.pubname AS name, pg_get_userbyid(b.pubowner) AS owner,
                nullif(b.puballtables, false) AS all_tables, b.pubinsert AS insert, b.pubupdate AS update,
                b.pubdelete AS delete, b.pubtruncate AS truncate, nullif(pubviaroot, false) AS via_root,
                nullif(pubgencols::text, 'n') AS generated
            FROM pg_publication b WHERE {loose pg_publication b.oid}) v
        ORDER BY 2""",
    "published_tables": """
        SELECT v.* FROM (SELECT NULL::int2vector AS prattrs, NULL::pg_node_tree AS prqual) AS absent
        CROSS JOIN LATERAL (
            SELECT r.prpubid::int8 AS publication, r.prrelid::int8 AS relation, r.prrelid::regclass::text AS table,
                r.oid::int8 AS place,
                (SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
                    WHERE a.attrelid = r.prrelid AND a.attnum = ANY (prattrs)) AS columns,
                pg_get_expr(prqual, r.prrelid) AS rows
            FROM pg_publication_rel r) v
        ORDER BY 1, 4""",
    "published_schemas": """
        SELECT d.refobjid::int8 AS publication, n.nspname AS name
        FROM pg_depend d
        JOIN pg_depend s ON s.classid = d.classid AND s.objid = d.objid AND s.refclassid = 'pg_namespace'::regclass
        JOIN pg_namespace n ON n.oid = s.refobjid
        WHERE d.refclassid = 'pg_publication'::regclass
        ORDER BY 1, 2""",
    "statistics": """
        SELECT v.* FROM (SELECT -1::int2 AS stxstattarget) AS absent CROSS JOIN LATERAL (
            SELECT s.oid::int8, n.nspname AS schema, s.stxname AS name, pg_get_userbyid(s.stxowner) AS owner,
                s.stxrelid::int8 AS relation, pg_get_statisticsobjdef(s.oid) AS definition,
                nullif(stxstattarget, -1) AS target
            FROM pg_statistic_ext s
            JOIN pg_namespace n ON n.oid = s.stxnamespace AND {ours} AND {loose pg_statistic_ext s.oid}) v
        ORDER BY 2, 3""",
}

_GENERATED = {"s": "stored"}


def pieces(catalog: Catalog) -> Iterator[Piece]:
    for row in catalog.rows("statistics"):
        text = row["definition"] + ";\n"
        if row.get("target") is not None:
            text += f"ALTER STATISTICS {qualified(row)} SET STATISTICS {row['target']};\n"
        text += catalog.remarks("s", row, "STATISTICS", qualified(row))
        needs = catalog.needed(f"s{row['oid']}") | {f"c{row['relation']}"}
        yield Piece(f"s{row['oid']}", Rank.STATISTICS, f"{row['schema']}.{row['name']}", text, needs)
    tables = catalog.grouped("published_tables", "publication")
    schemas = catalog.grouped("published_schemas", "publication")
    for row in catalog.database_wide("publications"):
        place = (row["oid"],)
        text = _publication(row, tables.get(place, []), schemas.get(place, []))
        text += catalog.remarks("b", row, "PUBLICATION", name(row["name"]))
        needs = {f"c{table['relation']}" for table in tables.get(place, [])}
        yield Piece(f"b{row['oid']}", Rank.PUBLICATION, row["name"], text, needs)


def _publication(row: Row, tables: list[Row], schemas: list[Row]) -> str:
    text = f"CREATE PUBLICATION {name(row['name'])}" + (" FOR ALL TABLES" if row.get("all_tables") else "")
    published = ", ".join(each for each in ("insert", "update", "delete", "truncate") if row[each])
    options = [f"publish = '{published}'"]
    options += ["publish_via_partition_root = true"] if row.get("via_root") else []
    options += [f"publish_generated_columns = {_GENERATED[row['generated']]}"] if row.get("generated") else []
    text += f" WITH ({', '.join(options)});\n"
    for table in tables:
        columns = f" ({names(table['columns'])})" if table.get("columns") else ""
        rows = f" WHERE ({table['rows']})" if table.get("rows") else ""
        text += f"ALTER PUBLICATION {name(row['name'])} ADD TABLE ONLY {table['table']}{columns}{rows};\n"
    for schema in schemas:
        text += f"ALTER PUBLICATION {name(row['name'])} ADD TABLES IN SCHEMA {name(schema['name'])};\n"
    return text
