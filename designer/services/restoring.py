"""Bringing a backup into a database: all of it or nothing, and only after every log was replayed to its head.

The tables are made as they were when the backup was made, filled, and then brought up to date by the migrations that
came since. On PostgreSQL all that is one transaction. An SQLite file is made beside the old one and takes its place at
the end.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from designer.importers.contract import Progress, no_progress
from designer.schema import Design
from designer.schema.codec import encode
from designer.services import backup, migrating
from designer.services.backup import Model, name_of
from designer.services.backup_archive import Manifest, Reader, opened
from designer.services.cache import DESIGNS
from designer.services.errors import Invalid
from designer.services.replaying import Line, Replay, fingerprint
from designer.services.snapshots import ENTRIES

BATCH = 100
"""Rows that are written at once."""
_NUL = "\x00"


def restore(path: Path, *, replace: bool = False, progress: Progress = no_progress) -> Manifest:
    """Bring an archive into the database and return its manifest. Raises Invalid, and then nothing has changed."""
    with opened(path) as archive:
        _require_known(archive.manifest)
        with migrating.alone():
            if not replace:
                _require_empty()
            DESIGNS.clear()
            with _new_file() if connection.vendor == "sqlite" else _one_transaction():
                _bring_in(archive, progress)
            DESIGNS.clear()
    return archive.manifest


def _require_known(manifest: Manifest) -> None:
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise Invalid(
            f"The backup was made by Wholekey {manifest.wholekey}, whose database has {newer[0]}; update this one."
        )


def what_is_there() -> str:
    """Return in words what the database holds, the most first; nothing of an empty one."""
    present = set(connection.introspection.table_names())
    here = [model for model in backup.tables() if model._meta.db_table in present]
    counted = sorted(((_count(model), str(model._meta.verbose_name)) for model in here), reverse=True)
    return ", ".join(f"{name} ({count})" for count, name in counted[:4] if count)


def _count(model: Model) -> int:
    """Return how many rows a table has, also one whose columns are older than this program."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        return int(cursor.fetchone()[0])


def _require_empty() -> None:
    found = what_is_there()
    if found:
        raise Invalid(f"The database has rows of {found}. Name an empty one, or say --replace to lose them.")


