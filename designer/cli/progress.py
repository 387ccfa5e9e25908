"""A progress bar on stderr, for people; silent where stderr is not a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_WIDTH = 28
_FIRST_AFTER = 0.4  # seconds; short work needs no bar


class Bar:
    """Use as a context manager; call it with a fraction and a message, as `importers.contract.Progress` does."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.started = time.monotonic()
        self.drawn = False

    def __call__(self, fraction: float, message: str) -> None:
        if not self.shown or time.monotonic() - self.started < _FIRST_AFTER:
            return
        filled = round(max(0.0, min(1.0, fraction)) * _WIDTH)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        print(f"\r\x1b[K{bar} {fraction:4.0%} {message}", end="", file=sys.stderr, flush=True)
        self.drawn = True

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
