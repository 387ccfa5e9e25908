"""Prove the DDL of a design on a real server: apply it to a scratch database, read the catalogs back, compare."""

from __future__ import annotations

import argparse
import json
import signal
import sys

from designer.cli import verify_against
from designer.cli.export import model_named
from designer.cli.live import url_of
from designer.cli.problems import Problem, on_one_line
from designer.cli.progress import Bar
from designer.cli.sources import read, tell_failures
from designer.dialects.registry import DIALECTS
from designer.importers.live.urls import secrets_of, without_secrets
from designer.lint.paths import path_of
from designer.proof.contract import Limits, Proof, ProofProblem
from designer.proof.proving import prove
from designer.proof.told import told
from designer.proof.words import asides, lines
from designer.schema import Design

HELP = "prove the DDL of a design on a real server"
_SECONDS = 300


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="SRC", help="design or SQL file, - for standard input, or a database URL")
    parser.add_argument(
        "--dialect", choices=list(DIALECTS), help="the database to prove it on; the model's own without it"
    )
    parser.add_argument(
        "--from", dest="source_dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SRC"
    )
    parser.add_argument("--model", metavar="NAME", help="the model to prove; the first physical one without it")
    parser.add_argument(
        "--against", metavar="NEW", help="prove the migration from SRC to NEW instead, up and down, with rows"
    )
    parser.add_argument("--rename", action="append", default=[], metavar="OLD=NEW",
                        help="with --against: one object under two names, as wholekey diff takes it")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="write the result as JSON")
    parser.add_argument(
        "--dsn",
        default="",
        metavar="URL",
        help="a server on which a scratch database may be made and dropped; without it, one of our own",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=_SECONDS,
        metavar="N",
        help=f"how long it may take at most; {_SECONDS} without it",
    )


def run(options: argparse.Namespace) -> int:
    """Prove. The result goes to standard output; 1 where something differs or a statement was refused."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that servers are stopped
    if options.against:
        return verify_against.run(options)
    if options.rename:
        raise Problem("--rename is about a migration; name the other side with --against")
    result = read([options.source], options.source_dialect, target=options.dialect or "")
    tell_failures(options.source, result)
    proof = _prove(options, result.design)
    if options.json:
        print(json.dumps(told(proof, result.design), indent=2, ensure_ascii=False))
        return 0 if proof.holds else 1
    for line in lines(proof, _paths(result.design, proof)):
        print(line)
    for message, _ in proof.notes:
        print(f"note: {on_one_line(' '.join(message.split()))}", file=sys.stderr)
    for aside in asides(proof):
        print(f"note: {aside}", file=sys.stderr)
    return 0 if proof.holds else 1


def _prove(options: argparse.Namespace, design: Design) -> Proof:
    dsn = options.dsn
    secrets = secrets_of(dsn)
    try:
        with Bar() as bar:
            return prove(
                design,
                dialect=options.dialect or "",
                dsn=url_of(dsn) or dsn if dsn else "",
                model=model_named(design, options.model),
                limits=Limits(seconds=options.seconds),
                progress=bar,
            )
    except ProofProblem as problem:
        raise Problem(without_secrets(str(problem), secrets)) from None


def _paths(design: Design, proof: Proof) -> dict[str, str]:
    about = {each.piece.about for each in (*proof.refused, *proof.unproven) if each.piece.about}
    return {each: path_of(design, each) for each in about}
