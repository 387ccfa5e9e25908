"""Plain SQL: `YYYYMMDD_HHMMSS_description.sql` and the way back beside it."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import lost, script
from exporters.ddl.text import commented


class Sql:
    """Plain SQL."""

    name = "sql"
    title = "Plain SQL"
    text = "a script for psql, mariadb, mysql or sqlite3, and one for the way back"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the script and the one that takes it back; nothing where nothing differs."""
        if not up.steps and not down.steps:
            return {f"{meta.day}_{meta.slug}.sql": ""}
        return {
            f"{meta.day}_{meta.slug}.sql": up_text(up),
            f"{meta.day}_{meta.slug}.down.sql": down_text(up, down),
        }


def up_text(up: Migration) -> str:
    """Return the way forward; nothing for no steps."""
    return f"-- Up migration\n{_by_hand(up)}\n{script(up)}" if up.steps else ""


def down_text(up: Migration, down: Migration) -> str:
    """Return the way back, with what it cannot bring back on top."""
    gone = lost(up.steps)
    head = "".join(f"{commented(f'its rows or values do not come back: {each}')}\n" for each in gone)
    return f"-- Down migration\n{head}{_by_hand(down)}\n{script(down)}" if down.steps else ""


def _by_hand(migration: Migration) -> str:
    """Return what whoever runs the script must know before."""
    return "".join(f"{commented(each.message)}\n" for each in migration.remarks if each.code == "bail")


FORMAT = Sql()
