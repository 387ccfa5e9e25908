"""Proving: the DDL of a design at its head on a scratch server of this machine, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec
from django.conf import settings

from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.evolution import Migration
from designer.importers.contract import Progress
from designer.models import Branch, Job
from designer.proof.available import why_not
from designer.schema import Design, Id, Model
from designer.schema.codec import encode
from designer.services import branches, comparing, jobs, permissions
from designer.services.errors import Invalid
from designer.services.import_process import environment, lines
from designer.services.jobs import Watch
from designer.services.permissions import AnyUser, Right

SECONDS = 120
MEMORY = 3 * 1024**3
DISK = 512 * 1024**2
_GRACE = 10
"""Seconds that the process has to stop its servers before it is killed."""


def target_of(branch: Branch, dialect: str, part: Id) -> tuple[str, str]:
    """Return the model that a part of a design is of, and the database that its DDL is for; empty where neither."""
    design, _ = branches.load(branch)
    shown = design.get(part)
    model = design.model_of(shown) if shown is not None else None
    if not isinstance(model, Model) or model.level != "physical":
        return "", ""
    return model.id, dialect if dialect in DIALECTS else model.target or "postgresql"


def obstacle(dialect: str) -> str:
    """Return why this machine cannot prove DDL of a database, as a sentence; empty where it can."""
    if not dialect:
        return "Only a physical model has DDL to prove."
    if not settings.WHOLEKEY_PROVE:
        return "Proofs are turned off on this server."
    reason = why_not(dialect)
    return f"{dialect_of(dialect).title} cannot be proven here: {reason}." if reason else ""


def start(user: AnyUser, branch: Branch, dialect: str, part: Id) -> Job:
    """Start a job that proves a model. Raises Invalid where it cannot be proven here."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    model, target = target_of(branch, dialect, part)
    reason = obstacle(target)
    if reason:
        raise Invalid(reason)

    def work(watch: Watch) -> tuple[Branch, dict[str, Any]]:
        design, version = branches.load(branch)
        with _file(design) as path:
            found = _prove(path, target, model, watch)
        return branch, {**found, "version": version, "part": part, "findings": []}

    return jobs.start(user, f"Proof of {branch.project.name}", work)


def start_migration(user: AnyUser, branch: Branch, wish: comparing.Wish) -> Job:
    """Start a job that proves the migration between two states of a branch, up and down, with sample rows.

    Raises Invalid where it cannot be proven here.
    """
    permissions.require(user, branch.project, Right.VIEW, "design")
    compared = comparing.compared(branch, wish)
    way, versions = compared.up, [compared.old.version, compared.new.version]
    reason = obstacle(way.dialect)
    if reason:
        raise Invalid(reason)

    def work(watch: Watch) -> tuple[Branch, dict[str, Any]]:
        found = prove_migration(way, watch)
        return branch, {**found, "versions": versions, "old": wish.old, "new": wish.new, "findings": []}

    return jobs.start(user, f"Proof of a migration of {branch.project.name}", work)


def prove_migration(way: Migration, watch: Progress) -> dict[str, Any]:
    """Return what came of a migration, up and down, on scratch servers. Raises Invalid where it did not end."""
    with _file(way.old) as before, _file(way.new) as after:
        return _prove(before, way.dialect, way.old_model, watch, against=after, **_chosen(way))


def _chosen(way: Migration) -> dict[str, Any]:
    """Return what was chosen for a migration, as the process is told."""
    return {"against_model": way.new_model, "strategy": way.options.strategy, "values": way.options.values}


@contextmanager
def _file(design: Design) -> Iterator[Path]:
    """A design in a file as long as the block lasts."""
    with tempfile.NamedTemporaryFile(dir=settings.VAR_DIR, prefix="proof-", suffix=".json") as file:
        file.write(encode(design))
        file.flush()
        yield Path(file.name)


def _prove(
    path: Path, dialect: str, model: Id, watch: Progress, against: Path | None = None, **chosen: Any
) -> dict[str, Any]:
    """Run the process. However it ends, it and its servers are gone afterwards. Raises Invalid with its sentence."""
    task = {
        "path": str(path), "dialect": dialect, "model": model, "seconds": SECONDS, "memory": MEMORY, "disk": DISK,
        "against": str(against or ""), **chosen,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "designer.proof.worker"], cwd=settings.BASE_DIR, env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both are pipes
        with process.stdin, process.stdout:
            process.stdin.write(msgspec.json.encode(task) + b"\n")
            process.stdin.close()
            return _listen(process.stdout, watch)
    finally:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listen(output: IO[bytes], watch: Progress) -> dict[str, Any]:
    fraction, message = 0.0, "Writing the DDL"
    deadline = time.monotonic() + SECONDS + _GRACE * 2
    for line in lines(output, deadline):
        if line is not None:
            words = msgspec.json.decode(line)
            if "done" in words:
                return dict(words["done"])
            if "problem" in words:
                raise Invalid(branches.sentence(words["problem"]))
            fraction, message = words["fraction"], words["message"]
        watch(fraction, message)
    raise Invalid(f"The proof did not end within {SECONDS} seconds, or took too much memory; nothing was proven.")
