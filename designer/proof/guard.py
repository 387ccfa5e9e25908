"""The clock and the scales beside a scratch server: whoever takes too long or too much loses the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from designer.proof.contract import Limits, ProofProblem
from designer.proof.system import size

_EVERY = 0.25
_WEIGHED_EVERY = 2


class Guard:
    """Watches from a thread of its own, since a statement of a user may set every limit that the server knows aside."""

    def __init__(self, limits: Limits, stop: Callable[[], None], folder: Path | None = None):
        self.limits = limits
        self.reason = ""
        self._stop = stop
        self._folder = folder
        self._before = size(folder) if folder else 0
        self._end = time.monotonic() + limits.seconds
        self._statement_end: float | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="wholekey-guard", daemon=True)

    def __enter__(self) -> Guard:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def statement(self) -> None:
        """Say that a statement starts now."""
        self._statement_end = time.monotonic() + self.limits.statement_seconds * 1.5

    def idle(self) -> None:
        """Say that no statement is running."""
        self._statement_end = None

    def check(self) -> None:
        """Raise ProofProblem where a limit was passed."""
        if self.reason:
            raise ProofProblem(self.reason)

    def _watch(self) -> None:
        turn = 0
        while not self._done.wait(_EVERY):
            turn += 1
            self.reason = self._over() or (self._heavy() if turn % _WEIGHED_EVERY == 0 else "")
            if self.reason:
                self._stop()
                return

    def _over(self) -> str:
        now = time.monotonic()
        if now > self._end:
            return f"the proof took more than {self.limits.seconds:g} seconds and was stopped"
        if self._statement_end is not None and now > self._statement_end:
            return f"a statement took more than {self.limits.statement_seconds:g} seconds and was stopped"
        return ""

    def _heavy(self) -> str:
        if self._folder is None or size(self._folder) - self._before <= self.limits.disk:
            return ""
        return f"the proof wrote more than {self.limits.disk // 1024**2} MB to the disk and was stopped"
