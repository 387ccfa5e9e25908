"""What people should know of a migration, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from designer.cli.problems import on_one_line
from designer.evolution import Migration
from designer.evolution.align import Aligned
from designer.evolution.contract import Remark, Rename, Severity
from designer.evolution.renames import ENUM_VALUE

_KEPT = {"table": "its rows", "column": "its values", ENUM_VALUE: "it in the rows", "schema": "what is in it"}
_MOST = 40
"""How many notes of a kind are shown."""


def tell_candidates(there: Aligned) -> None:
    """Say what may have been renamed, and how to say that it was."""
    _print([note(each) for each in there.candidates])


def note(rename: Rename) -> str:
    """Return a question as a sentence with the option that answers it."""
    kept = _KEPT.get(rename.kind, "it")
    why = f" ({rename.why})" if rename.why else ""
    return f"{rename.old_label} may be {rename.new_label}{why}: add --rename '{answer(rename)}' to keep {kept}"


def answer(rename: Rename) -> str:
    """Return the value of --rename that says so; only the last name where the place is the same."""
    ours, theirs = rename.old_label.split("."), rename.new_label.split(".")
    if ours[:-1] == theirs[:-1] or rename.kind == "column":
        theirs = theirs[-1:]
    if ours[0] == "public" and len(ours) > 1 and len(theirs) == 1:
        ours = ours[1:]
    return f"{'.'.join(map(_quoted, ours))}={'.'.join(map(_quoted, theirs))}"


def _quoted(name: str) -> str:
    plain = name.replace("_", "").isalnum() and name == name.lower()
    return name if plain else '"' + name.replace('"', '""') + '"'


def tell_remarks(remarks: Iterable[Remark]) -> None:
    """Print the remarks, each once."""
    _print(list(dict.fromkeys(each.message for each in remarks)))


def tell_hazards(migration: Migration) -> None:
    """Print warnings and dangers with their codes, one a line; the statement's label says where."""
    said = [
        f"{hazard.severity.value} {hazard.code} {step.label}: {hazard.message}"
        for step in migration.steps
        for hazard in step.hazards
        if hazard.severity is not Severity.INFO
    ]
    for line in _shortened(said):
        print(on_one_line(line), file=sys.stderr)


def _print(notes: list[str]) -> None:
    for line in _shortened(notes):
        print(f"note: {on_one_line(' '.join(line.split()))}", file=sys.stderr)


def _shortened(lines: list[str]) -> list[str]:
    rest = len(lines) - _MOST
    return [*lines[:_MOST], f"… and {rest} more; --to json has all of the hazards"] if rest > 0 else lines
