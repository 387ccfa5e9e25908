"""Flyway: `V20240101120000__name.sql`, and `U…` for the way back."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import is_one_transaction, script


class Flyway:
    """Flyway."""

    name = "flyway"
    title = "Flyway"
    text = "a versioned and an undo migration; each runs in Flyway's own transaction where it can"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return V and U, each with a configuration beside it where Flyway's usual one would not do."""
        files: dict[str, str | bytes] = {}
        for letter, migration in (("V", up), ("U", down)):
            name = f"{letter}{meta.stamp}__{meta.slug}.sql"
            files[name] = text = script(migration, transactions=not is_one_transaction(migration))
            settings = _settings(migration, text)
            if settings:
                files[f"{name}.conf"] = settings
        return files


def _settings(migration: Migration, text: str) -> str:
    """Return what Flyway must not do with a script: open a transaction, replace `${name}`."""
    alone = "" if is_one_transaction(migration) else "executeInTransaction=false\n"
    return alone + ("placeholderReplacement=false\n" if "${" in text else "")


FORMAT = Flyway()
