"""Flyway: `V20240101120000__name.sql`, and `U…` for the way back."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import is_one_transaction, script

_ALONE = "executeInTransaction=false\n"


class Flyway:
    """Flyway."""

    name = "flyway"
    title = "Flyway"
    text = "a versioned and an undo migration; each runs in Flyway's own transaction where it can"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return V and U, each with a configuration beside it where it must not run in one transaction."""
        files: dict[str, str | bytes] = {}
        for letter, migration in (("V", up), ("U", down)):
            name = f"{letter}{meta.stamp}__{meta.slug}.sql"
            files[name] = script(migration, transactions=not is_one_transaction(migration))
            if not is_one_transaction(migration):
                files[f"{name}.conf"] = _ALONE
        return files


FORMAT = Flyway()
