"""A backup: everything that people made, as it was at one moment, while they go on.

Left out is what can be had again: snapshots of designs, sessions, logins by one-time address, and what Django keeps
about its own tables. So after a restore people log in again, by the passwords that they had.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from designer.importers.contract import Progress, no_progress
from designer.models import Branch, LogEntry
from designer.schema import Design
from designer.services import health
from designer.services.backup_archive import FORMAT, FORMAT_VERSION, Head, Manifest, Reader, Table, Writer, opened
from designer.services.errors import Invalid
from designer.services.replaying import Entry, Line, Replay, fingerprint
from designer.services.states import design_at

LEFT_OUT: dict[str, str] = {
    "contenttypes.ContentType": "Django makes these anew",
    "auth.Permission": "Django makes these anew",
    "auth.Group_permissions": "not used",
    "auth.User_user_permissions": "not used",
    "sessions.Session": "people log in again",
    "usersessions.UserSession": "people log in again",
    "designer.OneTimeLogin": "an address that was printed before is worth nothing after a restore",
    "designer.Snapshot": "the log says the same; they are made anew",
}
"""Table -> why it is in no backup."""
CHUNK = 100
"""Rows that are in memory at once; a single change may be megabytes."""
Model = type[models.Model]


def tables(of: Apps = apps) -> list[Model]:
    """Return the models whose rows are backed up, those between two others included, by name."""
    found = of.get_models(include_auto_created=True)
    wanted = (each for each in found if each._meta.managed and not each._meta.proxy and name_of(each) not in LEFT_OUT)
    return sorted(wanted, key=name_of)


def name_of(model: Model) -> str:
    """Return the name of a table in archives."""
    return str(model._meta.label)


def write(path: Path, progress: Progress = no_progress) -> Manifest:
    """Write everything to an archive and return its manifest."""
    with one_moment(), Writer(path) as archive:
        wanted = tables()
        expected = max(1, sum(each._base_manager.count() for each in wanted))
        done = 0
        for model in wanted:
            columns = [field.attname for field in model._meta.concrete_fields]

            def counted(name: str, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
                nonlocal done
                for row in rows:
                    done += 1
                    if done % CHUNK == 0:
                        progress(done / expected * 0.8, f"Writing {name}")
                    yield row

            archive.table(name_of(model), columns, counted(str(model._meta.verbose_name_plural), _rows(model, columns)))
        manifest = _manifest(archive.tables, _heads(progress))
        archive.finish(manifest)
    return manifest


def _manifest(written: list[Table], heads: list[Head]) -> Manifest:
    return Manifest(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        wholekey=health.version(),
        made=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted(MigrationLoader(connection).applied_migrations),
        tables=written,
        heads=heads,
        left_out=LEFT_OUT,
    )


def _heads(progress: Progress) -> list[Head]:
    branches = list(Branch.objects.select_related("source").order_by("pk"))
    heads = []
    for number, branch in enumerate(branches):
        progress(0.8 + 0.2 * number / len(branches), "Noting what the designs are")
        heads.append(Head(branch.pk, branch.head, fingerprint(_head_of(branch))))
    return heads


def _head_of(branch: Branch) -> Design:
    """Return the design at the head, reached in steps: the log behind the last snapshot may be large."""
    snapshots = branch.snapshots.filter(version__lte=branch.head).order_by("-version")
    start = snapshots.values_list("version", flat=True).first() or branch.forked_at
    for version in range(start + CHUNK, branch.head, CHUNK):
        design_at(branch, version)  # which keeps it, for the next step
    return design_at(branch, branch.head)


def _rows(model: Model, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    order = ("branch_id", "version") if model is LogEntry else (model._meta.pk.attname,)
    for row in model._base_manager.order_by(*order).values_list(*columns).iterator(CHUNK):
        yield [base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value for value in row]


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """Read the database as it is now, whatever is written meanwhile, and keep nobody from writing."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN DEFERRED")
    try:
        yield
    finally:
        connection.close()  # which ends the transaction without a trace


def check(path: Path, progress: Progress = no_progress) -> Manifest:
    """Examine an archive: every row, and every log up to its head. Raises Invalid that says what is wrong with it."""
    with opened(path) as archive:
        by_name = {each.name: each for each in archive.manifest.tables}
        for name in ("designer.Branch", "designer.LogEntry"):
            if name not in by_name:
                raise Invalid(f"{path} has no table {name}.")
        lines = {row["id"]: line_of(row) for row in archive.rows(by_name["designer.Branch"])}
        total, done = max(1, archive.manifest.rows), 0

        def step() -> None:
            nonlocal done
            done += 1
            if done % CHUNK == 0:
                progress(done / total, "Replaying the logs")

        expected = heads_of(archive.manifest)
        Replay(lines, lambda line, design: compare(line, fingerprint(design), expected), step).run(
            _entries(archive, by_name["designer.LogEntry"])
        )
        for table in archive.manifest.tables:
            if table.name not in ("designer.Branch", "designer.LogEntry"):
                for _ in archive.rows(table):
                    step()
    return archive.manifest


def line_of(row: dict[str, Any]) -> Line:
    """Return what a row of a branch says of its log."""
    return Line(row["id"], row["head"], row["source_id"], row["forked_at"])


def heads_of(manifest: Manifest) -> dict[int, Head]:
    """Return what each branch was when the backup was made."""
    return {each.branch: each for each in manifest.heads}


def compare(line: Line, found: str, expected: dict[int, Head]) -> None:
    """Raise Invalid where a replay gives another design than was there when the backup was made."""
    head = expected.get(line.key)
    if head is None or (head.version, head.sha256) != (line.head, found):
        raise Invalid(f"Branch {line.key} is not, at version {line.head}, what it was when the backup was made.")


def _entries(archive: Reader, table: Table) -> Iterator[Entry]:
    for row in archive.rows(table):
        yield row["branch_id"], row["version"], row["change"]
