"""The online strategy of MySQL and MariaDB.

Each ALTER TABLE says how it may be done, so that it fails at once instead of keeping others waiting.
"""

from __future__ import annotations

import re
from dataclasses import replace

from designer.evolution.contract import Effect, Lock, Migration, Remark, Step, Work
from designer.evolution.hazards.effects import effect_of
from designer.evolution.hazards.setting import Setting
from designer.evolution.online.words import bare
from designer.schema import Column

_ALTER = re.compile(r"\AALTER\s+TABLE\s", re.IGNORECASE)
_SAID = re.compile(r"\b(?:ALGORITHM|LOCK)\s*=", re.IGNORECASE)
_PARTITIONS = re.compile(r"\bPARTITION(?:S|ING)?\b", re.IGNORECASE)
_NEVER = frozenset({"partition table", "rebuild table", "rename", "move", "rewrite table", "alter column"})
_DESTRUCTIVE = frozenset({"drop table", "drop column"})


def online(migration: Migration) -> Migration:
    """Return the migration with ALGORITHM and LOCK in each statement that can do without a copy under a lock."""
    setting = Setting(migration)
    migration.steps = [_online(step, setting) for step in migration.steps]
    if migration.steps:
        migration.steps.insert(0, _patience(migration))
    for step in migration.steps:
        if worst(step, setting).lock is Lock.WRITES and setting.has_rows(step):
            migration.remarks.append(
                Remark(f"{step.label}: the server copies the table and nobody can write to it meanwhile; gh-ost and"
                       " pt-online-schema-change copy by the side", step.about, "online")
            )  # fmt: skip
    return migration


def _online(step: Step, setting: Setting) -> Step:
    stage = "contract" if step.operation in _DESTRUCTIVE else "backfill" if step.operation == "backfill" else "expand"
    staged = replace(step, stage=stage)
    if not setting.has_rows(step) or not _ALTER.match(step.sql) or _SAID.search(step.sql) or _never(step):
        return staged
    effect = worst(step, setting)
    if effect.lock in (Lock.WRITES, Lock.ALL):
        return staged
    clause = "ALGORITHM=INPLACE, LOCK=NONE" if effect.work is not Work.NONE else "LOCK=NONE"
    return replace(staged, sql=f"{bare(step.sql)}, {clause};")


def _never(step: Step) -> bool:
    """Say whether the server takes no ALGORITHM or LOCK there, or would refuse the one that keeps nobody waiting."""
    if _PARTITIONS.search(step.sql):
        return True
    return any(each.operation in _NEVER or _is_worked_out(each) for each in step.parts or (step,))


def _is_worked_out(step: Step) -> bool:
    """Say whether a step is about a column that the server works out: a change of it copies the table."""
    return any(isinstance(each, Column) and each.generated is not None for each in (step.old, step.new))


def worst(step: Step, setting: Setting) -> Effect:
    """Return the effect of a step; of several parts that of the one with the strongest lock and the most work."""
    effects = [effect_of(each, setting) for each in step.parts or (step,)]
    return max(effects, key=lambda each: (list(Lock).index(each.lock), list(Work).index(each.work)))


def _patience(migration: Migration) -> Step:
    """Wait for a metadata lock for a short time only: all that come later wait behind it."""
    seconds = re.sub(r"\D", "", migration.options.lock_timeout) or "5"
    sql = f"SET SESSION lock_wait_timeout = {seconds};"
    return Step(sql, "session", migration.new_model, "the session", "session", stage="expand")
