"""golang-migrate: `20240101120000_name.up.sql` and `.down.sql`."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import block, groups, is_one_transaction, pairs


class GolangMigrate:
    """golang-migrate."""

    name = "golang-migrate"
    title = "golang-migrate"
    text = "a pair of files; one pair a statement where the server refuses a transaction"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the pair, or several.

        golang-migrate sends a file as one query, which PostgreSQL runs as one transaction: a statement that must not
        be in one needs a file of its own. It knows no DELIMITER: the server finds the ends of statements by itself.
        """
        if up.dialect != "postgresql" or (is_one_transaction(up) and is_one_transaction(down)):
            return _named(f"{meta.stamp}_{meta.slug}", _whole(up), _whole(down))
        files: dict[str, str | bytes] = {}
        for number, (forth, back) in enumerate(pairs(up, down)):
            files |= _named(f"{int(meta.stamp) + number}_{meta.slug}_{number + 1}", forth, back)
        return files


def _whole(migration: Migration) -> str:
    return "".join(f"{block(group)}\n" for group in groups(migration))


def _named(name: str, up: str, down: str) -> dict[str, str | bytes]:
    return {f"{name}.up.sql": up, f"{name}.down.sql": down}


FORMAT = GolangMigrate()
