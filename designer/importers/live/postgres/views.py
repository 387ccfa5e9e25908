"""Views and materialized views, with the defaults of their columns."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.columns import states
from designer.importers.live.postgres.pieces import Piece, Rank
from designer.importers.live.postgres.sections import Sections
from designer.importers.live.postgres.words import Row, in_parentheses, name, options, qualified

SECTIONS: Sections = {
    "views": """
        SELECT c.oid::int8, n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
            c.relkind AS kind, c.reloptions AS options, pg_get_viewdef(c.oid) AS query, space.spcname AS tablespace,
            nullif(m.amname, 'heap') AS method, c.relispopulated AS populated
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND {ours} AND {loose pg_class c.oid}
        LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
        LEFT JOIN pg_am m ON m.oid = c.relam
        WHERE c.relkind IN ('v', 'm')
        ORDER BY 2, 3""",
}

_CHECK = "check_option="


def pieces(catalog: Catalog) -> Iterator[Piece]:
    columns = catalog.grouped("columns", "relation")
    for row in catalog.rows("views"):
        own = columns.get((row["oid"],), [])
        if row["kind"] == "m":
            yield _materialized(catalog, row, own)
        else:
            yield _view(catalog, row, own)


def _view(catalog: Catalog, row: Row, columns: list[Row]) -> Piece:
    key = f"c{row['oid']}"
    text = _create(row) + "".join(_defaults(row, columns)) + _remarks(catalog, row, columns, "VIEW")

    def split(_: set[str]) -> list[Piece]:
        """Return a view of the same columns that reads nothing, and the view that takes its place later."""
        fields = ",\n".join(map(_nothing, columns))
        stand_in = f"CREATE VIEW {qualified(row)} AS\nSELECT\n{fields};\n"
        whole = text.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)
        needs = catalog.needed(key)
        types = {each for each in needs if each.startswith("t")}
        return [
            Piece(key, Rank.TABLE, _sorted_by(row), stand_in, types),
            Piece(f"{key} whole", Rank.VIEW, _sorted_by(row), whole, needs | {key}),
        ]

    return Piece(key, Rank.TABLE, _sorted_by(row), text, catalog.needed(key), split)


def _nothing(column: Row) -> str:
    """Return a column of a view that has its type, and no value."""
    collation = f" COLLATE {column['collation']}" if column.get("collation") else ""
    return f"    NULL::{column['type']}{collation} AS {name(column['name'])}"


def _sorted_by(row: Row) -> str:
    return f"{row['schema']}.{row['name']}"


def _create(row: Row) -> str:
    pairs = row.get("options") or []
    kept = in_parentheses(" WITH", options([each for each in pairs if not each.startswith(_CHECK)]))
    text = f"CREATE VIEW {qualified(row)}{kept} AS\n{_query(row)}"
    for pair in pairs:
        if pair.startswith(_CHECK):
            text += f"\n  WITH {pair.removeprefix(_CHECK).upper()} CHECK OPTION"
    return text + ";\n"


def _query(row: Row) -> str:
    return str(row["query"]).rstrip().removesuffix(";")


def _remarks(catalog: Catalog, row: Row, columns: list[Row], kind: str) -> str:
    numbered = [(each["number"], each["name"]) for each in columns]
    return catalog.remarks("c", row, kind, qualified(row), numbered)


def _defaults(row: Row, columns: list[Row]) -> Iterator[str]:
    for each in columns:
        if each.get("default") is not None:
            head = f"ALTER TABLE ONLY {qualified(row)} ALTER COLUMN {name(each['name'])}"
            yield f"{head} SET DEFAULT {each['default']};\n"


def _materialized(catalog: Catalog, row: Row, columns: list[Row]) -> Piece:
    text = f"CREATE MATERIALIZED VIEW {qualified(row)}"
    text += f"\nUSING {name(row['method'])}" if row.get("method") else ""
    text += in_parentheses("\nWITH", options(row.get("options") or ()))
    text += f"\nTABLESPACE {name(row['tablespace'])}" if row.get("tablespace") else ""
    text += f" AS\n{_query(row)}" + ("" if row["populated"] else "\n  WITH NO DATA") + ";\n"
    for each in columns:
        head = f"ALTER TABLE ONLY {qualified(row)} ALTER COLUMN {name(each['name'])}"
        text += "".join(states(head, each))
    text += _remarks(catalog, row, columns, "MATERIALIZED VIEW")
    key = f"c{row['oid']}"
    return Piece(key, Rank.VIEW, _sorted_by(row), text, catalog.needed(key))
