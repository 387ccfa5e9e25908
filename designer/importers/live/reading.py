"""A snapshot of catalogs to a design, by the script that it amounts to."""

from __future__ import annotations

import re

import msgspec

from designer.importers.contract import Finding, ImportProblem, ImportResult, Outcome, Progress, model_name, no_progress
from designer.importers.live.contract import EVERYTHING, EmptyDatabase, LiveProblem, Snapshot, Wanted
from designer.importers.live.registry import engine
from designer.importers.sql import read as read_sql
from designer.schema import Design, Model, Statement

_BUILDS = 10_000
"""From here on PostgreSQL's version is a number such as 160003."""
_AS_OLD = "5.5.5-"
"""What MariaDB says before its version, for the sake of old clients."""
_PLACES = re.compile(r",? (?:at|from|in|on) line \d+(?::\d+)?")


def read_snapshot(snapshot: Snapshot, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> ImportResult:
    """Return the design that a snapshot of catalogs amounts to. Its report names objects, never lines.

    Raises LiveProblem for a database without tables, and for a pasted snapshot that nobody's query gave.
    """
    script = _script(snapshot, wanted)
    if not script.strip():
        raise EmptyDatabase(f"the database {snapshot.name} has no tables that this user may see")
    try:
        result = read_sql(script, snapshot.name, snapshot.dialect, progress)
    except ImportProblem as problem:
        raise LiveProblem(_PLACES.sub("", problem.message)) from None
    result.design = _as_of(result.design, snapshot)
    result.report.file = snapshot.name
    seen = [each for each in result.report.findings if each.outcome is not Outcome.SKIPPED]  # settings of the script
    result.report.findings = [*_notes(snapshot), *(_without_place(each, snapshot.name) for each in seen)]
    return result


def _script(snapshot: Snapshot, wanted: Wanted) -> str:
    try:
        return engine(snapshot.dialect).script(snapshot, wanted)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        what = f"{type(error).__name__} {error}".strip()[:200]
        raise LiveProblem(f"these catalogs are not what the query gives ({what}); run the query again") from None


def _as_of(design: Design, snapshot: Snapshot) -> Design:
    """Return the design with the name and version of the database, and without lines of a script that nobody saw."""
    model = next(iter(design.of(Model)))
    name = model_name(snapshot.name) if snapshot.dialect == "sqlite" else snapshot.name
    named = msgspec.structs.replace(
        model, name=name, version=_release(snapshot.version, snapshot.dialect) or model.version
    )
    statements = [msgspec.structs.replace(each, line=0) for each in design.of(Statement) if each.line]
    return design.changed((), [named, *statements])


def _release(version: str, dialect: str) -> str:
    """Return the part of a server's version that its features depend on: 16, 10.11, 8.4, 3.45."""
    found = re.search(r"(\d+)(?:\.(\d+))?", version.removeprefix(_AS_OLD))
    if found is None:
        return ""
    first, second = int(found[1]), found[2]
    if dialect == "postgresql":
        return str(first // _BUILDS if first >= _BUILDS else first)
    return f"{first}.{second}" if second is not None else str(first)


def _notes(snapshot: Snapshot) -> list[Finding]:
    """Return what the account was not allowed to read, as its engine noted it: rows of `what` and `message`."""
    rows = snapshot.sections.get("notes", ())
    return [
        Finding(Outcome.WARNING, str(row.get("what", "")), str(row.get("message", "")), file=snapshot.name)
        for row in rows
    ]


def _without_place(finding: Finding, name: str) -> Finding:
    return Finding(finding.outcome, finding.what, _PLACES.sub("", finding.message), 0, 0, name, finding.count)
