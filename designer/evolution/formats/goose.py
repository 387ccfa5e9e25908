"""goose: one file with `-- +goose Up` and `-- +goose Down`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import Group, groups, is_one_transaction, statement, unmarked

_MARKS = re.compile(r"^--\s*\+goose\b", re.MULTILINE)


class Goose:
    """goose."""

    name = "goose"
    title = "goose"
    text = "one file with both ways, each statement marked"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the file. Outside of a transaction is a matter of the whole file."""
        alone = not (is_one_transaction(up) and is_one_transaction(down))
        head = ["-- +goose NO TRANSACTION"] if alone else []
        parts = [*head, *_way("Up", up, alone), *_way("Down", down, alone)]
        return {f"{meta.stamp}_{meta.slug}.sql": "\n".join(parts) + "\n"}


def _way(word: str, migration: Migration, alone: bool) -> Iterator[str]:
    yield f"-- +goose {word}"
    for group in groups(migration):
        for text in _texts(group, migration, alone and group.transaction):
            yield "-- +goose StatementBegin"
            yield text
            yield "-- +goose StatementEnd"


def _texts(group: Group, migration: Migration, wrapped: bool) -> list[str]:
    """Return what is sent as one query each: a statement, or a transaction that goose does not open itself."""
    texts = [unmarked(statement(step, ""), migration.dialect, _MARKS, "goose") for step in group.steps]
    return ["\n\n".join(["BEGIN;", *texts, "COMMIT;"])] if wrapped else texts


FORMAT = Goose()
