"""Running the command as people do: a process with arguments, standard input, output and exit code."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


Wholekey = Callable[..., Ran]


@pytest.fixture
def wholekey(tmp_path: Path) -> Wholekey:
    """Return a function that runs `wholekey ARGUMENTS` in an empty directory."""

    def run(*arguments: str, stdin: bytes = b"", timeout: float = 60) -> Ran:
        command: Sequence[str] = [sys.executable, "-m", "designer.cli", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, input=stdin, capture_output=True, timeout=timeout, env=_environment(), check=False
        )
        ran = Ran(done.returncode, done.stdout, done.stderr.decode())
        assert "Traceback" not in ran.err, ran.err
        return ran

    return run


@dataclass
class Warm:
    """A process that forks one process for each command, so that none of them imports everything again."""

    process: subprocess.Popen[bytes]
    asked: int

    def run(self, arguments: Sequence[str], folder: Path, streams: Sequence[Path], timeout: float) -> int:
        """Run a command with files for its streams and return its exit code."""
        wanted = {
            "arguments": arguments, "folder": str(folder), "streams": [str(path) for path in streams],
            "environment": _environment(),
        }  # fmt: skip
        os.write(self.asked, json.dumps(wanted).encode() + b"\n")
        child = int(self._line(60))
        try:
            return int(self._line(timeout))
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            self._line(60)
            raise

    def _line(self, timeout: float) -> bytes:
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], timeout)[0]:
            raise TimeoutError(f"nothing after {timeout} s")
        return self.process.stdout.readline()


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.warm", str(reading)], pass_fds=[reading], cwd=ROOT, env=_environment(),
        stdout=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    os.close(reading)
    yield Warm(process, writing)
    os.close(writing)
    process.wait(20)


@pytest.fixture
def forked(tmp_path: Path, warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Wholekey:
    """Return what `wholekey` returns, but for commands of which the start is not the subject."""

    def run(*arguments: str, stdin: bytes = b"", timeout: float = 60) -> Ran:
        folder = tmp_path_factory.mktemp("streams")
        streams = [folder / name for name in ("in", "out", "err")]
        for path, data in zip(streams, (stdin, b"", b""), strict=True):
            path.write_bytes(data)
        code = warm.run(arguments, tmp_path, streams, timeout)
        ran = Ran(code, streams[1].read_bytes(), streams[2].read_text(encoding="utf-8"))
        assert "Traceback" not in ran.err, ran.err
        return ran

    return run


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def shop_sql(tmp_path: Path) -> Path:
    """Return a small PostgreSQL script."""
    path = tmp_path / "shop.sql"
    path.write_text(
        """-- a small shop
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    total numeric(12,2) CHECK (total >= 0)
);
CREATE INDEX ON orders (customer_id);
INSERT INTO customers (email) VALUES ('a@example.org'), ('b@example.org');
GRANT SELECT ON orders TO PUBLIC;
"""
    )
    return path
