"""The script that a snapshot amounts to: what `pg_dump --schema-only` would write, each statement after its needs."""

from __future__ import annotations

from designer.importers.live.contract import Snapshot, Wanted
from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.families import FAMILIES
from designer.importers.live.postgres.pieces import ordered

HEAD = """SET check_function_bodies = false;
SET client_min_messages = warning;
SELECT pg_catalog.set_config('search_path', '', false);
"""
"""As pg_dump: names are qualified, and the body of a function is not looked into before everything is there."""


def script(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return the script; empty where there is nothing to make."""
    catalog = Catalog(snapshot, wanted)
    pieces = [piece for family in FAMILIES if family.pieces is not None for piece in family.pieces(catalog)]
    body = "\n".join(piece.text for piece in ordered(pieces) if piece.text)
    return f"{HEAD}\n{body}" if body else ""
