"""The steps of a migration with their effects and hazards."""

from __future__ import annotations

from dataclasses import replace

from designer.evolution.contract import Effect, Hazard, Lock, Migration, Step, Work
from designer.evolution.hazards.effects import effect_of
from designer.evolution.hazards.registry import all_rules
from designer.evolution.hazards.setting import Setting


def judged(migration: Migration) -> Migration:
    """Return the migration with what each step locks, costs and risks."""
    setting = Setting(migration)
    migration.steps = [_judged(step, setting) for step in migration.steps]
    return migration


def _judged(step: Step, setting: Setting) -> Step:
    """Return a step with its hazards; one of several parts has those of all, and the effect of all together."""
    if not step.parts:
        return _judged_alone(step, setting)
    parts = tuple(_judged_alone(part, setting) for part in step.parts)
    hazards = dict.fromkeys(hazard for part in (_judged_alone(step, setting), *parts) for hazard in part.hazards)
    return replace(step, parts=parts, effect=_together([part.effect for part in parts]), hazards=tuple(hazards))


def _together(effects: list[Effect]) -> Effect:
    """Return the effect of statements that are one: the strongest lock, the most work."""
    strongest = max(effects, key=lambda each: (list(Lock).index(each.lock), list(Work).index(each.work)))
    return Effect(
        strongest.lock,
        strongest.lock_name,
        max((each.work for each in effects), key=list(Work).index),
        next((each.rows for each in effects if each.rows is not None), None),
        any(each.loses_data for each in effects),
        any(each.may_fail for each in effects),
        all(each.reversible for each in effects),
        all(each.compatible for each in effects),
    )


def _judged_alone(step: Step, setting: Setting) -> Step:
    effect = effect_of(step, setting)
    hazards: list[Hazard] = []
    for rule in all_rules():
        if not rule.applies(step, setting.dialect.name):
            continue
        for found in rule.check(step, setting):
            hazards.append(Hazard(rule.code, found.severity or rule.severity, found.message, found.query))
            effect = replace(
                effect,
                loses_data=effect.loses_data or rule.loses_data,
                may_fail=effect.may_fail or rule.may_fail,
                compatible=effect.compatible and not rule.breaks_clients,
                reversible=effect.reversible and not rule.loses_data,
            )
    return replace(step, effect=_counted(effect, step, setting), hazards=tuple(hazards))


def _counted(effect: Effect, step: Step, setting: Setting) -> Effect:
    return effect if effect.work is Work.NONE else replace(effect, rows=setting.rows(step))
