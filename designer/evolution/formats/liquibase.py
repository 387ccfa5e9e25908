"""Liquibase, formatted SQL: one changeset a transaction, each with its way back in the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import groups, statement, unmarked

_MARKS = re.compile(
    r"^\s*--\s*(?:liquibase|changeset|rollback|comment|precondition|property|validchecksum|ignore|end|include|tag)",
    re.MULTILINE | re.IGNORECASE,
)


class Liquibase:
    """Liquibase."""

    name = "liquibase"
    title = "Liquibase (formatted SQL)"
    text = "changesets with their rollback"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one changelog. The way back is one whole, so it is the rollback of the first changeset.

        Liquibase rolls changesets back from the last to the first; those after the first have nothing to take back.
        """
        text = "\n\n".join(["--liquibase formatted sql", *_changesets(up, down, meta)])
        return {f"{meta.day}_{meta.slug}.sql": text + "\n"}


def _changesets(up: Migration, down: Migration, meta: Meta) -> Iterator[str]:
    back = [step for group in groups(down) for step in group.steps]
    end = _delimiter([step.sql for step in (*up.steps, *back)])
    rests = all(group.transaction for group in groups(down))
    for number, group in enumerate(groups(up), 1):
        alone = not group.transaction or (number == 1 and not rests)
        option = " runInTransaction:false" if alone and up.dialect not in ("mysql", "mariadb") else ""
        name = f"{meta.author}:{meta.day}_{meta.slug}-{number}"
        head = f"--changeset {name} stripComments:false endDelimiter:{end}{option}"
        lines = [f"{_plain(statement(step, '', remarks=False), up)}\n{end}" for step in group.steps]
        rollback = [_commented(step.sql, end) for step in back] if number == 1 else []
        yield "\n".join([head, *lines, *(rollback or ["--rollback empty"])])


def _delimiter(texts: list[str]) -> str:
    """Return what ends a statement, so that bodies with semicolons stay whole: it stands in none of them."""
    mark = "//wholekey//"
    while any(mark in text for text in texts):
        mark = f"//{mark[2:-2]}x//"
    return mark


def _plain(text: str, migration: Migration) -> str:
    return unmarked(text, migration.dialect, _MARKS, "Liquibase")


def _commented(sql: str, end: str) -> str:
    """Return a statement as lines of a rollback; the space keeps a line that is empty."""
    return "\n".join(f"--rollback {line}" for line in [*sql.split("\n"), end])


FORMAT = Liquibase()
