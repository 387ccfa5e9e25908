"""golang-migrate: `20240101120000_name.up.sql` and `.down.sql`."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import Group, groups, is_one_transaction, script, statement


class GolangMigrate:
    """golang-migrate."""

    name = "golang-migrate"
    title = "golang-migrate"
    text = "a pair of files; one pair a statement where the server refuses a transaction"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the pair, or several.

        golang-migrate sends a file as one query, which PostgreSQL runs as one transaction: a statement that must not
        be in one needs a file of its own.
        """
        if is_one_transaction(up) or up.dialect != "postgresql":
            name = f"{meta.stamp}_{meta.slug}"
            return {f"{name}.up.sql": script(up), f"{name}.down.sql": script(down)}
        pieces = [piece for group in groups(up) for piece in _pieces(group, up.dialect)]
        back = [piece for group in groups(down) for piece in _pieces(group, down.dialect)]
        count = max(len(pieces), len(back))
        pieces += [""] * (count - len(pieces))
        back = [*reversed(back), *[""] * (count - len(back))]
        files: dict[str, str | bytes] = {}
        for number, (forth, undo) in enumerate(zip(pieces, back, strict=True)):
            name = f"{int(meta.stamp) + number}_{meta.slug}_{number + 1}"
            files[f"{name}.up.sql"] = forth or "SELECT 1;\n"
            files[f"{name}.down.sql"] = undo or "SELECT 1;\n"
        return files


def _pieces(group: Group, dialect: str) -> list[str]:
    texts = [statement(step, dialect) for step in group.steps]
    if group.transaction:
        return ["\n\n".join(["BEGIN;", *texts, "COMMIT;"]) + "\n"]
    return [f"{text}\n" for text in texts]


FORMAT = GolangMigrate()
