"""Prove a migration on a real server: the old schema with sample rows, up, and down again."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace

from designer.cli.diff_notes import tell_candidates, tell_remarks
from designer.cli.diff_sides import read_sides
from designer.cli.live import url_of
from designer.cli.problems import Problem, on_one_line
from designer.cli.progress import Bar
from designer.evolution import MigrationProblem
from designer.evolution.align import Aligned, aligned
from designer.evolution.renames_asked import asked
from designer.importers.live.urls import secrets_of, without_secrets
from designer.proof.contract import Limits, ProofProblem
from designer.proof.evolving import prove_migration
from designer.proof.evolving_contract import EvolutionProof
from designer.proof.evolving_words import evolution_lines, evolution_told, labels_of


def run(options: Namespace) -> int:
    """Prove. The result goes to standard output; 1 where a way does not lead where it should, or rows are lost."""
    pair, dialect = _pair(options)
    proof = _prove(options, pair, dialect)
    labels = labels_of(proof, pair.old, pair.new)
    if options.json:
        print(json.dumps(evolution_told(proof, labels), indent=2, ensure_ascii=False))
    else:
        for line in evolution_lines(proof, labels):
            print(line)
        tell_candidates(pair)
        tell_remarks(pair.unsure)
        for note in proof.notes:
            print(f"note: {on_one_line(' '.join(note.split()))}", file=sys.stderr)
    return 0 if proof.holds else 1


def _pair(options: Namespace) -> tuple[Aligned, str]:
    """Return both sides with one set of ids, and their dialect."""
    asking = argparse.Namespace(
        old=options.source, new=options.against, dialect=options.dialect, model=options.model, schema=[], owners=False,
        no_privileges=False,
    )  # fmt: skip
    sides = read_sides(asking)
    try:
        answers = asked(options.rename, sides.old, sides.new, sides.dialect, sides.models)
        pair = aligned(
            sides.old, sides.new, sides.dialect, models=sides.models, renames=answers, printed=sides.printed
        )  # fmt: skip
    except MigrationProblem as problem:
        raise Problem(str(problem)) from None
    return pair, sides.dialect


def _prove(options: Namespace, pair: Aligned, dialect: str) -> EvolutionProof:
    dsn = options.dsn
    try:
        with Bar() as bar:
            return prove_migration(
                pair, dialect=dialect, dsn=url_of(dsn) or dsn if dsn else "", limits=Limits(seconds=options.seconds),
                progress=bar,
            )  # fmt: skip
    except ProofProblem as problem:
        raise Problem(without_secrets(str(problem), secrets_of(dsn))) from None
