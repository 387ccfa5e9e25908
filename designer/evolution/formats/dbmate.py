"""dbmate: one file with `-- migrate:up` and `-- migrate:down`."""

from __future__ import annotations

import re
from functools import partial

from designer.evolution.contract import Migration, Step
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import block, groups, is_one_transaction, pairs, plainly, unmarked

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
            return {
                f"{meta.stamp}_{meta.slug}.sql": _file(_body(up), _body(down), "" if whole else " transaction:false")
            }
        say = partial(_said, dialect=up.dialect)
        return {
            f"{int(meta.stamp) + number}_{meta.slug}_{number + 1}.sql": _file(forth, back, " transaction:false")
            for number, (forth, back) in enumerate(pairs(up, down, say))
        }


def _file(up: str, down: str, option: str) -> str:
    return f"-- migrate:up{option}\n\n{up}\n-- migrate:down{option}\n\n{down}"


def _said(step: Step, dialect: str) -> str:
    return unmarked(plainly(step), dialect, _MARKS, "dbmate")


def _body(migration: Migration) -> str:
    """Return one way; in one transaction, which is dbmate's own, it needs no other."""
    say = partial(_said, dialect=migration.dialect)
    if is_one_transaction(migration):
        return "\n\n".join(say(step) for step in migration.steps) + "\n"
    return "\n\n".join(block(group, say) for group in groups(migration)) + "\n"


FORMAT = Dbmate()
