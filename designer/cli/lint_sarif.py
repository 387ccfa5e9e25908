"""Findings as SARIF 2.1.0, the format that code hosts show beside the lines (OASIS, 2020)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from designer.lint import ERROR, INFO, WARNING, Finding, Rule
from designer.lint.registry import all_rules

_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif(source: str, located: Sequence[tuple[Finding, str, int]]) -> dict[str, Any]:
    """Return the log of one run; each finding comes with its path and its line, 0 where that is not known."""
    rules = all_rules()
    at = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "wholekey",
        "version": metadata.version("wholekey"),
        "rules": [_rule(rule) for rule in rules],
    }
    results = [_result(source, each, path, line, at[each.code]) for each, path, line in located]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.title}."},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(source: str, finding: Finding, path: str, line: int, rule: int) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": path, "kind": "element"}]}
    if source != "-" and "://" not in source:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(Path(source).as_posix())}}
        location["physicalLocation"] = physical | ({"region": {"startLine": line}} if line else {})
    same = hashlib.sha256(f"{finding.code} {path}".encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"elementAndRule/v1": same},
    }
