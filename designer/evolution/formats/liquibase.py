"""Liquibase, formatted SQL: one changeset a transaction, each with its way back in the last."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import groups, statement

_END = "//wholekey//"


class Liquibase:
    """Liquibase."""

    name = "liquibase"
    title = "Liquibase (formatted SQL)"
    text = "changesets with a rollback each"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one changelog. The way back is one whole, so it is the rollback of the first changeset.

        Liquibase rolls changesets back from the last to the first; what stands in between has nothing to take back.
        """
        text = "\n\n".join(["--liquibase formatted sql", *_changesets(up, down, meta)])
        return {f"{meta.day}_{meta.slug}.sql": text + "\n"}


def _changesets(up: Migration, down: Migration, meta: Meta) -> Iterator[str]:
    back = [each for group in groups(down) for each in group.steps]
    for number, group in enumerate(groups(up), 1):
        alone = "" if group.transaction or up.dialect in ("mysql", "mariadb") else " runInTransaction:false"
        head = f"--changeset {meta.author}:{meta.day}_{meta.slug}-{number} endDelimiter:{_END}{alone}"
        lines = [_ended(statement(step, "", remarks=False)) for step in group.steps]
        rollback = [_commented(step.sql) for step in back] if number == 1 else ["--rollback empty"]
        yield "\n".join([head, *lines, *(rollback or ["--rollback empty"])])


def _ended(sql: str) -> str:
    """A semicolon ends nothing here, so bodies stay whole."""
    return f"{sql}\n{_END}"


def _commented(sql: str) -> str:
    """Return a statement as lines of a rollback; a line that is empty would end it."""
    lines = [line for line in sql.splitlines() if line.strip()]
    return "\n".join(f"--rollback {line}" for line in [*lines, _END])


FORMAT = Liquibase()
