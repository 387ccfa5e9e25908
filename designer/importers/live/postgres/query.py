"""The one SELECT whose result people paste."""

from __future__ import annotations

from designer.importers.live.contract import MARK
from designer.importers.live.postgres.families import all_sections
from designer.importers.live.postgres.sections import SETTINGS, as_json


def one_query() -> str:
    """Return a read-only SELECT of one JSON value, for servers from 12 to 18.

    The settings that the deparsers go by hold for this statement only. They are set in FROM, behind an OFFSET that
    keeps the planner from moving them, so that no section is read before.
    """
    parts = [
        f"""  '"{MARK}": "postgresql"'""",
        """  '"version": ' || to_json(current_setting('server_version'))::text""",
        """  '"name": ' || to_json(current_database())::text""",
        *(f"""  '"{name}": ' || {as_json(query)}::text""" for name, query in all_sections().items()),
    ]
    calls = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in SETTINGS.items())
    return _joined(parts, calls)


def _joined(parts: list[str], calls: str) -> str:
    """Return the SELECT; an array of members has no limit, where json_build_object takes a hundred arguments."""
    inner = ",\n".join(parts)
    return (
        "-- Reads the catalogs of this database and changes nothing. Copy its one value.\n"
        f"SELECT ('{{' || array_to_string(ARRAY[\n{inner}\n], ', ') || '}}')::json AS catalogs\n"
        f"FROM (SELECT {calls} OFFSET 0) AS settings;\n"
    )
