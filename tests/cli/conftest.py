"""Running the command as people do: a process with arguments, standard input, output and exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
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


def _environment() -> dict[str, str]:
    import os

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
