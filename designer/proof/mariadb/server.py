"""A MariaDB server of our own, from the programs of the system: made for one proof, and gone with it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from pathlib import Path

import pymysql

from designer.proof import system
from designer.proof.contract import Limits, ProofProblem

MISSING = (
    "there is no MariaDB server to prove it on: install one (Debian: apt install mariadb-server), or name one with "
    "--dsn mariadb://user@host"
)
_START_SECONDS = 60
_WHERE = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"])


class Server:
    """A running server. Its only account besides ours is the one that scripts run as."""

    def __init__(self, limits: Limits):
        found = programs()
        if found is None:
            raise ProofProblem(MISSING)
        program, install = found
        self.password = secrets.token_urlsafe(24)
        self.folder = system.new_folder()
        self.socket = str(self.folder / "s")
        try:
            (self.folder / "files").mkdir()
            system.give(self.folder)
            self._install(install)
            self._process = self._start(program, limits)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _install(self, install: str) -> None:
        system.run(
            [install, "--no-defaults", f"--datadir={self.folder / 'data'}", "--skip-test-db", "--skip-name-resolve",
             "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M", "--innodb-flush-method=nosync"],
            self.folder, _START_SECONDS, self.folder / "log",
        )  # fmt: skip

    def _start(self, program: str, limits: Limits) -> subprocess.Popen[bytes]:
        files = self.folder / "files"
        process = system.start(
            [program, "--no-defaults", f"--datadir={self.folder / 'data'}", f"--socket={self.socket}",
             "--skip-networking", f"--pid-file={self.folder / 'pid'}", f"--secure-file-priv={files}",
             f"--plugin-dir={files}", f"--tmpdir={self.folder}", "--local-infile=0", "--symbolic-links=0",
             "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync",
             "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", "--innodb-doublewrite=0",
             "--event-scheduler=OFF", "--character-set-server=utf8mb4", "--max-connections=10",
             "--max-allowed-packet=64M", "--performance-schema=OFF", "--log-bin-trust-function-creators=1"],
            self.folder, self.folder / "log", limits.disk,
        )  # fmt: skip
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                with self.connect("root", "", "") as admin, admin.cursor() as cursor:
                    cursor.execute("ALTER USER root@localhost IDENTIFIED BY %s", (self.password,))
                    cursor.execute("DELETE FROM mysql.global_priv WHERE User <> 'root' AND User <> 'mariadb.sys'")
                    cursor.execute("DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost'")
                    cursor.execute("FLUSH PRIVILEGES")
            except pymysql.MySQLError:
                time.sleep(0.05)
            else:
                return process
        said = system.tail(self.folder / "log")
        system.stop(process, self.folder, ())
        raise ProofProblem(f"the scratch server does not start: {said}")

    def connect(self, user: str, password: str, database: str) -> pymysql.Connection:
        """Return a connection in autocommit mode."""
        return pymysql.connect(
            unix_socket=self.socket, user=user, password=password, database=database or None, charset="utf8mb4",
            autocommit=True, connect_timeout=10, local_infile=False,
            ssl_disabled=True,  # a socket of our own; the driver would read all certificates of the system each time
        )  # fmt: skip

    def kill(self) -> None:
        """End the server at once, whatever it does."""
        system.stop(self._process, self.folder, ())


def programs() -> tuple[str, str] | None:
    """Return the server and the program that makes its first database; None where they are not installed."""
    server, install = _program("mariadbd", "mysqld"), _program("mariadb-install-db", "mysql_install_db")
    return (server, install) if server and install else None


def _program(*names: str) -> str | None:
    found = (shutil.which(name, path=_WHERE) for name in names)
    return next((each for each in found if each and system.may_run(Path(each))), None)