@contextlib.contextmanager
def _one_transaction() -> Iterator[None]:
    """Do it in one transaction, and give up where a server that still runs holds the tables."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '10s'")
                cursor.execute("SET LOCAL client_min_messages = warning")
            _drop_tables()
            yield
    except DatabaseError as error:
        if "lock timeout" in str(error):
            raise Invalid("The tables are in use; stop the servers, then restore.") from None
        raise


def _drop_tables() -> None:
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    ours |= {MigrationRecorder.Migration._meta.db_table, "wholekey_cache"}
    with connection.cursor() as cursor:
        for table in sorted(ours & set(connection.introspection.table_names(cursor))):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


@contextlib.contextmanager
def _new_file() -> Iterator[None]:
    """Work on a new file beside the old one, which it replaces at the end."""
    name = str(connection.settings_dict["NAME"])
    new = Path(f"{name}.restoring")
    _remove(new)
    connection.close()
    _require_unused(name)
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _require_unused(name, for_good=True)
        new.replace(name)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        _remove(new)


def _require_unused(name: str, *, for_good: bool = False) -> None:
    """Raise Invalid where somebody has the file open; `for_good` it keeps no journal, which the new file would read."""
    if not Path(name).exists():
        return
    with contextlib.closing(sqlite3.connect(name, timeout=5, isolation_level=None)) as old:
        try:
            if old.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete":
                if not for_good:
                    old.execute("PRAGMA journal_mode=WAL")
                return
        except sqlite3.OperationalError:
            pass
    raise Invalid(f"{name} is in use; stop the server, then restore.")


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal", ".migrating"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _bring_in(archive: Reader, progress: Progress) -> None:
    progress(0.0, "Making the tables")
    then = _migrate(archive.manifest)
    with transaction.atomic():
        _fill(archive, then, progress)
        _replay(archive.manifest, then, progress)
        connection.check_constraints()
    progress(0.95, "Bringing the tables up to date")
    _finish()


def _migrate(manifest: Manifest) -> Apps:
    """Make the tables as they were, and return the models that they had."""
    executor = _Executor(connection)
    graph = executor.loader.graph
    then = {(app, name) for app, name in manifest.migrations} & set(graph.nodes)
    last = [each for each in then if not any(_follows(node.key, each, then) for node in graph.node_map[each].children)]
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def _follows(one: tuple[str, str], other: tuple[str, str], among: set[tuple[str, str]]) -> bool:
    return one in among and one[0] == other[0]


def _finish() -> None:
    """Run the migrations that came since, and what Django does after migrations."""
    executor = _Executor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    emit_post_migrate_signal(0, False, connection.alias)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), backup.tables()):
            cursor.execute(statement)


class _Executor(MigrationExecutor):
    """Runs migrations inside a transaction: what earlier ones left to check at its end is checked between them."""

    def __init__(self, on: Any):
        super().__init__(on, self._told)

    def _told(self, action: str, *_: Any) -> None:
        if action == "apply_start" and self.connection.vendor == "postgresql":
            with self.connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _fill(archive: Reader, then: Apps, progress: Progress) -> None:
    by_name = {name_of(model): model for model in then.get_models(include_auto_created=True)}
    total, done = max(1, archive.manifest.rows), 0
    for table in archive.manifest.tables:
        model = by_name.get(table.name)
        if model is None:
            if table.rows:
                raise Invalid(f"The backup holds rows of {table.name}, which this version of Wholekey does not know.")
            continue
        rows = archive.rows(table)
        while batch := list(islice(rows, BATCH)):
            _write(model, batch)
            done += len(batch)
            progress(done / total * 0.5, f"Writing {model._meta.verbose_name_plural}")


def _write(model: Model, batch: list[dict[str, Any]]) -> None:
    """Insert rows as they are: no default and no time of now, which `save` and `bulk_create` would put in."""
    fields = [field for field in model._meta.concrete_fields if field.attname in batch[0]]
    rows = [model(**{field.attname: _value(field, row[field.attname]) for field in fields}) for row in batch]
    size = connection.ops.bulk_batch_size(fields, rows)
    for start in range(0, len(rows), size):
        some, everything = rows[start : start + size], model._base_manager.all()
        everything._insert(some, fields=fields, using=connection.alias, raw=True)  # type: ignore[attr-defined]


def _value(field: models.Field[Any, Any], written: Any) -> Any:
    if isinstance(written, str) and not isinstance(field, models.JSONField):
        if _NUL in written and connection.vendor == "postgresql":  # which knows no such character
            written = written.replace(_NUL, "\ufffd")
        return field.to_python(written)
    return written


def _replay(manifest: Manifest, then: Apps, progress: Progress) -> None:
    """Replay what was written and hold it against what was there; keep the heads of long logs as snapshots."""
    branches, entries = then.get_model("designer", "Branch"), then.get_model("designer", "LogEntry")
    rows = branches._base_manager.values("id", "head", "source_id", "forked_at")
    expected, done = backup.heads_of(manifest), 0
    total = max(1, entries._base_manager.count())

    def seen(line: Line, design: Design) -> None:
        data = encode(design)
        backup.compare(line, fingerprint(design), expected)
        _note_head(then, line, data)

    def step() -> None:
        nonlocal done
        done += 1
        if done % BATCH == 0:
            progress(0.5 + 0.45 * done / total, "Replaying the logs")

    log = entries._base_manager.order_by("branch_id", "version").values_list("branch_id", "version", "change")
    Replay(
        {row["id"]: Line(row["id"], row["head"], row["source_id"], row["forked_at"]) for row in rows}, seen, step
    ).run(log.iterator(BATCH))


def _note_head(then: Apps, line: Line, data: bytes) -> None:
    """Write a snapshot of the head where the log behind it is long; else say how long it is: one may be due soon."""
    branch = then.get_model("designer", "Branch")._base_manager.filter(pk=line.key)
    own = line.head - line.forked_at
    if own < ENTRIES:
        branch.update(tail_entries=own)
        return
    snapshots = then.get_model("designer", "Snapshot")
    fields: dict[str, Any] = {"branch_id": line.key, "version": line.head, "data": zlib.compress(data, 1)}
    if any(field.name == "workspace" for field in snapshots._meta.concrete_fields):
        fields["workspace_id"] = branch.values_list("workspace_id", flat=True).get()
    snapshots._base_manager.create(**fields)
    branch.update(tail_entries=0, tail_bytes=0)
