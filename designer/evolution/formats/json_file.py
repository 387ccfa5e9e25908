"""JSON for machines: every step with its statement, effect and hazards."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from designer.evolution.contract import Migration, Step
from designer.evolution.formats.contract import Meta


class Json:
    """JSON."""

    name = "json"
    title = "JSON"
    text = "every step with its statement, locks and hazards, for machines"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one file with both ways."""
        said = {"dialect": up.dialect, "title": meta.title, "up": direction(up), "down": direction(down)}
        return {f"{meta.day}_{meta.slug}.json": json.dumps(said, ensure_ascii=False, indent=2) + "\n"}


def direction(migration: Migration) -> dict[str, Any]:
    """Return one way as plain data."""
    return {
        "strategy": migration.options.strategy,
        "steps": [step_data(step) for step in migration.steps],
        "remarks": [{"code": each.code, "message": each.message} for each in migration.remarks],
    }


def step_data(step: Step) -> dict[str, Any]:
    """Return a step as plain data."""
    effect = asdict(step.effect)
    return {
        "sql": step.sql,
        "operation": step.operation,
        "kind": step.kind,
        "object": step.label,
        "fields": list(step.fields),
        "reason": step.reason,
        "stage": step.stage,
        "in_transaction": step.in_transaction,
        "effect": effect,
        "hazards": [asdict(hazard) for hazard in step.hazards],
    }


FORMAT = Json()
