"""Several server processes with accounts on one PostgreSQL, which may be killed and started again."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Process:
    """`wholekey serve`, on the same port each time it is started."""

    environment: dict[str, str] = field(repr=False)
    port: int = 0
    running: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.running is not None
        return self.running.pid

    def start(self) -> Process:
        """Start, and wait until it listens."""
        self.begin()
        self.wait()
        return self

    def begin(self) -> None:
        """Start without waiting."""
        command = [sys.executable, "-m", "designer.cli", "serve", "--port", str(self.port)]
        self.running = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)

    def wait(self) -> None:
        """Wait until it listens."""
        assert self.running is not None and self.running.stdout is not None
        for line in self.running.stdout:
            if found := re.search(r"http://[\d.]+:(\d+)", line):
                self.port = int(found[1])
                return
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.running is not None
        self.running.kill()
        self.running.wait(10)


@dataclass
class Team:
    """Server processes, branches that everybody may edit, and who everybody is."""

    processes: list[Process]
    branches: list[str]
    people: list[dict[str, Any]]
    database: str

    @property
    def branch(self) -> str:
        """The branch that is edited where nobody says which."""
        return self.branches[0]

    @property
    def addresses(self) -> list[str]:
        return [each.address for each in self.processes]


@contextlib.contextmanager
def team(database: str, folder: Path, people: int, processes: int = 2) -> Iterator[Team]:
    """Run so many server processes for so many people as long as the block lasts."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "WHOLEKEY_VAR": str(folder),
        "WHOLEKEY_HOSTS": "127.0.0.1",
        "WHOLEKEY_LOCAL": "0",
        "PYTHONUNBUFFERED": "1",
    }
    started: list[Process] = []
    try:
        for _ in range(processes):  # one after the other: the first makes the tables
            started.append(Process(environment).start())
        command = [sys.executable, "-m", "tests.together.people", str(people)]
        made = json.loads(subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout)
        yield Team(started, made["branches"], made["people"], database)
    finally:
        for each in started:
            with contextlib.suppress(ProcessLookupError, AssertionError):
                each.kill()
