"""dbmate: one file with `-- migrate:up` and `-- migrate:down`."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import is_one_transaction, script


class Dbmate:
    """dbmate."""

    name = "dbmate"
    title = "dbmate"
    text = "one file with both ways"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the file."""
        parts = [f"-- migrate:{way}{_option(each)}\n\n{_body(each)}" for way, each in (("up", up), ("down", down))]
        return {f"{meta.stamp}_{meta.slug}.sql": "\n".join(parts)}


def _option(migration: Migration) -> str:
    return "" if is_one_transaction(migration) else " transaction:false"


def _body(migration: Migration) -> str:
    return script(migration, transactions=not is_one_transaction(migration))


FORMAT = Dbmate()
