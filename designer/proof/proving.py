"""The proof: a design's DDL on a scratch database, and what comes back of it."""

from __future__ import annotations

import re
from dataclasses import replace

from designer.compare import Comparison, Difference, compared
from designer.dialects.registry import get
from designer.importers.contract import Progress, no_progress
from designer.importers.sql import read as read_sql
from designer.proof.contract import Applied, Limits, Proof, ProofProblem, Refusal
from designer.proof.scratches import scratch_for
from designer.proof.script import Script
from designer.schema import Design, Id, Model, Statement, first_physical
from exporters.contract import Export, ExportProblem, Options
from exporters.registry import get as exporter

MOST_STATEMENTS = 60_000


def prove(
    design: Design,
    *,
    dialect: str = "",
    dsn: str = "",
    model: Id | None = None,
    limits: Limits | None = None,
    progress: Progress = no_progress,
) -> Proof:
    """Apply the DDL of a design to a scratch database of its dialect and compare what the catalogs then say with it.

    With `dsn` the scratch database is made on that server. Raises ProofProblem where nothing can be proven.
    """
    source = _model(design, model)
    target = get(dialect or source.target or "postgresql").name
    export = _exported(design, target, source.id)
    if source.target and source.target != target:
        design, export, source = _translated(export, target)
    pieces = list(Script(design, target, source.id).pieces(export.text))
    if len(pieces) > MOST_STATEMENTS:
        raise ProofProblem(f"the script has {len(pieces):,} statements; more than {MOST_STATEMENTS:,} are not proven")
    progress(0.1, f"Starting a scratch server for {len(pieces):,} statements")
    with scratch_for(target, dsn, limits or Limits()) as scratch:
        progress(0.2, f"Running {len(pieces):,} statements on {scratch.server}")
        applied = scratch.apply(pieces, design)
        progress(0.6, "Reading the catalogs back")
        read = scratch.read()
    progress(0.9, "Comparing them with the design")
    comparison = compared(_without_left_out(design, export), read, dialect=target, models=(source.id, None))
    return _proof(target, scratch.server, applied, comparison, export, design)


def _model(design: Design, model: Id | None) -> Model:
    chosen = design.get(model) if model else first_physical(design)
    if not isinstance(chosen, Model) or chosen.level != "physical":
        raise ProofProblem("there is no physical model to prove; derive one, or import a schema")
    return chosen


def _exported(design: Design, dialect: str, model: Id) -> Export:
    try:
        return exporter("ddl").export(design, Options(dialect=dialect, model=model))
    except ExportProblem as problem:
        raise ProofProblem(str(problem)) from None


def _translated(export: Export, dialect: str) -> tuple[Design, Export, Model]:
    """Return what the DDL for another dialect says as a design of its own: that is what a server can be held to."""
    if not export.text.strip():
        raise ProofProblem("the DDL is empty, so there is nothing to prove; does the design hold a table?")
    design = read_sql(export.text, "", dialect).design
    model = _model(design, None)
    again = _exported(design, dialect, model.id)
    return design, Export(again.files, [*(replace(note, about=None) for note in export.notes), *again.notes]), model


_LEFT_OUT = frozenset({"refused", "statement"})


def _without_left_out(design: Design, export: Export) -> Design:
    """Return the design without what the DDL leaves out, and says so in its notes."""
    gone = {note.about for note in export.notes if note.about and note.code in _LEFT_OUT}
    waiting = [each for each in gone if each in design]
    found: list[Id] = []
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [each for each in design.children(one) if each not in gone]
    return design.changed(dict.fromkeys(found), ()) if found else design


def _proof(
    dialect: str, server: str, applied: Applied, comparison: Comparison, export: Export, design: Design
) -> Proof:
    refused = [each for each in applied.refusals if not each.unproven]
    unproven = [each for each in applied.refusals if each.unproven]
    excused = _excused(applied.refusals, design)
    names = {getattr(design.get(each), "name", "") for each in excused}
    made = _made_by_queries(design)
    whole = _without_halves(comparison.differences) if applied.refusals else comparison.differences
    kept = [each for each in whole if not _is_of(each, excused, names, made)]
    comparison = replace(comparison, differences=kept)
    gone = [(note.message, note.about) for note in export.notes if note.code in _LEFT_OUT]
    notes = [(note.message, note.about) for note in export.notes if note.code not in _LEFT_OUT]
    return Proof(dialect, server, applied.count, comparison, refused, unproven, gone, notes)


def _excused(refusals: list[Refusal], design: Design) -> set[Id]:
    """Return the records that cannot be there since a statement was refused: each is told once, with its statement."""
    found: set[Id] = set()
    waiting = [
        each.piece.about for each in refusals if each.piece.about and not each.piece.text.lower().startswith("comment")
    ]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting += design.children(one)
    return found


def _without_halves(differences: list[Difference]) -> list[Difference]:
    """Leave out what is on both sides under one name and differs in what it belongs to only: that was refused."""
    sides = [{each.about for each in differences if each.field == "" and each.left is side} for side in ("there", None)]
    both = sides[0] & sides[1]
    return [each for each in differences if each.field or each.about not in both]


_GRANTED = re.compile(r" on \w+ (.+) to ")
_BY_QUERY = re.compile(
    r"\s*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w.\"]+)[^;()]*\bas\b", re.IGNORECASE
)


def _made_by_queries(design: Design) -> tuple[str, ...]:
    """Return the tables that a verbatim CREATE TABLE … AS makes: their columns are the query's, not the design's."""
    found = (_BY_QUERY.match(each.text.text) for each in design.of(Statement))
    return tuple(each[1].replace('"', "").rpartition(".")[2] for each in found if each)


def _is_of(difference: Difference, excused: set[Id], names: set[str], made: tuple[str, ...]) -> bool:
    if difference.left_id in excused:
        return True
    granted = _GRANTED.search(difference.path) if difference.kind == "grant" and difference.right_id is None else None
    if granted is not None:
        return granted[1].rpartition(".")[2] in names
    return difference.left_id is None and bool(made) and not set(difference.path.split(".")).isdisjoint(made)
