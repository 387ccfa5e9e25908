"""Liquibase, formatted SQL: one changeset a transaction, each with a part of the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import groups, paired, plainly, unmarked

_MARKS = re.compile(
    r"^\s*--\s*(?:liquibase|changeset|rollback|comment|precondition|property|validchecksum|ignore|end|include|tag)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class _Piece:
    """What one changeset does, or takes back: statements, in a transaction of Liquibase's or not."""

    statements: tuple[str, ...]
    transaction: bool = True

    def text(self, wrapped: bool, end: str) -> str:
        """Return the statements, `end` behind each where Liquibase is to split them."""
        lines = ["BEGIN;", *self.statements, "COMMIT;"] if wrapped and self.transaction else self.statements
        return "\n".join(f"{line}\n{end}" if end else line for line in lines)


class Liquibase:
    """Liquibase."""

    name = "liquibase"
    title = "Liquibase (formatted SQL)"
    text = "changesets with their rollback"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one changelog. All its changesets together take the migration back, from the last to the first."""
        text = "\n\n".join(["--liquibase formatted sql", *_changesets(up, down, meta)])
        return {f"{meta.day}_{meta.slug}.sql": text + "\n"}


def _changesets(up: Migration, down: Migration, meta: Meta) -> Iterator[str]:
    end = _delimiter([step.sql for step in (*up.steps, *down.steps)]) if up.dialect == "sqlite" else ""
    split = (
        f"endDelimiter:{end} rollbackEndDelimiter:{end}"
        if end
        else "splitStatements:false rollbackSplitStatements:false"
    )
    can = up.dialect not in ("mysql", "mariadb")
    for number, (forth, back) in enumerate(paired(_pieces(up), _pieces(down), _Piece(("SELECT 1;",))), 1):
        alone = can and not (forth.transaction and back.transaction)
        option = " runInTransaction:false" if alone else ""
        yield "\n".join([
            f"--changeset {meta.author}:{meta.day}_{meta.slug}-{number} stripComments:false {split}{option}",
            forth.text(alone, end),
            *(f"--rollback {line}" for line in back.text(alone, end).split("\n")),  # the space keeps an empty line
        ])  # fmt: skip


def _pieces(migration: Migration) -> list[_Piece]:
    """Return a piece for each transaction, and for each statement that is in none: drivers take one at a time."""
    found: list[_Piece] = []
    for group in groups(migration):
        texts = tuple(unmarked(plainly(step), migration.dialect, _MARKS, "Liquibase") for step in group.steps)
        whole = group.transaction or migration.dialect == "sqlite"
        found += [_Piece(texts, group.transaction)] if whole else [_Piece((text,), False) for text in texts]
    return found


def _delimiter(texts: list[str]) -> str:
    """Return what ends a statement, so that bodies with semicolons stay whole: it stands in none of them."""
    mark = "//wholekey//"
    while any(mark in text for text in texts):
        mark = f"//{mark[2:-2]}x//"
    return mark


FORMAT = Liquibase()
