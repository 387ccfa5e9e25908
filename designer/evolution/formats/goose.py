"""goose: one file with `-- +goose Up` and `-- +goose Down`."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import is_one_transaction, statement


class Goose:
    """goose."""

    name = "goose"
    title = "goose"
    text = "one file with both ways, each statement marked"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the file. Outside of a transaction is a matter of the whole file."""
        alone = not (is_one_transaction(up) and is_one_transaction(down))
        head = ["-- +goose NO TRANSACTION"] if alone else []
        parts = [*head, *_way("Up", up), *_way("Down", down)]
        return {f"{meta.stamp}_{meta.slug}.sql": "\n".join(parts) + "\n"}


def _way(word: str, migration: Migration) -> Iterator[str]:
    yield f"-- +goose {word}"
    for step in migration.steps:
        yield "-- +goose StatementBegin"
        yield statement(step, "")
        yield "-- +goose StatementEnd"


FORMAT = Goose()
