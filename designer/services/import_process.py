"""The process that reads what a person brings, seen from the server: `services.import_worker` under limits."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterable
from typing import IO, Any

import msgspec
from django.conf import settings

from designer.importers.contract import Progress
from designer.services.errors import Invalid

_TICK = 0.25
_OF_CLIENTS = ("PG", "MYSQL", "MARIADB", "KRB5", "DATABASE_URL", "WHOLEKEY_EMAIL")
"""How the variables begin by which clients find the operator's own servers, logins and certificates."""
_SECRET = "SECRET"  # noqa: S105 - in the names of keys: that of this installation, those of providers of accounts
_NOWHERE = {
    "HOME": "/nonexistent", "PGPASSFILE": os.devnull, "PGSERVICEFILE": os.devnull, "PGSYSCONFDIR": "/nonexistent",
    "PGGSSENCMODE": "disable",
}  # fmt: skip


class Reading:
    """One run of the process: what it is asked, and how people call what it reads."""

    worker = "designer.services.import_worker"

    def __init__(self, task: dict[str, Any], called: str, remedy: str):
        self.called = called
        self.remedy = remedy  # what to do when it takes too long
        self.task = {
            **task, "seconds": settings.WHOLEKEY_IMPORT_SECONDS, "memory": settings.WHOLEKEY_IMPORT_MEMORY,
        }  # fmt: skip

    def run(self, watch: Progress) -> dict[str, Any]:
        """Return the report. However it ends, the process is gone afterwards. Raises Invalid with its sentence."""
        command = [sys.executable, "-m", self.worker]
        process = subprocess.Popen(  # noqa: S603 - a fixed command; what is uploaded travels as data
            command, cwd=settings.BASE_DIR, env=environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return self._talk(process, watch)
        finally:
            process.kill()
            process.wait()

    def _talk(self, process: subprocess.Popen[bytes], watch: Progress) -> dict[str, Any]:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both are pipes
        with process.stdin, process.stdout:
            process.stdin.write(msgspec.json.encode(self.task) + b"\n")
            process.stdin.close()
            return self._listen(process.stdout, watch)

    def _listen(self, output: IO[bytes], watch: Progress) -> dict[str, Any]:
        deadline = time.monotonic() + settings.WHOLEKEY_IMPORT_SECONDS
        fraction, message = 0.0, f"Reading {self.called}"
        for line in lines(output, deadline):
            if line is not None:
                words = msgspec.json.decode(line)
                if "done" in words:
                    return dict(words["done"])
                if "problem" in words:
                    raise Invalid(self._sentence(words["problem"], words["line"], words["column"]))
                fraction, message = words["fraction"], words["message"]
            watch(fraction, message)
        limit = settings.WHOLEKEY_IMPORT_SECONDS
        if time.monotonic() >= deadline:
            raise Invalid(f"Reading {self.called} took more than {limit} seconds; {self.remedy}.")
        why = "it is nested too deeply or needs too much memory or time"
        raise Invalid(f"{self.called} could not be read: {why}. Check that it is complete, or split it into parts.")

    def _sentence(self, problem: str, line: int, column: int) -> str:
        if self.task.get("place") is not None:  # an engine names its server itself
            return f"{problem[:1].upper()}{problem[1:]}."
        place = f":{line}:{column}" if line and column else f":{line}" if line else ""
        return f"{self.called}{place}: {problem}."


def environment() -> dict[str, str]:
    """Return the environment without the operator's own ways into databases: whoever imports brings his login along."""
    said = ((name, value) for name, value in os.environ.items() if _SECRET not in name.upper())
    return {name: value for name, value in said if not name.upper().startswith(_OF_CLIENTS)} | _NOWHERE


def lines(output: IO[bytes], deadline: float) -> Iterable[bytes | None]:
    """Yield whole lines as they come, and None each time nothing came for a moment, until the end or the deadline."""
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while time.monotonic() < deadline:
            if not selector.select(_TICK):
                yield None
                continue
            chunk = output.read1(1 << 16)  # type: ignore[attr-defined]
            if not chunk:
                return
            *whole, waiting = (waiting + chunk).split(b"\n")
            yield from whole
