"""dbmate: one file with `-- migrate:up` and `-- migrate:down`."""

from __future__ import annotations

import re

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import Group, groups, is_one_transaction, pairs, statement, unmarked

_MARKS = re.compile(r"^--\s*migrate:(?:up|down)\b", re.MULTILINE)


class Dbmate:
    """dbmate."""

    name = "dbmate"
    title = "dbmate"
    text = "one file with both ways; several where the server refuses a transaction"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the file, or several: dbmate sends each way as one query, which PostgreSQL runs as one transaction."""
        whole = is_one_transaction(up) and is_one_transaction(down)
        if whole or up.dialect != "postgresql":
            return {f"{meta.stamp}_{meta.slug}.sql": _file(_body(up), _body(down), "" if whole else " transaction:false")}
        return {
            f"{int(meta.stamp) + number}_{meta.slug}_{number + 1}.sql": _file(
                _plain(forth, up), _plain(back, down), " transaction:false"
            )
            for number, (forth, back) in enumerate(pairs(up, down))
        }


def _file(up: str, down: str, option: str) -> str:
    return f"-- migrate:up{option}\n\n{up}\n-- migrate:down{option}\n\n{down}"


def _plain(text: str, migration: Migration) -> str:
    return unmarked(text, migration.dialect, _MARKS, "dbmate")


def _body(migration: Migration) -> str:
    """Return one way; in one transaction of dbmate's own it needs no other."""
    found = groups(migration)
    alone = not is_one_transaction(migration)
    texts = [text for group in found for text in _statements(group, migration, alone and group.transaction)]
    return "\n\n".join(texts) + "\n"


def _statements(group: Group, migration: Migration, wrapped: bool) -> list[str]:
    texts = [_plain(statement(step, ""), migration) for step in group.steps]
    return ["BEGIN;", *texts, "COMMIT;"] if wrapped else texts


FORMAT = Dbmate()
