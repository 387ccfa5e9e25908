"""Sqitch: scripts to deploy, revert and verify, and the line of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects.registry import get
from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import script
from designer.schema import Column, Named, Schema, Table


class Sqitch:
    """Sqitch."""

    name = "sqitch"
    title = "Sqitch"
    text = "deploy, revert and verify scripts, and a plan to join with yours"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the scripts, and a plan whose last line belongs at the end of yours."""
        change = f"{meta.day}_{meta.slug}"
        engine = {"postgresql": "pg", "mariadb": "mysql"}.get(up.dialect, up.dialect)
        title = " ".join(meta.title.split())
        plan = f"{change} {meta.at:%Y-%m-%dT%H:%M:%SZ} {meta.author} <{meta.author}@localhost> # {title}"
        note = f"-- for {engine}"
        return {
            f"deploy/{change}.sql": f"-- Deploy {change}\n{note}\n\n{script(up)}",
            f"revert/{change}.sql": f"-- Revert {change}\n{note}\n\n{script(down)}",
            f"verify/{change}.sql": f"-- Verify {change}\n{note}\n\n" + "\n".join(_verified(up)) + "\n",
            "sqitch.plan": f"%syntax-version=1.0.0\n%project=wholekey\n\n{plan}\n",
        }


def _verified(migration: Migration) -> Iterator[str]:
    """Yield queries that fail where a new table or column is not there."""
    quote = get(migration.dialect).quote
    new = migration.new
    for step in migration.steps:
        record = new.get(step.about)
        table = record if isinstance(record, Table) else new.get(record.parent or "") if record else None
        if step.operation not in ("create table", "add column") or not isinstance(table, Table):
            continue
        parent = new.get(table.parent or "")
        path = ".".join(quote(each.name) for each in (parent, table) if isinstance(each, (Schema, Table)))
        names = [quote(record.name)] if isinstance(record, Column) and isinstance(record, Named) else []
        yield f"SELECT {', '.join(names) or '*'} FROM {path} WHERE 1 = 0;"


FORMAT = Sqitch()
