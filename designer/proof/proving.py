"""The proof: a design's DDL on a scratch database, and what comes back of it."""

from __future__ import annotations

from dataclasses import replace

from designer.compare import Comparison, compared
from designer.dialects.registry import get
from designer.importers.contract import Progress, no_progress
from designer.importers.sql import read as read_sql
from designer.proof.contract import Applied, Limits, Proof, ProofProblem
from designer.proof.excuses import LEFT_OUT, without_excused, without_left_out
from designer.proof.scratches import scratch_for
from designer.proof.script import Script
from designer.schema import Design, Id, Model, first_physical
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
    source = model_of(design, model)
    target = get(dialect or source.target or "postgresql").name
    export = exported(design, target, source.id)
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
    comparison = compared(without_left_out(design, export, target), read, dialect=target, models=(source.id, None))
    return _proof(target, scratch.server, applied, comparison, export, design)


def model_of(design: Design, model: Id | None) -> Model:
    """Return the model to prove, the first physical one without a name. Raises ProofProblem where there is none."""
    chosen = design.get(model) if model else first_physical(design)
    if not isinstance(chosen, Model) or chosen.level != "physical":
        raise ProofProblem("there is no physical model to prove; derive one, or import a schema")
    return chosen


def exported(design: Design, dialect: str, model: Id) -> Export:
    """Return the DDL of a model. Raises ProofProblem where it has none."""
    try:
        return exporter("ddl").export(design, Options(dialect=dialect, model=model))
    except ExportProblem as problem:
        raise ProofProblem(str(problem)) from None


def _translated(export: Export, dialect: str) -> tuple[Design, Export, Model]:
    """Return what the DDL for another dialect says as a design of its own: that is what a server can be held to."""
    if not export.text.strip():
        raise ProofProblem("the DDL is empty, so there is nothing to prove; does the design hold a table?")
    design = read_sql(export.text, "", dialect).design
    model = model_of(design, None)
    again = exported(design, dialect, model.id)
    return design, Export(again.files, [*(replace(note, about=None) for note in export.notes), *again.notes]), model


def _proof(
    dialect: str, server: str, applied: Applied, comparison: Comparison, export: Export, design: Design
) -> Proof:
    refused = [each for each in applied.refusals if not each.unproven]
    unproven = [each for each in applied.refusals if each.unproven]
    comparison = without_excused(comparison, applied.refusals, design)
    gone = [(note.message, note.about) for note in export.notes if note.code in LEFT_OUT]
    notes = [(note.message, note.about) for note in export.notes if note.code not in LEFT_OUT]
    return Proof(dialect, server, applied.count, comparison, refused, unproven, gone, notes)
