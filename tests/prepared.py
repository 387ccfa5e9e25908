"""Empty databases with all their tables, made once a run and copied: to migrate a new one takes seconds each time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WHERE = "WHOLEKEY_TEST_PREPARED"
"""Names the folder of a run, in the environment, so that all worker processes share it."""
DATABASE = "wholekey.sqlite3"


def begin() -> None:
    """Make the folder of this run, unless a process above has done so."""
    if WHERE not in os.environ:
        os.environ[WHERE] = tempfile.mkdtemp(prefix=f"wholekey-prepared-{os.getpid()}-")


def end() -> None:
    """Remove the folder of this run, if this is the process that made it."""
    if f"-prepared-{os.getpid()}-" in os.environ[WHERE]:
        shutil.rmtree(os.environ.pop(WHERE), ignore_errors=True)


def database_in(folder: Path) -> None:
    """Put the database where a server that keeps its data in `folder` looks for it, unless one is there."""
    if WHERE in os.environ and not (folder / DATABASE).exists():
        database_at(folder / DATABASE)


def database_at(place: Path) -> None:
    """Put the database at a place where there is none yet."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made(Path(os.environ[WHERE])), place)


def tables_in(database: str, programs: Path) -> None:
    """Make all tables in an empty database of PostgreSQL, by a script of those that were made first."""
    script = Path(os.environ[WHERE]) / "postgresql.sql"
    with _alone(script.parent):
        if script.exists():
            command = [
                programs / "psql",
                "--quiet",
                "--no-psqlrc",
                "--set=ON_ERROR_STOP=1",
                f"--file={script}",
                database,
            ]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            return
        with tempfile.TemporaryDirectory() as folder:
            _migrate(Path(folder), DATABASE_URL=database)
        making = script.with_suffix(".making")
        subprocess.run([programs / "pg_dump", "--no-owner", f"--file={making}", database], check=True)
        making.rename(script)


@contextlib.contextmanager
def _alone(shared: Path) -> Iterator[None]:
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(shared: Path) -> Path:
    with _alone(shared):
        found = shared / "done" / DATABASE
        if not found.exists():
            _migrate(shared / "making")
            (shared / "making").rename(shared / "done")
        return found


def _migrate(folder: Path, **more: str) -> None:
    environment = {**os.environ, "WHOLEKEY_VAR": str(folder)}
    environment.pop("DATABASE_URL", None)
    environment |= more
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
